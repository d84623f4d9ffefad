/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_LIST (ligdi_history_list_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryList, ligdi_history_list, LIGDI, HISTORY_LIST, GtkScrolledWindow)

void ligdi_history_list_set_kind (LigdiHistoryList *self, gboolean sectioned, gboolean with_days);
void ligdi_history_list_set_payments (LigdiHistoryList *self, GPtrArray *payments,
                                      gboolean online, const char *if_none);
gboolean ligdi_history_list_refresh (LigdiHistoryList *self, LigdiPayment *payment,
                                     gboolean online);
LigdiPayment *ligdi_history_list_get_selected (LigdiHistoryList *self);
void ligdi_history_list_focus (LigdiHistoryList *self);

G_END_DECLS
