/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-verify.h"

#include "ligdi-error.h"
#include "ligdi-ledger-facts.h"
#include "ligdi-ledger-file.h"
#include "ligdi-ledger-journal.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-seal.h"
#include "ligdi-ledger-statement.h"

#include <string.h>

/* Looks whether the ledger is what was written: that no line of the journal was changed, put
 * in or taken out, that the days add up, and that every sale stands as its lines say. */

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT, text);
  return FALSE;
}

/* Where the walk along the journal has come. */
typedef struct
{
  gint64 line;
  char *line_hash;
  gint64 sealed_line;
  char *seal_hash;
  gint64 n_days;
} Walk;

static void
walk_clear (Walk *walk)
{
  g_free (walk->line_hash);
  g_free (walk->seal_hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static void
replace (char **text, const char *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

/* Nothing we write holds a NUL. C sees what stands before one, and a comparison in SQL all of it:
 * a line could be sealed as it was and be passed over by the takings. */
static gboolean
are_texts (sqlite3_stmt *row, int first, int last)
{
  for (int i = first; i <= last; i++)
    {
      const char *text = (const char *) sqlite3_column_text (row, i);

      if (text != NULL && strlen (text) != (gsize) sqlite3_column_bytes (row, i))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_line (Walk *walk, sqlite3_stmt *row, GError **error)
{
  LigdiJournalLine line;
  const char *written = (const char *) sqlite3_column_text (row, LIGDI_LEDGER_LINE_HASH);
  g_autofree char *hash = NULL;

  ligdi_ledger_journal_read_line (row, &line);
  if (line.id != walk->line + 1)
    return fail (error, "journal line %" G_GINT64_FORMAT " is missing", walk->line + 1);
  if (line.what == NULL || line.to_state == NULL || line.changes == NULL || written == NULL
      || !are_texts (row, LIGDI_LEDGER_LINE_WHAT, LIGDI_LEDGER_LINE_HASH))
    return fail (error, "journal line %" G_GINT64_FORMAT " cannot be read", line.id);
  hash = ligdi_ledger_journal_seal_line (walk->line_hash, &line);
  if (strcmp (hash, written) != 0)
    return fail (error, "journal line %" G_GINT64_FORMAT " is not what was written", line.id);
  walk->line = line.id;
  replace (&walk->line_hash, hash);
  return TRUE;
}

static gboolean
check_seal (Walk *walk, sqlite3_stmt *row, GError **error)
{
  LigdiSeal seal;
  const char *written = (const char *) sqlite3_column_text (row, LIGDI_LEDGER_SEAL_HASH);
  g_autofree char *hash = NULL;

  ligdi_ledger_seal_read (row, &seal);
  if (seal.day == NULL || written == NULL)
    return fail (error, "a seal cannot be read");
  hash = ligdi_ledger_seal_compute (walk->seal_hash, &seal, walk->line_hash);
  if (seal.last_line != walk->line || strcmp (hash, written) != 0)
    return fail (error, "the seal of %s is broken", seal.day);
  walk->sealed_line = seal.last_line;
  replace (&walk->seal_hash, hash);
  walk->n_days++;
  return TRUE;
}

/* Along the journal from where the walk stands, and past each seal on the way. */
static gboolean
check_chain (sqlite3 *db, Walk *walk, GError **error)
{
  g_autoptr (sqlite3_stmt) lines = ligdi_ledger_prepare (
      db, error, "SELECT " LIGDI_LEDGER_LINE_COLUMNS "FROM payment_event WHERE id > ? ORDER BY id",
      "i", walk->line);
  g_autoptr (sqlite3_stmt) seals = ligdi_ledger_prepare (
      db, error, "SELECT " LIGDI_LEDGER_SEAL_COLUMNS "FROM seal WHERE last_line > ? ORDER BY id",
      "i", walk->sealed_line);
  gboolean has_line = FALSE;
  gboolean has_seal = FALSE;

  if (lines == NULL || seals == NULL || !ligdi_ledger_step (lines, &has_line, error)
      || !ligdi_ledger_step (seals, &has_seal, error))
    return FALSE;
  while (has_line || has_seal)
    {
      if (has_seal && (!has_line || sqlite3_column_int64 (seals, 1) <= walk->line))
        {
          if (!check_seal (walk, seals, error) || !ligdi_ledger_step (seals, &has_seal, error))
            return FALSE;
        }
      else if (!check_line (walk, lines, error) || !ligdi_ledger_step (lines, &has_line, error))
        return FALSE;
    }
  return TRUE;
}

/* The number of the next line is kept apart: it tells whether the last ones are gone. */
static gboolean
check_end (sqlite3 *db, const Walk *walk, GError **error)
{
  gint64 given;

  if (!ligdi_ledger_read_integer (db, &given, error,
                                  "SELECT seq FROM sqlite_sequence WHERE name = 'payment_event'"))
    return FALSE;
  if (given != walk->line)
    return fail (error, "journal line %" G_GINT64_FORMAT " is missing", walk->line + 1);
  return TRUE;
}

/* Numbers begin with 1, and the last one given is kept apart: nothing stands before the first
 * or was taken away after the last. */
static gboolean
check_numbers (sqlite3 *db, GError **error)
{
  gint64 wrong;

  if (!ligdi_ledger_read_integer (
          db, &wrong, error,
          "SELECT EXISTS (SELECT 1 FROM payment_event WHERE id < 1)"
          " OR EXISTS (SELECT 1 FROM seal WHERE id < 1 OR last_line < 1)"
          " OR (SELECT coalesce (max (id), 0) FROM seal)"
          " <> (SELECT coalesce (max (seq), 0) FROM sqlite_sequence WHERE name = 'seal')"
          " OR (SELECT coalesce (max (id), 0) FROM payment)"
          " <> (SELECT coalesce (max (seq), 0) FROM sqlite_sequence WHERE name = 'payment')"
          " OR (SELECT coalesce (max (id), 0) FROM follow_up)"
          " <> (SELECT coalesce (max (seq), 0) FROM sqlite_sequence WHERE name = 'follow_up')"))
    return FALSE;
  return wrong == 0 || fail (error, "something was put in or taken out by its number");
}

/* Starts the walk at the last seal: what lies before it was looked at before. */
static gboolean
stand_at_last_seal (sqlite3 *db, Walk *walk, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      db, error,
      "SELECT " LIGDI_LEDGER_SEAL_COLUMNS ", (SELECT hash FROM seal AS b WHERE b.id < s.id"
      " ORDER BY b.id DESC LIMIT 1), (SELECT max (last_line) FROM seal AS b WHERE b.id < s.id),"
      " (SELECT hash FROM payment_event AS e WHERE e.id = s.last_line)"
      " FROM seal AS s ORDER BY id DESC LIMIT 1",
      "");
  gboolean has_row;

  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  if (sqlite3_column_text (statement, 6) != NULL)
    replace (&walk->seal_hash, (const char *) sqlite3_column_text (statement, 6));
  walk->sealed_line = sqlite3_column_int64 (statement, 7);
  walk->line = sqlite3_column_int64 (statement, 1);
  if (sqlite3_column_text (statement, 8) == NULL)
    return fail (error, "journal line %" G_GINT64_FORMAT " is missing", walk->line);
  replace (&walk->line_hash, (const char *) sqlite3_column_text (statement, 8));
  return check_seal (walk, statement, error);
}

/* What each day came to, from its sales as they stand. */
static gboolean
check_sums (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) seals = ligdi_ledger_prepare (
      db, error, "SELECT " LIGDI_LEDGER_SEAL_COLUMNS "FROM seal ORDER BY id", "");
  gint64 sealed_line = 0;
  gboolean has_row = TRUE;

  while (seals != NULL && ligdi_ledger_step (seals, &has_row, error))
    {
      LigdiSeal seal;
      gint64 n_paid;
      gint64 takings;

      if (!has_row)
        return TRUE;
      ligdi_ledger_seal_read (seals, &seal);
      if (!ligdi_ledger_seal_sum (db, sealed_line, seal.last_line, &n_paid, &takings, error))
        return FALSE;
      if (n_paid != seal.n_paid || takings != seal.takings)
        return fail (error, "%s does not add up", seal.day);
      sealed_line = seal.last_line;
    }
  return FALSE;
}

/* One sale, its payments, and what their lines say. */
typedef struct
{
  gint64 ticket;
  GHashTable *payments; /* gint64 id → GHashTable of facts */
  GHashTable *of_sale;
} Account;

static void
account_clear (Account *account)
{
  g_hash_table_unref (account->payments);
  g_hash_table_unref (account->of_sale);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static GHashTable *
new_facts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
is_of_sale (gpointer name, gpointer value, gpointer of_sale)
{
  if (!ligdi_ledger_facts_are_of_sale (name))
    return FALSE;
  g_hash_table_insert (of_sale, g_strdup (name), g_strdup (value));
  return TRUE;
}

static void
fold_line (Account *account, gint64 payment, const char *state, const char *changes)
{
  GHashTable *facts = g_hash_table_lookup (account->payments, &payment);

  if (facts == NULL)
    {
      facts = new_facts ();
      g_hash_table_insert (account->payments, g_memdup2 (&payment, sizeof payment), facts);
    }
  ligdi_ledger_facts_fold (facts, changes);
  /* What one payment says of the sale is true of the others too. */
  g_hash_table_foreach_remove (facts, is_of_sale, account->of_sale);
  g_hash_table_insert (facts, g_strdup ("state"), g_strdup (state));
}

/* What asks the same of each of a million sales. */
typedef struct
{
  sqlite3_stmt *lines;
  sqlite3_stmt *payments;
  LigdiLedgerFacts *facts;
} Questions;

static void
questions_clear (Questions *questions)
{
  sqlite3_finalize (questions->lines);
  sqlite3_finalize (questions->payments);
  g_clear_pointer (&questions->facts, ligdi_ledger_facts_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Questions, questions_clear)

static gboolean
prepare_questions (sqlite3 *db, Questions *questions, GError **error)
{
  questions->lines = ligdi_ledger_prepare_to_keep (
      db, error,
      "SELECT e.payment, e.to_state, e.changes FROM payment_event AS e JOIN payment AS p"
      " ON p.id = e.payment WHERE p.sale = ? ORDER BY e.id");
  if (questions->lines == NULL)
    return FALSE;
  /* A database that is only read does not know its CHECK clauses, and its own check passes over
   * words that they forbid: each row is read as the till reads it. */
  questions->payments = ligdi_ledger_prepare_to_keep (
      db, error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.sale = ? ORDER BY p.id");
  if (questions->payments == NULL)
    return FALSE;
  questions->facts = ligdi_ledger_facts_new (db, error);
  return questions->facts != NULL;
}

static void
ask_again (sqlite3_stmt *statement, gint64 ticket)
{
  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, ticket);
}

static gboolean
fold_account (const Questions *questions, Account *account, GError **error)
{
  sqlite3_stmt *lines = questions->lines;
  gboolean has_row = TRUE;

  ask_again (lines, account->ticket);
  while (ligdi_ledger_step (lines, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      fold_line (account, sqlite3_column_int64 (lines, 0),
                 (const char *) sqlite3_column_text (lines, 1),
                 (const char *) sqlite3_column_text (lines, 2));
    }
  return FALSE;
}

/* The first fact, in the order of their names, that is not as it was written down. */
static gboolean
compare_facts (const char *reference, GHashTable *written, GHashTable *found, GError **error)
{
  g_autofree char *difference = ligdi_ledger_facts_compare (written, found);

  if (*difference == '\0')
    return TRUE;
  *(difference + strcspn (difference, "=\n")) = '\0';
  return fail (error, "%s: “%s” is not what was written", reference, difference);
}

static gboolean
check_payment (LigdiLedgerFacts *facts, const Account *account, gint64 payment, GError **error)
{
  g_autoptr (GHashTable) found = ligdi_ledger_facts_load (facts, payment, error);
  g_autoptr (GHashTable) of_sale = new_facts ();
  g_autofree char *reference = NULL;
  GHashTable *written = g_hash_table_lookup (account->payments, &payment);

  if (found == NULL)
    return FALSE;
  reference = g_strdup (g_hash_table_lookup (found, "reference"));
  if (written == NULL)
    return fail (error, "%s is not in the journal", reference);
  g_hash_table_foreach_remove (found, is_of_sale, of_sale);
  return compare_facts (reference, written, found, error)
         && compare_facts (reference, account->of_sale, of_sale, error);
}

static gboolean
check_sale (const Questions *questions, gint64 ticket, gint64 *n_payments, GError **error)
{
  g_auto (Account) account = {
    .ticket = ticket,
    .payments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) g_hash_table_unref),
    .of_sale = new_facts (),
  };
  gboolean has_row = TRUE;

  if (!fold_account (questions, &account, error))
    return FALSE;
  if (g_hash_table_size (account.payments) == 0)
    return fail (error, "ticket %" G_GINT64_FORMAT " is not in the journal", ticket);
  ask_again (questions->payments, ticket);
  while (ligdi_ledger_step (questions->payments, &has_row, error))
    {
      g_autoptr (LigdiPaymentRecord) record = NULL;

      if (!has_row)
        return TRUE;
      record = ligdi_ledger_row_load (questions->payments, error);
      if (record == NULL || !check_payment (questions->facts, &account, record->id, error))
        return FALSE;
      (*n_payments)++;
    }
  return FALSE;
}

static gboolean
check_sales (sqlite3 *db, LigdiLedgerCount *count, GError **error)
{
  g_auto (Questions) questions = { NULL, NULL, NULL };
  g_autoptr (sqlite3_stmt) sales = NULL;
  gboolean has_row = TRUE;

  if (prepare_questions (db, &questions, error))
    sales = ligdi_ledger_prepare (db, error, "SELECT id FROM sale ORDER BY id", "");
  while (sales != NULL && ligdi_ledger_step (sales, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (!check_sale (&questions, sqlite3_column_int64 (sales, 0), &count->n_payments, error))
        return FALSE;
      count->n_sales++;
    }
  return FALSE;
}

/* A line about a payment that is not there speaks of one that was taken away. */
static gboolean
check_nothing_is_gone (sqlite3 *db, GError **error)
{
  gint64 gone;

  if (!ligdi_ledger_read_integer (db, &gone, error,
                                  "SELECT min (e.payment) FROM payment_event AS e WHERE NOT EXISTS"
                                  " (SELECT 1 FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                                  " WHERE p.id = e.payment)"))
    return FALSE;
  return gone == 0 || fail (error, "payment %" G_GINT64_FORMAT " is missing", gone);
}

/**
 * ligdi_ledger_verify_recent:
 * @db: a ledger
 * @error: return location: %LIGDI_ERROR_LEDGER_CORRUPT with the first thing that is wrong, or
 *   another ledger error
 *
 * Looks at the last seal and at the journal since then: fast enough for every opening.
 *
 * Returns: whether they are whole
 */
gboolean
ligdi_ledger_verify_recent (sqlite3 *db, GError **error)
{
  g_auto (Walk) walk = { .line_hash = g_strdup (""), .seal_hash = g_strdup ("") };
  gboolean whole;

  /* As of one moment: another till may be writing. */
  if (!ligdi_ledger_execute (db, error, "BEGIN", ""))
    return FALSE;
  whole = check_numbers (db, error) && stand_at_last_seal (db, &walk, error)
          && check_chain (db, &walk, error) && check_end (db, &walk, error);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return whole;
}

/**
 * ligdi_ledger_verify_all:
 * @db: a ledger
 * @count: (out): how much was looked at
 * @error: return location, as for ligdi_ledger_verify_recent()
 *
 * Looks at the whole journal, and whether every sale and payment is as the journal says.
 *
 * Returns: whether all of it is whole
 */
gboolean
ligdi_ledger_verify_all (sqlite3 *db, LigdiLedgerCount *count, GError **error)
{
  g_auto (Walk) walk = { .line_hash = g_strdup (""), .seal_hash = g_strdup ("") };

  *count = (LigdiLedgerCount){ 0 };
  if (!check_numbers (db, error) || !check_chain (db, &walk, error)
      || !check_end (db, &walk, error)
      || !check_nothing_is_gone (db, error) || !check_sales (db, count, error)
      || !check_sums (db, error))
    return FALSE;
  count->n_lines = walk.line;
  count->n_days = walk.n_days;
  return TRUE;
}

/* Of a page that the disk did not give, SQLite's check tells in its answer, as it does of one that
 * is wrong. */
static gboolean
is_about_reading (const char *found)
{
  static const char code[] = "error code=";
  const char *at = strstr (found, code);

  if (at == NULL)
    return strstr (found, "failed to get page") != NULL;
  return (g_ascii_strtoll (at + strlen (code), NULL, 10) & 0xff) != SQLITE_CORRUPT;
}

static gboolean
check_integrity (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ligdi_ledger_prepare (db, error, "PRAGMA integrity_check (1)", "");
  gboolean has_row = FALSE;
  const char *found;

  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  found = has_row ? (const char *) sqlite3_column_text (statement, 0) : NULL;
  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;
  if (found == NULL || !is_about_reading (found))
    return fail (error, "the integrity check failed");
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER, "the ledger cannot be read: %s", found);
  return FALSE;
}

/**
 * ligdi_ledger_verify_file:
 * @path: a ledger's file
 * @count: (out): how much was looked at
 * @error: return location, as for ligdi_ledger_verify_all()
 *
 * Reads the whole file as of one moment, while the till goes on writing: seconds for a
 * million payments. Nothing is changed.
 *
 * Returns: whether all of it is whole
 */
gboolean
ligdi_ledger_verify_file (const char *path, LigdiLedgerCount *count, GError **error)
{
  sqlite3 *db = ligdi_ledger_file_read (path, error);
  gboolean whole;

  if (db == NULL)
    return FALSE;
  whole = ligdi_ledger_execute (db, error, "BEGIN", "") && check_integrity (db, error)
          && ligdi_ledger_verify_all (db, count, error);
  sqlite3_close (db);
  return whole;
}

/**
 * ligdi_ledger_verify_in_thread:
 * @task: returns whether all of it is whole
 * @source: unused
 * @path: a ledger's file
 * @cancellable: unused
 *
 * ligdi_ledger_verify_file() beside the main loop.
 */
void
ligdi_ledger_verify_in_thread (GTask *task, gpointer source, gpointer path,
                               GCancellable *cancellable)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  if (ligdi_ledger_verify_file (path, &count, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}
