/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

GPtrArray *ligdi_ledger_list_between (LigdiLedger *self, gint64 from, gint64 until,
                                      GError **error);
GPtrArray *ligdi_ledger_list_orphans (LigdiLedger *self, GError **error);
GPtrArray *ligdi_ledger_list_open (LigdiLedger *self, GError **error);
GPtrArray *ligdi_ledger_list_foreign (LigdiLedger *self, gint64 line, GError **error);
GPtrArray *ligdi_ledger_list_followed_up (LigdiLedger *self, gint64 line, GError **error);
gboolean ligdi_ledger_is_in_hands (LigdiLedger *self, const LigdiPaymentRecord *record,
                                   gboolean *in_hands, GError **error);
GPtrArray *ligdi_ledger_list_watched (LigdiLedger *self, guint limit, GError **error);
GPtrArray *ligdi_ledger_list_events (LigdiLedger *self, gint64 payment, GError **error);
LigdiPaymentRecord *ligdi_ledger_load_payment (LigdiLedger *self, gint64 payment, GError **error);
LigdiPaymentRecord *ligdi_ledger_find_payment (LigdiLedger *self, const char *reference,
                                               GError **error);
char *ligdi_ledger_load_last_page (LigdiLedger *self, GError **error);
GPtrArray *ligdi_ledger_list_repeats (LigdiLedger *self, gint64 amount, gint64 paid_since,
                                      GError **error);
gboolean ligdi_ledger_load_span (LigdiLedger *self, gint64 *oldest, gint64 *newest,
                                 GError **error);
gboolean ligdi_ledger_find_next (LigdiLedger *self, gint64 since, gint64 *begun_at,
                                 GError **error);
gboolean ligdi_ledger_sum_takings (LigdiLedger *self, gint64 from, gint64 until, gint64 *n_paid,
                                   gint64 *takings, GError **error);

G_END_DECLS
