/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_DETAIL (ligdi_history_detail_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryDetail, ligdi_history_detail, LIGDI, HISTORY_DETAIL, GtkBox)

void ligdi_history_detail_set_till (LigdiHistoryDetail *self, const char *till);
void ligdi_history_detail_set_payment (LigdiHistoryDetail *self, const LigdiPaymentRecord *record,
                                       GPtrArray *journal, const LigdiPaymentRecord *counterpart,
                                       gboolean online);
gboolean ligdi_history_detail_is_asking (LigdiHistoryDetail *self);
gboolean ligdi_history_detail_stop_asking (LigdiHistoryDetail *self);

G_END_DECLS
