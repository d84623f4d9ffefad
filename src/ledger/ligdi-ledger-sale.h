/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "ligdi-charge.h"
#include "ligdi-ledger.h"

G_BEGIN_DECLS

gboolean ligdi_ledger_insert_sale (sqlite3 *db, const LigdiSale *sale, LigdiPaymentRecord *record,
                                   GError **error);
LigdiSale *ligdi_ledger_load_sale (LigdiLedger *self, gint64 ticket, GError **error);
LigdiPaymentRecord *ligdi_ledger_find_charge (LigdiLedger *self, const char *charge,
                                              GError **error);
gboolean ligdi_ledger_refuse_charge (LigdiLedger *self, const LigdiCharge *charge, gint64 at,
                                     GError **error);
gboolean ligdi_ledger_is_charge_refused (LigdiLedger *self, const char *charge, gboolean *refused,
                                         GError **error);

G_END_DECLS
