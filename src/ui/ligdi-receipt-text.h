/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-payment.h"
#include "ligdi-sale.h"

G_BEGIN_DECLS

/**
 * LigdiReceiptShop:
 * @name: (nullable): the shop's name
 * @till: (nullable): what the till is called
 * @phone: (nullable): the shop's telephone
 * @footer: (nullable): the last lines
 * @demonstration: whether the money is play money
 *
 * Who sells. Borrows everything.
 */
typedef struct
{
  const char *name;
  const char *till;
  const char *phone;
  const char *footer;
  gboolean demonstration;
} LigdiReceiptShop;

/**
 * LigdiReceiptKind:
 * @LIGDI_RECEIPT_TITLE: large, in the middle
 * @LIGDI_RECEIPT_CENTRED: in the middle
 * @LIGDI_RECEIPT_BANNER: in the middle, white on black
 * @LIGDI_RECEIPT_HEADING: in the middle, strong
 * @LIGDI_RECEIPT_PAIR: something at the left and something at the right
 * @LIGDI_RECEIPT_TOTAL: the same, strong
 * @LIGDI_RECEIPT_TEXT: at the left
 * @LIGDI_RECEIPT_RULE: a line across
 * @LIGDI_RECEIPT_SIGNATURE: a line to sign on, with a word below
 *
 * How a line of paper looks.
 */
typedef enum
{
  LIGDI_RECEIPT_TITLE,
  LIGDI_RECEIPT_CENTRED,
  LIGDI_RECEIPT_BANNER,
  LIGDI_RECEIPT_HEADING,
  LIGDI_RECEIPT_PAIR,
  LIGDI_RECEIPT_TOTAL,
  LIGDI_RECEIPT_TEXT,
  LIGDI_RECEIPT_RULE,
  LIGDI_RECEIPT_SIGNATURE,
} LigdiReceiptKind;

/**
 * LigdiReceiptLine:
 * @kind: how it looks
 * @left: (nullable): its text, or its left part
 * @right: (nullable): its right part
 *
 * A line of paper.
 */
typedef struct
{
  LigdiReceiptKind kind;
  char *left;
  char *right;
} LigdiReceiptLine;

void ligdi_receipt_line_free (LigdiReceiptLine *line);
GPtrArray *ligdi_receipt_write (const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
                                const LigdiSale *sale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiReceiptLine, ligdi_receipt_line_free)

G_END_DECLS
