/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-sale.h"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-row.h"
#include "ligdi-ledger-statement.h"

#include <string.h>

/* What was sold, and what another program asked to be sold. */

/**
 * ligdi_ledger_insert_sale:
 * @db: the database, inside a transaction
 * @sale: what is sold
 * @record: the intent to have it paid; gets its ticket
 * @error: return location: %LIGDI_ERROR_STATE when there is a sale for its charge already, or
 *   a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_insert_sale (sqlite3 *db, const LigdiSale *sale, LigdiPaymentRecord *record,
                          GError **error)
{
  if (!ligdi_ledger_execute (db, error,
                             "INSERT INTO sale (created_at, n_items, total, charge, charge_sender)"
                             " VALUES (?, ?, ?, ?, ?)",
                             "iiitt", record->created_at, ligdi_sale_get_n_items (sale),
                             ligdi_sale_get_total (sale), record->charge, record->charge_sender))
    {
      if (sqlite3_extended_errcode (db) == SQLITE_CONSTRAINT_UNIQUE && error != NULL)
        {
          g_clear_error (error);
          g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_STATE,
                               "there is a sale for this charge already");
        }
      return FALSE;
    }
  record->ticket = sqlite3_last_insert_rowid (db);
  record->n_items = ligdi_sale_get_n_items (sale);
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);

      if (!ligdi_ledger_execute (db, error,
                                 "INSERT INTO sale_line (sale, position, label, quantity,"
                                 " unit_price) VALUES (?, ?, ?, ?, ?)",
                                 "iitii", record->ticket, (gint64) i, line->label, line->quantity,
                                 line->unit_price))
        return FALSE;
    }
  return TRUE;
}

/**
 * ligdi_ledger_load_sale:
 * @self: a ledger
 * @ticket: a sale's number
 * @error: return location, a ledger error
 *
 * Returns: (transfer full): the sale's lines, or %NULL
 */
LigdiSale *
ligdi_ledger_load_sale (LigdiLedger *self, gint64 ticket, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT label, quantity, unit_price FROM sale_line"
                                    " WHERE sale = ? ORDER BY position",
                                    "i", ticket);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      const char *label;

      if (!ligdi_ledger_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&sale);
      label = (const char *) sqlite3_column_text (statement, 0);
      if (label == NULL
          || !ligdi_sale_add (sale, label, sqlite3_column_int64 (statement, 1),
                              sqlite3_column_int64 (statement, 2)))
        {
          g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                               "a sale's line cannot be read");
          return NULL;
        }
    }
}

/**
 * ligdi_ledger_find_charge:
 * @self: a ledger
 * @charge: what another program calls what it asked for
 * @error: return location, a ledger error
 *
 * Returns: (transfer full) (nullable): the payment of its sale that says how it stands: one that
 *   money came for, or else one that may still be paid, or else the newest; or %NULL with @error
 *   unset when there is no such sale
 */
LigdiPaymentRecord *
ligdi_ledger_find_charge (LigdiLedger *self, const char *charge, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), NULL);
  g_return_val_if_fail (charge != NULL, NULL);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT " LIGDI_LEDGER_ROW_COLUMNS
                                    "FROM sale AS s JOIN payment AS p ON p.sale = s.id"
                                    " WHERE s.charge = ?"
                                    " ORDER BY p.state = 'paid' DESC, p.state = 'disputed' DESC,"
                                    " p.state IN ('creating', 'awaiting', 'verifying') DESC,"
                                    " p.state = 'unresolved' DESC, p.id DESC LIMIT 1",
                                    "t", charge);
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error) || !has_row)
    return NULL;
  return ligdi_ledger_row_load (statement, error);
}

/**
 * ligdi_ledger_refuse_charge:
 * @self: a ledger
 * @charge: what another program asks for
 * @at: ms since 1970
 * @error: return location: %LIGDI_ERROR_STATE when a customer may have seen a page for it, or a
 *   ledger error
 *
 * Notes that nothing will come of it: whoever asks for the same again gets the same answer.
 *
 * Returns: %FALSE, and nothing written, on failure
 */
gboolean
ligdi_ledger_refuse_charge (LigdiLedger *self, const LigdiCharge *charge, gint64 at,
                            GError **error)
{
  sqlite3 *db;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (charge != NULL, FALSE);

  db = ligdi_ledger_get_database (self);
  if (!ligdi_ledger_execute (db, error,
                             "INSERT INTO refused_charge"
                             " (charge, charge_sender, amount, refused_at, cashier)"
                             " SELECT ?1, ?2, ?3, ?4, ?5"
                             " WHERE NOT EXISTS (SELECT 1 FROM sale s WHERE s.charge = ?1"
                             "   AND (s.settled_by <> 'open' OR EXISTS (SELECT 1 FROM payment p"
                             "        WHERE p.sale = s.id AND p.state <> 'aborted')))"
                             " ON CONFLICT (charge) DO UPDATE SET refused_at = refused_at",
                             "ttiit", charge->reference, charge->sender,
                             ligdi_sale_get_total (charge->sale), at,
                             ligdi_ledger_get_cashier (self)))
    return FALSE;
  if (sqlite3_changes (db) == 1)
    return TRUE;
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "there is a payment for this charge already");
  return FALSE;
}

/**
 * ligdi_ledger_is_charge_refused:
 * @self: a ledger
 * @charge: what another program calls what it asked for
 * @refused: (out): whether a cashier has refused it
 * @error: return location, a ledger error
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_is_charge_refused (LigdiLedger *self, const char *charge, gboolean *refused,
                                GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (LIGDI_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (charge != NULL && refused != NULL, FALSE);

  statement = ligdi_ledger_prepare (ligdi_ledger_get_database (self), error,
                                    "SELECT 1 FROM refused_charge WHERE charge = ?", "t", charge);
  return statement != NULL && ligdi_ledger_step (statement, refused, error);
}
