/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-consequence.h"

#include "ligdi-error.h"
#include "ligdi-ledger-statement.h"

/* What a payment's step means for its sale, and what a person must look at. */

static gboolean
open_follow_up (sqlite3 *db, LigdiPaymentRecord *record, LigdiFollowUp follow_up, gint64 at,
                GError **error)
{
  /* The oldest is the one that a person is shown. */
  if (record->follow_up == LIGDI_FOLLOW_UP_NONE)
    record->follow_up = follow_up;
  return ligdi_ledger_execute (db, error,
                               "INSERT INTO follow_up (payment, kind, opened_at) VALUES (?, ?, ?)",
                               "iti", record->id, ligdi_follow_up_to_nick (follow_up), at);
}

/* Given up is not paid for: money for it is late, unless another payment of the sale has come. */
static gboolean
was_given_up (sqlite3 *db, const LigdiPaymentRecord *record, gboolean *given_up, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ligdi_ledger_prepare (
      db, error,
      "SELECT 1 FROM sale AS s WHERE s.id = ? AND s.settled_by = 'given-up' AND NOT EXISTS"
      " (SELECT 1 FROM payment AS p WHERE p.sale = s.id AND p.id <> ? AND p.state = 'paid')",
      "ii", record->ticket, record->id);

  return statement != NULL && ligdi_ledger_step (statement, given_up, error);
}

/* Money for a sale that is settled already is money twice. Money for an attempt that
 * was let go, while the sale is still open, is late and settles the sale. */
static gboolean
settle_by_payment (sqlite3 *db, LigdiPaymentRecord *record, gint64 at, GError **error)
{
  gboolean given_up;

  if (!ligdi_ledger_execute (db, error,
                             "UPDATE sale SET settled_by = 'payment', settled_at = ?"
                             " WHERE id = ? AND settled_by = 'open'",
                             "ii", at, record->ticket))
    return FALSE;
  if (sqlite3_changes (db) > 0)
    {
      record->settled_by = LIGDI_SETTLEMENT_PAYMENT;
      return record->released_by == LIGDI_RELEASE_NONE
             || open_follow_up (db, record, LIGDI_FOLLOW_UP_LATE, at, error);
    }
  return was_given_up (db, record, &given_up, error)
         && open_follow_up (db, record,
                            given_up ? LIGDI_FOLLOW_UP_LATE : LIGDI_FOLLOW_UP_PAID_TWICE, at,
                            error);
}

/**
 * ligdi_ledger_let_go_if_replaced:
 * @db: the database, inside a transaction
 * @old: the payment as we last knew it
 * @record: the payment as it shall be
 * @error: return location, a ledger error
 *
 * A refusal that is taken back when the cashier has opened another payment already: that
 * choice let this one go, or the sale would have two open attempts.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_let_go_if_replaced (sqlite3 *db, const LigdiPaymentRecord *old, LigdiPaymentRecord *record,
                                 GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean replaced;

  if (old->state != LIGDI_PAYMENT_STATE_DECLINED || record->state != LIGDI_PAYMENT_STATE_DISPUTED
      || record->released_by != LIGDI_RELEASE_NONE)
    return TRUE;
  statement = ligdi_ledger_prepare (
      db, error,
      "SELECT 1 FROM payment WHERE sale = ? AND id <> ? AND released_by IS NULL"
      " AND state IN ('creating', 'awaiting', 'verifying', 'unresolved', 'disputed')",
      "ii", record->ticket, record->id);
  if (statement == NULL || !ligdi_ledger_step (statement, &replaced, error))
    return FALSE;
  if (replaced)
    record->released_by = LIGDI_RELEASE_NEW_PAYMENT;
  return TRUE;
}

/**
 * ligdi_ledger_draw_consequences:
 * @db: the database, inside a transaction
 * @old: the payment as we last knew it
 * @record: the payment as it is now; learns how its sale ended and
 *   what waits for a person
 * @at: ms since 1970
 * @error: return location, a ledger error
 *
 * Writes what a new state means beyond the payment's own row.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_draw_consequences (sqlite3 *db, const LigdiPaymentRecord *old,
                                LigdiPaymentRecord *record, gint64 at, GError **error)
{
  if (record->state == old->state)
    return TRUE;
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_PAID:
      return settle_by_payment (db, record, at, error);
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return open_follow_up (db, record,
                             old->state != LIGDI_PAYMENT_STATE_DECLINED
                                     && record->amount_received >= 0
                                     && record->amount_received != record->amount
                                 ? LIGDI_FOLLOW_UP_WRONG_AMOUNT
                                 : LIGDI_FOLLOW_UP_CONTRADICTION,
                             at, error);
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
      return TRUE;
    }
  return TRUE;
}

/**
 * ligdi_ledger_close_oldest:
 * @db: the database, inside a transaction
 * @record: a payment with something that waits for a person; learns what waits after it
 * @reason: what a person says about it
 * @counted: what it adds to the day's takings, francs XOF
 * @at: ms since 1970
 * @error: return location: %LIGDI_ERROR_STATE when somebody else has closed it, or a ledger
 *   error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_close_oldest (sqlite3 *db, LigdiPaymentRecord *record, const char *reason,
                           gint64 counted, gint64 at, GError **error)
{
  g_autoptr (sqlite3_stmt) next = NULL;
  gboolean has_row;

  if (!ligdi_ledger_execute (db, error,
                             "UPDATE follow_up SET closed_at = ?, reason = ?, counted = ?"
                             " WHERE kind = ? AND id = (SELECT min (id) FROM follow_up"
                             "                          WHERE payment = ? AND closed_at IS NULL)",
                             "itit" "i", at, reason, counted,
                             ligdi_follow_up_to_nick (record->follow_up), record->id))
    return FALSE;
  if (sqlite3_changes (db) == 0)
    {
      g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s: that is closed already",
                   record->reference);
      return FALSE;
    }
  next = ligdi_ledger_prepare (db, error,
                               "SELECT kind FROM follow_up WHERE payment = ? AND closed_at IS NULL"
                               " ORDER BY id LIMIT 1",
                               "i", record->id);
  if (next == NULL || !ligdi_ledger_step (next, &has_row, error))
    return FALSE;
  ligdi_follow_up_from_nick (has_row ? (const char *) sqlite3_column_text (next, 0) : NULL,
                             &record->follow_up);
  return TRUE;
}
