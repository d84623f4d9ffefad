/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiTyping:
 * @has_price: whether any figure of the price was typed
 * @price: francs XOF typed so far
 * @has_quantity: whether "times" was pressed
 * @quantity: how many, 1 when "times" was not pressed
 * @label: (nullable): what the price is for, when the cashier named it
 *
 * The line that is being typed: "4 × 500". It becomes a line of the sale when it is
 * added or charged.
 */
typedef struct
{
  gboolean has_price;
  gint64 price;
  gboolean has_quantity;
  gint64 quantity;
  char *label;
} LigdiTyping;

#define LIGDI_TYPING_INIT { .quantity = 1 }

void ligdi_typing_clear (LigdiTyping *typing);
void ligdi_typing_copy (LigdiTyping *typing, const LigdiTyping *from);
gboolean ligdi_typing_is_empty (const LigdiTyping *typing);
gboolean ligdi_typing_push_digit (LigdiTyping *typing, int digit);
gboolean ligdi_typing_multiply (LigdiTyping *typing);
gboolean ligdi_typing_take_back (LigdiTyping *typing);
gboolean ligdi_typing_set_quantity (LigdiTyping *typing, gint64 quantity);
void ligdi_typing_set_label (LigdiTyping *typing, const char *label);
gint64 ligdi_typing_get_amount (const LigdiTyping *typing);

G_END_DECLS
