/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-query.h"

#include "ligdi-error.h"
#include "ligdi-ledger-owner.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-statement.h"

/* What the ledger can be asked. Nothing here writes. */

static gboolean
is_owner_alive (LigdiLedger *self, gint64 payment, gboolean *alive, GError **error)
{
  g_autoptr (sqlite3_stmt) owner
      = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                              "SELECT owner FROM payment WHERE id = ?", "i", payment);
  int users_fd;
  const char *self_owner = ligdi_ledger_get_owner (self, &users_fd);
  const char *name;
  gboolean has_row;

  if (owner == NULL || !ligdi_ledger_step (owner, &has_row, error))
    return FALSE;
  name = has_row ? (const char *) sqlite3_column_text (owner, 0) : NULL;
  *alive = name != NULL
           && (g_str_equal (name, self_owner) || ligdi_ledger_owner_is_alive (name, users_fd));
  return TRUE;
}

/**
 * ligdi_ledger_list_between:
 * @self: a ledger
 * @from: ms since 1970
 * @until: ms since 1970, not included
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): the payments begun in
 *   that time, newest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_between (LigdiLedger *self, gint64 from, gint64 until, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT " LIGDI_LEDGER_ROW_COLUMNS
                                    "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                                    " WHERE p.created_at >= ? AND p.created_at < ?"
                                    " ORDER BY p.created_at DESC, p.id DESC",
                                    "ii", from, until);
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_list_orphans:
 * @self: a ledger
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments in the middle of
 *   something whose process is gone, oldest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_orphans (LigdiLedger *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) orphans
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_payment_record_free);

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS
      "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p." LIGDI_LEDGER_IS_UNSETTLED " AND p.state <> 'unresolved' ORDER BY p.id",
      "");
  records = ligdi_ledger_row_load_all (statement, error);
  if (records == NULL)
    return NULL;
  while (records->len > 0)
    {
      g_autoptr (LigdiPaymentRecord) record = g_ptr_array_steal_index (records, 0);
      gboolean alive;

      if (!is_owner_alive (self, record->id, &alive, error))
        return NULL;
      if (!alive)
        g_ptr_array_add (orphans, g_steal_pointer (&record));
    }
  return g_steal_pointer (&orphans);
}

/**
 * ligdi_ledger_list_open:
 * @self: a ledger
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments that have a page and no
 *   verdict, oldest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_open (LigdiLedger *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.state IN ('awaiting', 'verifying', 'unresolved') ORDER BY p.id",
      "");
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_list_foreign:
 * @self: a ledger
 * @line: a line of the journal
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments that have a later line
 *   than @line and were last moved by another process, oldest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_foreign (LigdiLedger *self, gint64 line, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.id IN (SELECT payment FROM payment_event WHERE id > ?) AND p.owner <> ?"
      " ORDER BY p.id",
      "it", line, ligdi_ledger_get_owner (self, NULL));
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_list_followed_up:
 * @self: a ledger
 * @line: a line of the journal
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments of which, since @line,
 *   somebody closed a follow-up or one was opened without moving them, oldest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_followed_up (LigdiLedger *self, gint64 line, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.id IN (SELECT payment FROM payment_event WHERE id > ?"
      "                AND what IN ('follow-up-closed', 'contradiction'))"
      " ORDER BY p.id",
      "i", line);
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_is_in_hands:
 * @self: a ledger
 * @record: a payment
 * @in_hands: (out): whether a process that lives is in the middle of it: makes its invoice,
 *   shows its page, or waits for its verdict
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_is_in_hands (LigdiLedger *self, const LigdiPaymentRecord *record, gboolean *in_hands,
                          GError **error)
{
  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (record != NULL && in_hands != NULL, FALSE);

  *in_hands = FALSE;
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
      return ligdi_payment_record_is_aside (record)
             || is_owner_alive (self, record->id, in_hands, error);
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return TRUE;
    }
  return TRUE;
}

/**
 * ligdi_ledger_list_watched:
 * @self: a ledger
 * @limit: how many at most
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments that are to be
 *   asked about again some time, the soonest first, or %NULL
 */
GPtrArray *
ligdi_ledger_list_watched (LigdiLedger *self, guint limit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT " LIGDI_LEDGER_ROW_COLUMNS
                                    "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                                    " WHERE p.next_check_at > 0 ORDER BY p.next_check_at, p.id"
                                    " LIMIT ?",
                                    "i", (gint64) limit);
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_list_events:
 * @self: a ledger
 * @payment: a payment's row
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiJournalEntry): its history, oldest first,
 *   or %NULL
 */
GPtrArray *
ligdi_ledger_list_events (LigdiLedger *self, gint64 payment, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_journal_entry_free);
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error, "SELECT at, what, note, cashier, approved"
      " FROM payment_event WHERE payment = ? ORDER BY id",
      "i", payment);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      LigdiJournalEntry *entry;

      if (!ligdi_ledger_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&entries);
      if (sqlite3_column_text (statement, 1) == NULL)
        {
          g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                               "a line of the journal cannot be read");
          return NULL;
        }
      entry = ligdi_journal_entry_new (sqlite3_column_int64 (statement, 0),
                                       (const char *) sqlite3_column_text (statement, 1),
                                       (const char *) sqlite3_column_text (statement, 2));
      entry->cashier = g_strdup ((const char *) sqlite3_column_text (statement, 3));
      entry->approved = sqlite3_column_int64 (statement, 4) != 0;
      g_ptr_array_add (entries, entry);
    }
}

