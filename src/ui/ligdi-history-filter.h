/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_FILTER (ligdi_history_filter_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryFilter, ligdi_history_filter, LIGDI, HISTORY_FILTER, GtkBox)

void ligdi_history_filter_count (LigdiHistoryFilter *self, GPtrArray *payments);
void ligdi_history_filter_reset (LigdiHistoryFilter *self);
gboolean ligdi_history_filter_lets_through (LigdiHistoryFilter *self,
                                            const LigdiPaymentRecord *record);

G_END_DECLS
