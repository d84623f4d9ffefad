/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

/* Its customer may still pay. To the letter as in the schema: there is an index for it. */
#define LIGDI_LEDGER_IS_UNSETTLED "state IN ('creating', 'awaiting', 'verifying', 'unresolved')"

/* The columns that ligdi_ledger_row_load() reads, of payment AS p, sale AS s. */
#define LIGDI_LEDGER_ROW_COLUMNS                                                                   \
  "p.id, p.sale, s.n_items, p.reference, p.transaction_id, p.amount, p.state, p.token, "          \
  "p.page_url, p.return_url, p.cancel_url, p.base_url, p.exit, p.released_by, p.last_answer, "    \
  "p.n_checks, p.n_pending, p.created_at, p.left_at, p.checked_at, p.next_check_at, "             \
  "p.verdict_at, p.amount_received, p.operator_name, p.payer, p.request_id, p.refusal, "          \
  "p.opening, s.settled_by, "                                                                      \
  "(SELECT f.kind FROM follow_up AS f WHERE f.payment = p.id AND f.closed_at IS NULL "            \
  " ORDER BY f.id LIMIT 1), "                                                                      \
  "(SELECT e.cashier FROM payment_event AS e WHERE e.payment = p.id AND e.what = 'intent' LIMIT 1), " \
  "s.charge, s.charge_sender "

const char *ligdi_ledger_row_name_settlement (LigdiSettlement settlement);
LigdiPaymentRecord *ligdi_ledger_row_load (sqlite3_stmt *statement, GError **error);
GPtrArray *ligdi_ledger_row_load_all (sqlite3_stmt *statement, GError **error);
gint64 ligdi_ledger_row_insert (sqlite3 *db, const LigdiPaymentRecord *record, const char *owner,
                                GError **error);
sqlite3_stmt *ligdi_ledger_row_prepare_update (sqlite3 *db, GError **error);
gboolean ligdi_ledger_row_update (sqlite3_stmt *update, const LigdiPaymentRecord *old,
                                  const LigdiPaymentRecord *record, const char *owner,
                                  GError **error);

G_END_DECLS
