/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-follow-up.h"

#include "ligdi-ledger-private.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-statement.h"

/* What a person must keep an eye on, and what the program does meanwhile. */

/* Rung again within that time, it is the same customer. */
#define RUNG_AGAIN_MS (12 * 3600 * G_GINT64_CONSTANT (1000))

/* Nobody waits for it at the counter, and it has no verdict. */
#define IN_BACKGROUND                                                                              \
  "(p." LIGDI_LEDGER_IS_UNSETTLED                                                                  \
  " AND (p.state = 'unresolved' OR (p.state = 'awaiting' AND p.left_at > 0)))"
#define IS_KEPT "(p.released_by IS NULL AND s.settled_by <> 'given-up')"
#define HAS_FOLLOW_UP                                                                              \
  "EXISTS (SELECT 1 FROM follow_up AS f WHERE f.payment = p.id AND f.closed_at IS NULL)"

/**
 * ligdi_ledger_list_to_follow:
 * @self: a ledger
 * @limit: how many at most
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (element-type LigdiPaymentRecord): first the payments a person
 *   must decide about, then those without a verdict, then those the cashier went on without
 *   and that are still watched; each the newest first; or %NULL
 */
GPtrArray *
ligdi_ledger_list_to_follow (LigdiLedger *self, guint limit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.id IN (SELECT payment FROM follow_up WHERE closed_at IS NULL"
      "                UNION SELECT p.id FROM payment AS p WHERE p." LIGDI_LEDGER_IS_UNSETTLED
      "                AND (p.state IN ('unresolved', 'verifying')"
      "                     OR (p.state = 'awaiting' AND p.left_at > 0)))"
      " ORDER BY " HAS_FOLLOW_UP " DESC, " IS_KEPT " DESC, p.id DESC LIMIT ?",
      "i", (gint64) limit);
  return ligdi_ledger_row_load_all (statement, error);
}

/**
 * ligdi_ledger_count_to_follow:
 * @self: a ledger
 * @count: (out): how many payments the cashier must not forget
 * @error: return location, a ledger error
 *
 * Counts those a person must decide about, and those without a verdict that the cashier has
 * not gone on without.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_count_to_follow (LigdiLedger *self, guint *count, GError **error)
{
  gint64 value;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  if (!ligdi_ledger_read_integer (
          ligdi_ledger_get_database (self), &value, error,
          "SELECT (SELECT count (DISTINCT payment) FROM follow_up WHERE closed_at IS NULL)"
          " + (SELECT count (*) FROM payment AS p JOIN sale AS s ON s.id = p.sale"
          "    WHERE " IN_BACKGROUND " AND " IS_KEPT " AND NOT " HAS_FOLLOW_UP ")"))
    return FALSE;
  *count = (guint) value;
  return TRUE;
}

/**
 * ligdi_ledger_load_counterpart:
 * @self: a ledger
 * @record: a payment that was paid late or twice
 * @counterpart: (out) (transfer full) (nullable): the payment that was rung up in its stead:
 *   of the same sale, or the first of the same amount within half a day that came to an end
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_load_counterpart (LigdiLedger *self, const LigdiPaymentRecord *record,
                               LigdiPaymentRecord **counterpart, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (record != NULL && counterpart != NULL, FALSE);

  *counterpart = NULL;
  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT " LIGDI_LEDGER_ROW_COLUMNS "FROM payment AS p JOIN sale AS s ON s.id = p.sale"
      " WHERE p.id IN (SELECT id FROM payment WHERE sale = ?1 AND id <> ?2"
      "                UNION SELECT id FROM payment WHERE amount = ?3 AND id > ?2 AND sale <> ?1"
      "                AND created_at < ?4)"
      " AND s.settled_by IN ('payment', 'cash') AND (p.state = 'paid' OR p.released_by = 'cash')"
      " ORDER BY p.sale = ?1 DESC, p.id LIMIT 1",
      "iiii", record->ticket, record->id, record->amount, record->created_at + RUNG_AGAIN_MS);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *counterpart = ligdi_ledger_row_load (statement, error);
  return *counterpart != NULL;
}
