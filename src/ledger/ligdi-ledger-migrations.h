/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean ligdi_ledger_check_schema (sqlite3 *db, GError **error);
gboolean ligdi_ledger_check_current (sqlite3 *db, GError **error);
gboolean ligdi_ledger_migrate (sqlite3 *db, GError **error);

G_END_DECLS
