/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

gboolean ligdi_ledger_let_go_if_replaced (sqlite3 *db, const LigdiPaymentRecord *old,
                                          LigdiPaymentRecord *record, GError **error);
gboolean ligdi_ledger_draw_consequences (sqlite3 *db, const LigdiPaymentRecord *old,
                                         LigdiPaymentRecord *record, gint64 at,
                                         GError **error);
gboolean ligdi_ledger_close_oldest (sqlite3 *db, LigdiPaymentRecord *record, const char *reason,
                                    gint64 counted, gint64 at, GError **error);

G_END_DECLS
