/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LIGDI_CATALOGUE_MAX_PRODUCTS:
 *
 * A list of more products than this is no small shop's.
 */
#define LIGDI_CATALOGUE_MAX_PRODUCTS 20000

/**
 * LIGDI_PRODUCT_MAX_PRICE:
 *
 * The largest price in francs XOF: what the gateway takes in one payment.
 */
#define LIGDI_PRODUCT_MAX_PRICE 2000000

/**
 * LIGDI_PRODUCT_MAX_CODE:
 *
 * The longest code, in characters.
 */
#define LIGDI_PRODUCT_MAX_CODE 48

/**
 * LIGDI_PRODUCT_MAX_LABEL:
 *
 * The longest label, in characters.
 */
#define LIGDI_PRODUCT_MAX_LABEL 60

/**
 * LigdiProduct:
 * @code: what a scanner reads; empty for what has no code
 * @label: what it is called on a ticket
 * @price: francs XOF for one
 *
 * What a shop sells.
 */
typedef struct
{
  char *code;
  char *label;
  gint64 price;
} LigdiProduct;

/**
 * LigdiProductFault:
 * @LIGDI_PRODUCT_FAULT_NONE: it is taken
 * @LIGDI_PRODUCT_FAULT_CELLS: the line has more cells than there are columns
 * @LIGDI_PRODUCT_FAULT_QUOTES: a quotation mark is open, or in the wrong place
 * @LIGDI_PRODUCT_FAULT_NO_LABEL: it has no label
 * @LIGDI_PRODUCT_FAULT_LONG_LABEL: its label is longer than %LIGDI_PRODUCT_MAX_LABEL
 * @LIGDI_PRODUCT_FAULT_CODE: its code is too long, or has blanks in it
 * @LIGDI_PRODUCT_FAULT_SHORTENED_CODE: a spreadsheet has made "6.11E+12" of the code
 * @LIGDI_PRODUCT_FAULT_TWICE: another line has the same code, or the same label without one
 * @LIGDI_PRODUCT_FAULT_NO_PRICE: it has no price
 * @LIGDI_PRODUCT_FAULT_PRICE: its price is no whole number of francs
 * @LIGDI_PRODUCT_FAULT_LOW_PRICE: its price is zero or below
 * @LIGDI_PRODUCT_FAULT_HIGH_PRICE: its price is above %LIGDI_PRODUCT_MAX_PRICE
 * @LIGDI_PRODUCT_FAULT_FULL: there are %LIGDI_CATALOGUE_MAX_PRODUCTS already
 *
 * Why a product is not taken.
 */
typedef enum
{
  LIGDI_PRODUCT_FAULT_NONE,
  LIGDI_PRODUCT_FAULT_CELLS,
  LIGDI_PRODUCT_FAULT_QUOTES,
  LIGDI_PRODUCT_FAULT_NO_LABEL,
  LIGDI_PRODUCT_FAULT_LONG_LABEL,
  LIGDI_PRODUCT_FAULT_CODE,
  LIGDI_PRODUCT_FAULT_SHORTENED_CODE,
  LIGDI_PRODUCT_FAULT_TWICE,
  LIGDI_PRODUCT_FAULT_NO_PRICE,
  LIGDI_PRODUCT_FAULT_PRICE,
  LIGDI_PRODUCT_FAULT_LOW_PRICE,
  LIGDI_PRODUCT_FAULT_HIGH_PRICE,
  LIGDI_PRODUCT_FAULT_FULL,
} LigdiProductFault;

/**
 * LigdiCatalogue:
 *
 * What a shop sells, found by code or by words.
 */
typedef struct _LigdiCatalogue LigdiCatalogue;

LigdiCatalogue *ligdi_catalogue_new (void);
LigdiCatalogue *ligdi_catalogue_ref (LigdiCatalogue *catalogue);
void ligdi_catalogue_unref (LigdiCatalogue *catalogue);
LigdiProductFault ligdi_catalogue_add (LigdiCatalogue *catalogue, const char *code,
                                       const char *label, gint64 price);
guint ligdi_catalogue_get_n_products (const LigdiCatalogue *catalogue);
const LigdiProduct *ligdi_catalogue_get_product (const LigdiCatalogue *catalogue, guint index);
const LigdiProduct *ligdi_catalogue_find_code (const LigdiCatalogue *catalogue, const char *code);
const LigdiProduct *ligdi_catalogue_find_label (const LigdiCatalogue *catalogue, const char *label);
GPtrArray *ligdi_catalogue_search (const LigdiCatalogue *catalogue, const char *words,
                                   guint max_found);
char *ligdi_catalogue_write (const LigdiCatalogue *catalogue);
char *ligdi_catalogue_fold (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiCatalogue, ligdi_catalogue_unref)

G_END_DECLS
