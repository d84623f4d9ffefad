/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-journal.h"

#include "ligdi-error.h"
#include "ligdi-journal-entry.h"
#include "ligdi-ledger-facts.h"
#include "ligdi-ledger-seal.h"
#include "ligdi-ledger-statement.h"

#include <string.h>

/* The journal. Each line is sealed together with the one before it, so that none can be
 * changed, put in or taken out later without breaking all that follow. */

struct _LigdiLedgerJournal
{
  sqlite3 *db;
  sqlite3_stmt *last;
  sqlite3_stmt *insert;
  char *cashier; /* who is at the till, or NULL */
  gboolean approved;
};

static void
feed_text (GChecksum *checksum, const char *text)
{
  g_autofree char *length = NULL;

  /* With its length before it, so that no two lines read the same. */
  if (text == NULL)
    {
      g_checksum_update (checksum, (const guchar *) "-", 1);
      return;
    }
  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text));
  g_checksum_update (checksum, (const guchar *) length, -1);
  g_checksum_update (checksum, (const guchar *) text, -1);
}

static void
feed_number (GChecksum *checksum, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  feed_text (checksum, text);
}

static gboolean
read_last (LigdiLedgerJournal *self, gint64 *id, gint64 *at, char **hash, GError **error)
{
  gboolean has_row;
  gboolean success = ligdi_ledger_step (self->last, &has_row, error);

  *id = success && has_row ? sqlite3_column_int64 (self->last, 0) : 0;
  *at = success && has_row ? sqlite3_column_int64 (self->last, 1) : 0;
  *hash = success && has_row ? ligdi_ledger_dup_column (self->last, 2) : g_strdup ("");
  sqlite3_reset (self->last);
  return success;
}

/* In a damaged file, going from row to row may lead in a circle. */
static gboolean
check_goes_on (gint64 last, gint64 next, GError **error)
{
  if (next > last)
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                       "rows are not in the order of their numbers");
  return FALSE;
}

/* Lines from before there was a seal. */
static gboolean
seal_old_lines (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      db, error, "SELECT " LIGDI_LEDGER_LINE_COLUMNS "FROM payment_event ORDER BY id", "");
  g_autofree char *hash = g_strdup ("");
  gint64 last = G_MININT64;
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  while (has_row)
    {
      LigdiJournalLine line;
      char *next;

      if (!ligdi_ledger_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      ligdi_ledger_journal_read_line (statement, &line);
      if (!check_goes_on (last, line.id, error))
        return FALSE;
      last = line.id;
      next = ligdi_ledger_journal_seal_line (hash, &line);
      g_free (hash);
      hash = next;
      if (!ligdi_ledger_execute (db, error, "UPDATE payment_event SET hash = ? WHERE id = ?", "ti",
                                 hash, line.id))
        return FALSE;
    }
  return TRUE;
}

