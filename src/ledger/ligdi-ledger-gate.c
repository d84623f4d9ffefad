/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-private.h"
#include "ligdi-ledger-statement.h"

/* When the gateway was asked last, whoever asked. */

/**
 * ligdi_ledger_pass_gate:
 * @self: a ledger
 * @now: ms since 1970
 * @gap: ms that lie between two questions to confirm
 * @at_once: whether this question goes at once all the same
 * @wait: (out): 0 when the question may go now, else ms to wait before trying again
 * @error: return location, a ledger error
 *
 * One gate for all processes of one till: the gateway wants 3 s between questions
 * (API sheet: polling advice).
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_pass_gate (LigdiLedger *self, gint64 now, gint64 gap, gboolean at_once, gint64 *wait,
                        GError **error)
{
  gint64 confirmed_at;
  sqlite3 *db;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (wait != NULL, FALSE);

  db = ligdi_ledger_get_database (self);
  /* A time in the future is a clock that was set back; it must not stop anybody. */
  if (!ligdi_ledger_execute (db, error,
                             "UPDATE gate SET confirmed_at = ?1"
                             " WHERE ?3 OR confirmed_at <= ?1 - ?2 OR confirmed_at > ?1",
                             "iii", now, gap, (gint64) at_once))
    return FALSE;
  *wait = 0;
  if (sqlite3_changes (db) == 1)
    return TRUE;
  if (!ligdi_ledger_read_integer (db, &confirmed_at, error,
                                  "SELECT confirmed_at FROM gate"))
    return FALSE;
  *wait = MAX (confirmed_at + gap - now, 1);
  return TRUE;
}