/**
 * ligdi_ledger_load_payment:
 * @self: a ledger
 * @payment: a payment's row
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): the payment as it is on disk now, or %NULL
 */
LigdiPaymentRecord *
ligdi_ledger_load_payment (LigdiLedger *self, gint64 payment, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT " LIGDI_LEDGER_ROW_COLUMNS
                                    "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                                    " WHERE p.id = ?",
                                    "i", payment);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return ligdi_ledger_row_load (statement, error);
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT, "a payment's row is gone");
  return NULL;
}

/**
 * ligdi_ledger_find_payment:
 * @self: a ledger
 * @reference: what people call a payment
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the payment, or %NULL with @error unset when there is
 *   none
 */
LigdiPaymentRecord *
ligdi_ledger_find_payment (LigdiLedger *self, const char *reference, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT " LIGDI_LEDGER_ROW_COLUMNS
                                    "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                                    " WHERE p.reference = ?",
                                    "t", reference);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error) || !has_row)
    return NULL;
  return ligdi_ledger_row_load (statement, error);
}

/**
 * ligdi_ledger_load_last_page:
 * @self: a ledger
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the newest payment page's address, a secret, or %NULL
 *   when there is none
 */
char *
ligdi_ledger_load_last_page (LigdiLedger *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT page_url FROM payment WHERE page_url IS NOT NULL"
                                    " ORDER BY id DESC LIMIT 1",
                                    "");
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error) || !has_row)
    return NULL;
  return ligdi_ledger_dup_column (statement, 0);
}

/**
 * ligdi_ledger_list_repeats:
 * @self: a ledger
 * @amount: francs XOF that somebody is about to charge
 * @paid_since: ms since 1970
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): payments of that amount whose
 *   customer is not at the counter, has no verdict and was not let go, the newest first; then
 *   those that were paid since then; or %NULL
 */
GPtrArray *
ligdi_ledger_list_repeats (LigdiLedger *self, gint64 amount, gint64 paid_since, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.amount = ?"
      " AND (((p.state IN ('verifying', 'unresolved', 'disputed')"
      "        OR (p.state = 'awaiting' AND p.left_at > 0))"
      "       AND p.released_by IS NULL AND s.settled_by <> 'given-up')"
      "      OR (p.state = 'paid' AND p.verdict_at >= ?))"
      " ORDER BY p.state = 'paid', p.id DESC",
      "ii", amount, paid_since);
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_load_span:
 * @self: a ledger
 * @oldest: (out): when its first payment was begun, ms since 1970, or 0 for none
 * @newest: (out): when its last one was
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_load_span (LigdiLedger *self, gint64 *oldest, gint64 *newest, GError **error)
{
  sqlite3 *db;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (oldest != NULL && newest != NULL, FALSE);

  db = ligdi_ledger_get_database (self);
  return ligdi_ledger_read_integer (db, oldest, error, "SELECT min (created_at) FROM payment")
         && ligdi_ledger_read_integer (db, newest, error, "SELECT max (created_at) FROM payment");
}

/**
 * ligdi_ledger_find_next:
 * @self: a ledger
 * @since: ms since 1970
 * @begun_at: (out): when the first payment from then on was begun, or %G_MAXINT64 for none
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_find_next (LigdiLedger *self, gint64 since, gint64 *begun_at, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (begun_at != NULL, FALSE);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT created_at FROM payment WHERE created_at >= ?"
                                    " ORDER BY created_at LIMIT 1",
                                    "i", since);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  *begun_at = has_row ? sqlite3_column_int64 (statement, 0) : G_MAXINT64;
  return TRUE;
}

/**
 * ligdi_ledger_sum_takings:
 * @self: a ledger
 * @from: ms since 1970
 * @until: ms since 1970, not included
 * @n_paid: (out): how many payments got their verdict in that time: paid
 * @takings: (out): what they came to, and what closed wrong amounts added; francs XOF
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_sum_takings (LigdiLedger *self, gint64 from, gint64 until, gint64 *n_paid,
                          gint64 *takings, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (n_paid != NULL && takings != NULL, FALSE);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT count (*), coalesce (sum (amount), 0)"
      " + (SELECT coalesce (sum (counted), 0) FROM follow_up"
      "    WHERE counted > 0 AND closed_at >= ?1 AND closed_at < ?2)"
      " FROM payment WHERE state = 'paid' AND verdict_at >= ?1 AND verdict_at < ?2",
      "ii", from, until);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  *n_paid = sqlite3_column_int64 (statement, 0);
  *takings = sqlite3_column_int64 (statement, 1);
  return TRUE;
}
