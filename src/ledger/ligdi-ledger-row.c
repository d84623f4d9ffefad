/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-row.h"

#include "ligdi-error.h"
#include "ligdi-ledger-statement.h"

#include <string.h>

/* Words of the schema's CHECK clauses, in the order of our enumerations. */
static const char *const exits[] = { "none", "returned", "cancelled", "lost" };
static const char *const releases[] = { NULL, "cash", "new-payment" };
static const char *const settlements[] = { "open", "payment", "cash", "given-up" };
static const char *const answers[] = { "none", "pending", "offline", "unclear", "verdict" };

/* The columns of %LIGDI_LEDGER_ROW_COLUMNS that hold a text: the names and the addresses. */
static const int needed[] = { 3, 4, 9, 10, 11 };

static gboolean
find_word (const char *const *words, guint n_words, const char *word, guint *index)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ligdi_ledger_row_name_settlement:
 * @settlement: how a sale ended
 *
 * Returns: (transfer none): its word in the schema and in the journal
 */
const char *
ligdi_ledger_row_name_settlement (LigdiSettlement settlement)
{
  g_return_val_if_fail ((guint) settlement < G_N_ELEMENTS (settlements), NULL);

  return settlements[settlement];
}

/**
 * ligdi_ledger_row_load:
 * @statement: a statement with a row of %LIGDI_LEDGER_ROW_COLUMNS
 * @error: return location, %LIGDI_ERROR_LEDGER_CORRUPT
 *
 * Returns: (transfer full): the payment, or %NULL when the row holds a word the
 *   schema does not allow
 */
LigdiPaymentRecord *
ligdi_ledger_row_load (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  const char *state = (const char *) sqlite3_column_text (statement, 6);
  guint exit = 0;
  guint release = 0;
  guint answer = 0;
  guint settlement = 0;

  if (state == NULL || !ligdi_payment_state_from_nick (state, &record->state)
      || !find_word (exits, G_N_ELEMENTS (exits), (const char *) sqlite3_column_text (statement, 12),
                     &exit)
      || !find_word (releases, G_N_ELEMENTS (releases),
                     (const char *) sqlite3_column_text (statement, 13), &release)
      || !find_word (answers, G_N_ELEMENTS (answers),
                     (const char *) sqlite3_column_text (statement, 14), &answer)
      || !ligdi_opening_from_nick ((const char *) sqlite3_column_text (statement, 27),
                                   &record->opening)
      || !find_word (settlements, G_N_ELEMENTS (settlements),
                     (const char *) sqlite3_column_text (statement, 28), &settlement)
      || !ligdi_follow_up_from_nick ((const char *) sqlite3_column_text (statement, 29),
                                     &record->follow_up))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                           "a payment's row holds an unknown word");
      return NULL;
    }
  /* What is damaged may be NULL against the schema. */
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (sqlite3_column_text (statement, needed[i]) == NULL)
      {
        g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                             "a payment's row lacks a word");
        return NULL;
      }
  record->id = sqlite3_column_int64 (statement, 0);
  record->ticket = sqlite3_column_int64 (statement, 1);
  record->n_items = sqlite3_column_int64 (statement, 2);
  record->reference = ligdi_ledger_dup_column (statement, 3);
  record->transaction_id = ligdi_ledger_dup_column (statement, 4);
  record->amount = sqlite3_column_int64 (statement, 5);
  record->token = ligdi_ledger_dup_column (statement, 7);
  record->page_url = ligdi_ledger_dup_column (statement, 8);
  record->return_url = ligdi_ledger_dup_column (statement, 9);
  record->cancel_url = ligdi_ledger_dup_column (statement, 10);
  record->base_url = ligdi_ledger_dup_column (statement, 11);
  record->exit = (LigdiExit) exit;
  record->released_by = (LigdiRelease) release;
  record->last_answer = (LigdiAnswer) answer;
  record->settled_by = (LigdiSettlement) settlement;
  record->n_checks = sqlite3_column_int64 (statement, 15);
  record->n_pending = sqlite3_column_int64 (statement, 16);
  record->created_at = sqlite3_column_int64 (statement, 17);
  record->left_at = sqlite3_column_int64 (statement, 18);
  record->checked_at = sqlite3_column_int64 (statement, 19);
  record->next_check_at = sqlite3_column_int64 (statement, 20);
  record->verdict_at = sqlite3_column_int64 (statement, 21);
  record->amount_received = sqlite3_column_int64 (statement, 22);
  record->operator_name = ligdi_ledger_dup_column (statement, 23);
  record->payer = ligdi_ledger_dup_column (statement, 24);
  record->request_id = ligdi_ledger_dup_column (statement, 25);
  record->refusal = ligdi_ledger_dup_column (statement, 26);
  record->cashier = ligdi_ledger_dup_column (statement, 30);
  record->charge = ligdi_ledger_dup_column (statement, 31);
  record->charge_sender = ligdi_ledger_dup_column (statement, 32);
  return g_steal_pointer (&record);
}

