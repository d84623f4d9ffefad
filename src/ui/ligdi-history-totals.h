/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_TOTALS (ligdi_history_totals_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryTotals, ligdi_history_totals, LIGDI, HISTORY_TOTALS, GtkBox)

void ligdi_history_totals_set (LigdiHistoryTotals *self, gint64 n_paid, gint64 takings,
                               GPtrArray *payments);

G_END_DECLS
