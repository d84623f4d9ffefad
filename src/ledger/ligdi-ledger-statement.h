/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

sqlite3_stmt *ligdi_ledger_prepare (sqlite3 *db, GError **error, const char *sql, const char *types,
                                    ...);
sqlite3_stmt *ligdi_ledger_prepare_to_keep (sqlite3 *db, GError **error, const char *sql);
gboolean ligdi_ledger_run_kept (sqlite3_stmt *statement, GError **error, const char *types, ...);
gboolean ligdi_ledger_step (sqlite3_stmt *statement, gboolean *has_row, GError **error);
gboolean ligdi_ledger_execute (sqlite3 *db, GError **error, const char *sql, const char *types,
                               ...);
gboolean ligdi_ledger_read_integer (sqlite3 *db, gint64 *value, GError **error, const char *sql);
gboolean ligdi_ledger_begin_transaction (sqlite3 *db, GError **error);
gboolean ligdi_ledger_end_transaction (sqlite3 *db, gboolean success, GError **error);
char *ligdi_ledger_dup_column (sqlite3_stmt *statement, int column);
void ligdi_ledger_set_error (sqlite3 *db, int code, GError **error);

G_END_DECLS
