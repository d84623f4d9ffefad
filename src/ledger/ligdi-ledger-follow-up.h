/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

GPtrArray *ligdi_ledger_list_to_follow (LigdiLedger *self, guint limit, GError **error);
gboolean ligdi_ledger_count_to_follow (LigdiLedger *self, guint *count, GError **error);
gboolean ligdi_ledger_load_counterpart (LigdiLedger *self, const LigdiPaymentRecord *record,
                                        LigdiPaymentRecord **counterpart, GError **error);

G_END_DECLS
