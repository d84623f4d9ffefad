/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define LIGDI_LEDGER_BUSY_TIMEOUT_MS 2000

gboolean ligdi_ledger_file_set_error (GError **error, const char *what);
gboolean ligdi_ledger_file_lock (const char *path, int operation, int *fd, GError **error);
char *ligdi_ledger_file_name_users (const char *path);
sqlite3 *ligdi_ledger_file_read (const char *path, GError **error);
sqlite3 *ligdi_ledger_file_open (const char *path, gboolean may_create, GError **error);
gboolean ligdi_ledger_file_empty_log (const char *path, GError **error);
gboolean ligdi_ledger_file_make_log_durable (sqlite3 *db, GError **error);

G_END_DECLS