/**
 * ligdi_ledger_row_load_all:
 * @statement: (nullable): a statement that answers rows of %LIGDI_LEDGER_ROW_COLUMNS; %NULL
 *   when it could not be prepared
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): all of them, or %NULL
 */
GPtrArray *
ligdi_ledger_row_load_all (sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ligdi_payment_record_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      LigdiPaymentRecord *record;

      if (!ligdi_ledger_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&records);
      record = ligdi_ledger_row_load (statement, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
}

/**
 * ligdi_ledger_row_insert:
 * @db: the database, inside a transaction
 * @record: a payment whose ticket exists
 * @owner: the process that makes it
 * @error: return location: %LIGDI_ERROR_OPEN_ATTEMPT when the sale has an open
 *   attempt, or a ledger error
 *
 * Returns: the payment's row, or 0 on failure
 */
gint64
ligdi_ledger_row_insert (sqlite3 *db, const LigdiPaymentRecord *record, const char *owner,
                         GError **error)
{
  if (ligdi_ledger_execute (
          db, error,
          "INSERT INTO payment (sale, reference, transaction_id, amount, state, return_url,"
          " cancel_url, base_url, opening, exit, last_answer, n_checks, n_pending, created_at, left_at,"
          " checked_at, next_check_at, verdict_at, amount_received, owner)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', 'none', 0, 0, ?, 0, 0, 0, 0, -1, ?)",
          "ittittttti" "t", record->ticket, record->reference, record->transaction_id,
          record->amount, ligdi_payment_state_to_nick (record->state), record->return_url,
          record->cancel_url, record->base_url, ligdi_opening_to_nick (record->opening),
          record->created_at, owner))
    return sqlite3_last_insert_rowid (db);

  /* The index is on payment.sale; the other unique columns are our random ids. */
  if (sqlite3_extended_errcode (db) == SQLITE_CONSTRAINT_UNIQUE && error != NULL
      && strstr (sqlite3_errmsg (db), "payment.sale") != NULL)
    {
      g_clear_error (error);
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_OPEN_ATTEMPT,
                           "the sale has an open payment");
    }
  return 0;
}

/**
 * ligdi_ledger_row_prepare_update:
 * @db: the database
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): the statement for ligdi_ledger_row_update(), or %NULL
 */
sqlite3_stmt *
ligdi_ledger_row_prepare_update (sqlite3 *db, GError **error)
{
  return ligdi_ledger_prepare_to_keep (
      db, error,
      "UPDATE payment SET state = ?, token = ?, page_url = ?, opening = ?, exit = ?,"
      " released_by = ?,"
      " last_answer = ?, n_checks = ?, n_pending = ?, left_at = ?, checked_at = ?,"
      " next_check_at = ?, verdict_at = ?, amount_received = ?, operator_name = ?, payer = ?,"
      " request_id = ?, refusal = ?, owner = ?"
      " WHERE id = ? AND state = ? AND released_by IS ?");
}

/**
 * ligdi_ledger_row_update:
 * @update: the statement of ligdi_ledger_row_prepare_update(), inside a transaction
 * @old: the payment as we last knew it
 * @record: the payment as it shall be
 * @owner: the process that moves it
 * @error: return location: %LIGDI_ERROR_STATE when somebody else has moved it
 *   meanwhile, or a ledger error
 *
 * Compare and set: the row changes only while it is where @old says.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_row_update (sqlite3_stmt *update, const LigdiPaymentRecord *old,
                         const LigdiPaymentRecord *record, const char *owner, GError **error)
{
  if (!ligdi_ledger_run_kept (
          update, error, "tttttttiiiiiiittttt" "itt",
          ligdi_payment_state_to_nick (record->state), record->token, record->page_url,
          ligdi_opening_to_nick (record->opening), exits[record->exit],
          releases[record->released_by], answers[record->last_answer], record->n_checks,
          record->n_pending, record->left_at, record->checked_at, record->next_check_at,
          record->verdict_at, record->amount_received, record->operator_name, record->payer,
          record->request_id, record->refusal, owner, record->id,
          ligdi_payment_state_to_nick (old->state), releases[old->released_by]))
    return FALSE;
  if (sqlite3_changes (sqlite3_db_handle (update)) == 1)
    return TRUE;
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s is no longer %s", record->reference,
               ligdi_payment_state_to_nick (old->state));
  return FALSE;
}
