/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "ligdi-ledger.h"

G_BEGIN_DECLS

sqlite3 *ligdi_ledger_get_database (LigdiLedger *self);
const char *ligdi_ledger_get_owner (LigdiLedger *self, int *users_fd);
const char *ligdi_ledger_get_cashier (LigdiLedger *self);

G_END_DECLS
