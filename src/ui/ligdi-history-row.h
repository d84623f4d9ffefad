/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_ROW (ligdi_history_row_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryRow, ligdi_history_row, LIGDI, HISTORY_ROW, GtkListBoxRow)

GtkWidget *ligdi_history_row_new (void);
void ligdi_history_row_set_payment (LigdiHistoryRow *self, LigdiPayment *payment, gboolean online,
                                    gboolean with_day);
LigdiPayment *ligdi_history_row_get_payment (LigdiHistoryRow *self);

G_END_DECLS
