/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-hook.h"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-statement.h"

/* How far those outside have heard of verdicts. The journal has them all; what is kept is the last
 * line that was acknowledged, so that no payment ever waits for anybody outside. */

/**
 * ligdi_hook_event_free:
 * @event: (transfer full): an event
 */
void
ligdi_hook_event_free (LigdiHookEvent *event)
{
  g_clear_pointer (&event->record, ligdi_payment_record_free);
  g_free (event);
}

/**
 * ligdi_ledger_set_hook:
 * @self: a ledger
 * @kind: who listens: "command" or "address"
 * @wanted: whether they do
 * @error: return location, a ledger error
 *
 * Whoever begins to listen hears what comes from now on, and whoever has stopped misses nothing
 * only as long as nobody was asked to stop.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_set_hook (LigdiLedger *self, const char *kind, gboolean wanted, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  return ligdi_ledger_execute (
      ligdi_ledger_get_database (self), error,
      wanted ? "INSERT OR IGNORE INTO hook (kind, acknowledged)"
               " VALUES (?, (SELECT coalesce (max (id), 0) FROM payment_event))"
             : "DELETE FROM hook WHERE kind = ?",
      "t", kind);
}

static LigdiHookEvent *
read_event (LigdiLedger *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (LigdiHookEvent) event = g_new0 (LigdiHookEvent, 1);
  const char *state = (const char *) sqlite3_column_text (row, 3);

  event->line = sqlite3_column_int64 (row, 0);
  event->at = sqlite3_column_int64 (row, 2);
  if (state == NULL || !ligdi_payment_state_from_nick (state, &event->state))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                           "a line of the journal holds an unknown word");
      return NULL;
    }
  event->record = ligdi_ledger_load_payment (self, sqlite3_column_int64 (row, 1), error);
  return event->record != NULL ? g_steal_pointer (&event) : NULL;
}

/**
 * ligdi_ledger_load_hook_event:
 * @self: a ledger
 * @kind: who listens
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the oldest verdict that was not acknowledged, or %NULL
 *   with @error unset when there is none
 */
LigdiHookEvent *
ligdi_ledger_load_hook_event (LigdiLedger *self, const char *kind, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  statement = ligdi_ledger_prepare (
      ligdi_ledger_get_database (self), error,
      "SELECT e.id, e.payment, e.at, e.to_state FROM hook AS h JOIN payment_event AS e"
      " ON e.id > h.acknowledged WHERE h.kind = ?"
      " AND e.to_state IN ('paid', 'declined', 'disputed') AND e.from_state <> e.to_state"
      " ORDER BY e.id LIMIT 1",
      "t", kind);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error) || !has_row)
    return NULL;
  return read_event (self, statement, error);
}

/**
 * ligdi_ledger_acknowledge:
 * @self: a ledger
 * @kind: who listens
 * @line: the line of the event that they have acknowledged
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure; they will hear of it again
 */
gboolean
ligdi_ledger_acknowledge (LigdiLedger *self, const char *kind, gint64 line, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  return ligdi_ledger_execute (ligdi_ledger_get_database (self), error,
                               "UPDATE hook SET acknowledged = ?1"
                               " WHERE kind = ?2 AND acknowledged < ?1",
                               "it", line, kind);
}
