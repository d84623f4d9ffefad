/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LIGDI_SALE_MAX_LINES:
 *
 * A sale of more lines than this is a mistake or an attack, not a basket.
 */
#define LIGDI_SALE_MAX_LINES 200

/**
 * LIGDI_SALE_MAX_QUANTITY:
 *
 * The largest quantity of one line.
 */
#define LIGDI_SALE_MAX_QUANTITY 9999

/**
 * LigdiSaleLine:
 * @label: what is sold
 * @quantity: how many, 1 or more
 * @unit_price: francs XOF, 1 or more
 *
 * One line of a sale.
 */
typedef struct
{
  char *label;
  gint64 quantity;
  gint64 unit_price;
} LigdiSaleLine;

/**
 * LigdiSale:
 *
 * The lines of a sale and their total. A plain value: it knows no payment.
 */
typedef struct _LigdiSale LigdiSale;

LigdiSale *ligdi_sale_new (void);
LigdiSale *ligdi_sale_copy (const LigdiSale *sale);
void ligdi_sale_free (LigdiSale *sale);
gboolean ligdi_sale_add (LigdiSale *sale, const char *label, gint64 quantity, gint64 unit_price);
void ligdi_sale_remove (LigdiSale *sale, guint index);
gboolean ligdi_sale_set_quantity (LigdiSale *sale, guint index, gint64 quantity);
void ligdi_sale_clear (LigdiSale *sale);
guint ligdi_sale_get_n_lines (const LigdiSale *sale);
const LigdiSaleLine *ligdi_sale_get_line (const LigdiSale *sale, guint index);
gint64 ligdi_sale_get_total (const LigdiSale *sale);
gint64 ligdi_sale_get_n_items (const LigdiSale *sale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSale, ligdi_sale_free)

G_END_DECLS
