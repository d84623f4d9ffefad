/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LigdiSeal:
 * @day: the day it closes, such as 2026-11-25, in local time as it then was
 * @last_line: the last line of the journal that belongs to it
 * @n_paid: how many payments were paid in it
 * @takings: francs XOF
 * @sealed_at: ms since 1970
 *
 * What a day came to. It never changes: what is learnt later belongs to a later day.
 */
typedef struct
{
  const char *day;
  gint64 last_line;
  gint64 n_paid;
  gint64 takings;
  gint64 sealed_at;
} LigdiSeal;

/* The columns that ligdi_ledger_seal_read() reads, of seal; the seal itself follows. */
#define LIGDI_LEDGER_SEAL_COLUMNS "day, last_line, n_paid, takings, sealed_at, hash "
#define LIGDI_LEDGER_SEAL_HASH 5

gboolean ligdi_ledger_seal_if_over (sqlite3 *db, gint64 last_line, gint64 last_at,
                                    const char *last_hash, gint64 now, GError **error);
gboolean ligdi_ledger_seal_sum (sqlite3 *db, gint64 after, gint64 until, gint64 *n_paid,
                                gint64 *takings, GError **error);
void ligdi_ledger_seal_read (sqlite3_stmt *row, LigdiSeal *seal);
char *ligdi_ledger_seal_compute (const char *previous, const LigdiSeal *seal,
                                 const char *line_hash);

G_END_DECLS
