/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Named here and not included: those who look at a file need not know what it is made of. */
typedef struct sqlite3 sqlite3;

/**
 * LigdiLedgerCount:
 * @n_lines: lines of the journal
 * @n_sales: sales
 * @n_payments: payments
 * @n_days: sealed days
 *
 * What was looked through and found whole.
 */
typedef struct
{
  gint64 n_lines;
  gint64 n_sales;
  gint64 n_payments;
  gint64 n_days;
} LigdiLedgerCount;

gboolean ligdi_ledger_verify_recent (sqlite3 *db, GError **error);
gboolean ligdi_ledger_verify_all (sqlite3 *db, LigdiLedgerCount *count, GError **error);
gboolean ligdi_ledger_verify_file (const char *path, LigdiLedgerCount *count, GError **error);
void ligdi_ledger_verify_in_thread (GTask *task, gpointer source, gpointer path,
                                    GCancellable *cancellable);

G_END_DECLS