static GArray *
list_payments (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ligdi_ledger_prepare (db, error, "SELECT id FROM payment ORDER BY id", "");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 last = G_MININT64;
  gboolean has_row = TRUE;

  while (statement != NULL && ligdi_ledger_step (statement, &has_row, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      if (!has_row)
        return g_steal_pointer (&ids);
      if (!check_goes_on (last, id, error))
        return NULL;
      last = id;
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* What was not written line by line is written down as it stands. */
static gboolean
carry_over (LigdiLedgerJournal *journal, LigdiLedgerFacts *facts, gint64 payment, GError **error)
{
  g_autoptr (GHashTable) found = ligdi_ledger_facts_load (facts, payment, error);
  g_autofree char *changes = NULL;
  LigdiJournalLine line = { 0 };

  if (found == NULL)
    return FALSE;
  changes = ligdi_ledger_facts_compare (NULL, found);
  line.payment = payment;
  line.at = g_get_real_time () / 1000;
  line.what = "carried-over";
  line.from_state = g_hash_table_lookup (found, "state");
  line.to_state = line.from_state;
  line.changes = changes;
  return ligdi_ledger_journal_append (journal, &line, error);
}

/**
 * ligdi_ledger_journal_read_line:
 * @row: a statement with a row of %LIGDI_LEDGER_LINE_COLUMNS
 * @line: (out): the line; its texts are the statement's, until it goes on
 */
void
ligdi_ledger_journal_read_line (sqlite3_stmt *row, LigdiJournalLine *line)
{
  *line = (LigdiJournalLine){
    .id = sqlite3_column_int64 (row, 0),
    .payment = sqlite3_column_int64 (row, 1),
    .at = sqlite3_column_int64 (row, 2),
    .what = (const char *) sqlite3_column_text (row, 3),
    .from_state = (const char *) sqlite3_column_text (row, 4),
    .to_state = (const char *) sqlite3_column_text (row, 5),
    .note = (const char *) sqlite3_column_text (row, 6),
    .changes = (const char *) sqlite3_column_text (row, 7),
    .cashier = (const char *) sqlite3_column_text (row, 8),
    .approved = sqlite3_column_int64 (row, 10),
  };
}

/**
 * ligdi_ledger_journal_seal_line:
 * @previous: the seal of the line before, or "" for the first one
 * @line: a line
 *
 * Returns: (transfer full): its seal: SHA-256 in hexadecimal
 */
char *
ligdi_ledger_journal_seal_line (const char *previous, const LigdiJournalLine *line)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  feed_text (checksum, previous);
  feed_number (checksum, line->id);
  feed_number (checksum, line->payment);
  feed_number (checksum, line->at);
  feed_text (checksum, line->what);
  feed_text (checksum, line->from_state);
  feed_text (checksum, line->to_state);
  feed_text (checksum, line->note);
  feed_text (checksum, line->changes);
  /* Lines from before cashiers had names keep their seal. */
  if (line->cashier != NULL || line->approved != 0)
    {
      feed_text (checksum, line->cashier);
      feed_number (checksum, line->approved);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * ligdi_ledger_journal_new:
 * @db: the database
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): what writes lines, to be freed before @db is closed; or %NULL
 */
LigdiLedgerJournal *
ligdi_ledger_journal_new (sqlite3 *db, GError **error)
{
  g_autoptr (LigdiLedgerJournal) self = g_new0 (LigdiLedgerJournal, 1);

  self->db = db;
  self->last = ligdi_ledger_prepare_to_keep (
      db, error, "SELECT id, at, hash FROM payment_event ORDER BY id DESC LIMIT 1");
  if (self->last == NULL)
    return NULL;
  self->insert = ligdi_ledger_prepare_to_keep (
      db, error,
      "INSERT INTO payment_event (" LIGDI_LEDGER_LINE_COLUMNS
      ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  return self->insert != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * ligdi_ledger_journal_free:
 * @self: (transfer full): what writes lines
 */
void
ligdi_ledger_journal_free (LigdiLedgerJournal *self)
{
  sqlite3_finalize (self->last);
  sqlite3_finalize (self->insert);
  g_free (self->cashier);
  g_free (self);
}

/**
 * ligdi_ledger_journal_set_cashier:
 * @self: what writes lines
 * @name: (nullable): who is at the till
 * @approved: whether what is done now is done with the manager's code
 */
void
ligdi_ledger_journal_set_cashier (LigdiLedgerJournal *self, const char *name, gboolean approved)
{
  g_free (self->cashier);
  self->cashier = g_strdup (name);
  self->approved = approved;
}

/**
 * ligdi_ledger_journal_get_cashier:
 * @self: what writes lines
 *
 * Returns: (transfer none) (nullable): who is at the till
 */
const char *
ligdi_ledger_journal_get_cashier (LigdiLedgerJournal *self)
{
  return self->cashier;
}

/**
 * ligdi_ledger_journal_append:
 * @self: what writes lines, inside a transaction
 * @line: what happened; gets its place, and who did it where somebody did
 * @error: return location, a ledger error
 *
 * Writes the line, and before the first one of a new day that day's predecessor is sealed.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_journal_append (LigdiLedgerJournal *self, LigdiJournalLine *line, GError **error)
{
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  gint64 last_at = 0;

  if (!read_last (self, &line->id, &last_at, &previous, error)
      || (line->id > 0
          && !ligdi_ledger_seal_if_over (self->db, line->id, last_at, previous, line->at, error)))
    return FALSE;
  line->id++;
  if (ligdi_journal_is_act (line->what))
    {
      line->cashier = self->cashier;
      line->approved = self->approved;
    }
  hash = ligdi_ledger_journal_seal_line (previous, line);
  return ligdi_ledger_run_kept (self->insert, error, "iiittttttti", line->id, line->payment,
                                line->at, line->what, line->from_state, line->to_state, line->note,
                                line->changes, line->cashier, hash, line->approved);
}

/**
 * ligdi_ledger_journal_adopt:
 * @db: a ledger whose journal has not been sealed yet, inside a transaction
 * @error: return location, a ledger error
 *
 * Seals what is there, and writes down of each payment how it stands.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_journal_adopt (sqlite3 *db, GError **error)
{
  g_autoptr (LigdiLedgerFacts) facts = NULL;
  g_autoptr (LigdiLedgerJournal) journal = NULL;
  g_autoptr (GArray) payments = NULL;

  if (!seal_old_lines (db, error))
    return FALSE;
  facts = ligdi_ledger_facts_new (db, error);
  journal = facts != NULL ? ligdi_ledger_journal_new (db, error) : NULL;
  payments = journal != NULL ? list_payments (db, error) : NULL;
  if (payments == NULL)
    return FALSE;
  for (guint i = 0; i < payments->len; i++)
    if (!carry_over (journal, facts, g_array_index (payments, gint64, i), error))
      return FALSE;
  return TRUE;
}
