/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-consequence.h"

#include "ligdi-ledger-statement.h"

/* What a payment's step means for its sale, and what a person must look at. */

static gboolean
open_follow_up (sqlite3 *db, const LigdiPaymentRecord *record, const char *kind, gint64 at,
                GError **error)
{
  return ligdi_ledger_execute (db, error,
                               "INSERT INTO follow_up (payment, kind, opened_at) VALUES (?, ?, ?)",
                               "iti", record->id, kind, at);
}

static gboolean
settle_if (sqlite3 *db, const LigdiPaymentRecord *record, const char *settled_by, gint64 at,
           gboolean *settled, GError **error)
{
  if (!ligdi_ledger_execute (db, error,
                             "UPDATE sale SET settled_by = 'payment', settled_at = ?"
                             " WHERE id = ? AND settled_by = ?",
                             "iit", at, record->ticket, settled_by))
    return FALSE;
  *settled = sqlite3_changes (db) > 0;
  return TRUE;
}

/* Money for a sale that is settled already is money twice. Money for an attempt that
 * was let go, while the sale is still open or was given up, is late and settles the sale. */
static gboolean
settle_by_payment (sqlite3 *db, LigdiPaymentRecord *record, gint64 at, GError **error)
{
  gboolean was_open;
  gboolean was_given_up = FALSE;

  if (!settle_if (db, record, "open", at, &was_open, error)
      || (!was_open && !settle_if (db, record, "given-up", at, &was_given_up, error)))
    return FALSE;
  if (!was_open && !was_given_up)
    return open_follow_up (db, record, "paid-twice", at, error);
  record->settled_by = LIGDI_SETTLEMENT_PAYMENT;
  if (was_given_up || record->released_by != LIGDI_RELEASE_NONE)
    return open_follow_up (db, record, "late", at, error);
  return TRUE;
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
 * @record: the payment as it is now; learns how its sale ended
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
                                 ? "wrong-amount"
                                 : "contradiction",
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
