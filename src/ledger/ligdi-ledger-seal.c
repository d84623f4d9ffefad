/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-seal.h"

#include "ligdi-ledger-statement.h"

#include <string.h>

/* A day's end: what it came to, sealed with the last line of the journal and with the day
 * before. */

/* Midnight falls on a quarter of an hour in every time zone: within one it is the same day, and
 * no time zone need be asked. */
#define QUARTER_MS (15 * 60 * G_GINT64_CONSTANT (1000))

static char *
format_day (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
}

static gboolean
read_last (sqlite3 *db, gint64 *last_line, char **hash, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      db, error, "SELECT last_line, hash FROM seal ORDER BY id DESC LIMIT 1", "");
  gboolean has_row;

  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  *last_line = has_row ? sqlite3_column_int64 (statement, 0) : 0;
  *hash = has_row ? ligdi_ledger_dup_column (statement, 1) : g_strdup ("");
  return TRUE;
}

/**
 * ligdi_ledger_seal_read:
 * @row: a statement with a row of %LIGDI_LEDGER_SEAL_COLUMNS
 * @seal: (out): the seal; its text is the statement's, until it goes on
 */
void
ligdi_ledger_seal_read (sqlite3_stmt *row, LigdiSeal *seal)
{
  *seal = (LigdiSeal){
    .day = (const char *) sqlite3_column_text (row, 0),
    .last_line = sqlite3_column_int64 (row, 1),
    .n_paid = sqlite3_column_int64 (row, 2),
    .takings = sqlite3_column_int64 (row, 3),
    .sealed_at = sqlite3_column_int64 (row, 4),
  };
}

/**
 * ligdi_ledger_seal_compute:
 * @previous: the seal of the day before, or "" for the first one
 * @seal: what a day came to
 * @line_hash: the seal of its last line
 *
 * Returns: (transfer full): SHA-256 in hexadecimal
 */
char *
ligdi_ledger_seal_compute (const char *previous, const LigdiSeal *seal, const char *line_hash)
{
  g_autofree char *text = g_strdup_printf (
      "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
      " %s",
      previous, seal->day, seal->last_line, seal->n_paid, seal->takings, seal->sealed_at,
      line_hash);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/**
 * ligdi_ledger_seal_sum:
 * @db: the database
 * @after: a line of the journal, or 0
 * @until: a later line
 * @n_paid: (out): how many payments were paid after the one and up to the other
 * @takings: (out): how much, and what closed wrong amounts added; francs XOF
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_seal_sum (sqlite3 *db, gint64 after, gint64 until, gint64 *n_paid, gint64 *takings,
                       GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      db, error,
      "WITH line AS (SELECT * FROM payment_event WHERE id > ?1 AND id <= ?2),"
      " paid AS (SELECT p.amount FROM line JOIN payment AS p ON p.id = line.payment"
      "          WHERE line.to_state = 'paid' AND line.from_state <> 'paid'),"
      " closed AS (SELECT f.counted FROM line JOIN follow_up AS f"
      "            ON f.payment = line.payment AND f.closed_at = line.at"
      "            WHERE line.what = 'follow-up-closed')"
      " SELECT (SELECT count (*) FROM paid),"
      "        (SELECT coalesce (sum (amount), 0) FROM paid)"
      "        + (SELECT coalesce (sum (counted), 0) FROM closed)",
      "ii", after, until);
  gboolean has_row;

  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  *n_paid = sqlite3_column_int64 (statement, 0);
  *takings = sqlite3_column_int64 (statement, 1);
  return TRUE;
}

/**
 * ligdi_ledger_seal_if_over:
 * @db: the database, inside a transaction
 * @last_line: the journal's last line
 * @last_at: when it was written, ms since 1970
 * @last_hash: its seal
 * @now: when the next one is written, ms since 1970
 * @error: return location, a ledger error
 *
 * Seals the day of the last line when the next one belongs to a later day. A clock that was
 * set back opens no day again.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_seal_if_over (sqlite3 *db, gint64 last_line, gint64 last_at, const char *last_hash,
                           gint64 now, GError **error)
{
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  LigdiSeal seal = { .last_line = last_line, .sealed_at = now };
  gint64 sealed_line = 0;

  if (last_at / QUARTER_MS == now / QUARTER_MS)
    return TRUE;
  day = format_day (last_at);
  today = format_day (now);
  if (strcmp (day, today) >= 0)
    return TRUE;
  seal.day = day;
  if (!read_last (db, &sealed_line, &previous, error)
      || !ligdi_ledger_seal_sum (db, sealed_line, last_line, &seal.n_paid, &seal.takings, error))
    return FALSE;
  if (sealed_line == last_line)
    return TRUE;
  hash = ligdi_ledger_seal_compute (previous, &seal, last_hash);
  return ligdi_ledger_execute (
      db, error, "INSERT INTO seal (" LIGDI_LEDGER_SEAL_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)",
      "tiiiit", seal.day, seal.last_line, seal.n_paid, seal.takings, seal.sealed_at, hash);
}
