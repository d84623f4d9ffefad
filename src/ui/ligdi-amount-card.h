/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-typing.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_AMOUNT_CARD (ligdi_amount_card_get_type ())
G_DECLARE_FINAL_TYPE (LigdiAmountCard, ligdi_amount_card, LIGDI, AMOUNT_CARD, GtkBox)

void ligdi_amount_card_set_amount (LigdiAmountCard *self, gint64 total, gint64 ticket,
                                   const LigdiTyping *typing);
void ligdi_amount_card_set_for_customer (LigdiAmountCard *self, gboolean alone);

G_END_DECLS
