/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-outcome.h"
#include "ligdi-sim-operator.h"

#include <string.h>

/* What each outcome does to an invoice, and where it sends the browser. */

#define LARGE_AMOUNT 10000
#define USUAL_OPERATOR "orange-bf"
#define USUAL_PHONE "22607000001"

static const char *const names[] = {
  [LIGDI_SIM_OUTCOME_PAID] = "paid",
  [LIGDI_SIM_OUTCOME_DECLINED] = "declined",
  [LIGDI_SIM_OUTCOME_PENDING] = "pending",
  [LIGDI_SIM_OUTCOME_CANCELLED] = "cancelled",
  [LIGDI_SIM_OUTCOME_NETWORK_CUT] = "network-cut",
  [LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH] = "amount-mismatch",
  [LIGDI_SIM_OUTCOME_LEFT] = "left",
};

static gint64
get_other_amount (gint64 amount)
{
  return amount > LARGE_AMOUNT ? amount - LARGE_AMOUNT : amount / 2;
}

/* Somebody paid, even when nobody filled in the page. */
static void
note_usual_payer (LigdiSimInvoice *invoice)
{
  const LigdiSimOperator *op = ligdi_sim_operator_from_key (USUAL_OPERATOR);

  if (*ligdi_sim_invoice_get_operator_name (invoice) == '\0')
    ligdi_sim_invoice_set_payer (invoice, op->id, op->name, USUAL_PHONE);
}

/**
 * ligdi_sim_outcome_from_name:
 * @name: a name, such as "paid"
 * @outcome: (out): the outcome
 *
 * Returns: %FALSE when no outcome has this name
 */
gboolean
ligdi_sim_outcome_from_name (const char *name, LigdiSimOutcome *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      {
        *outcome = (LigdiSimOutcome) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ligdi_sim_outcome_get_name:
 * @outcome: an outcome
 *
 * Returns: its name, as the page and the command line use it
 */
const char *
ligdi_sim_outcome_get_name (LigdiSimOutcome outcome)
{
  return names[outcome];
}

/**
 * ligdi_sim_outcome_get_other_amount:
 * @amount: what was ordered, in francs XOF
 *
 * Returns: what a customer who dials a wrong amount pays, in francs XOF: never @amount
 */
gint64
ligdi_sim_outcome_get_other_amount (gint64 amount)
{
  return get_other_amount (amount);
}

/**
 * ligdi_sim_outcome_apply:
 * @outcome: what happens
 * @store: where @invoice lives
 * @invoice: what it happens to; nothing changes when it is final
 * @settings: how long pending and cut last
 *
 * Cancelling leaves the status pending: "notcompleted" is documented as rare.
 *
 * Returns: the address the browser is sent back to, or "" when the shop gave none
 */
const char *
ligdi_sim_outcome_apply (LigdiSimOutcome outcome, LigdiSimStore *store, LigdiSimInvoice *invoice,
                         const LigdiSimSettings *settings)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);

  switch (outcome)
    {
    case LIGDI_SIM_OUTCOME_PAID:
      note_usual_payer (invoice);
      ligdi_sim_store_settle (store, invoice, LIGDI_SIM_STATUS_COMPLETED, order->total_amount);
      return order->return_url;

    case LIGDI_SIM_OUTCOME_DECLINED:
      note_usual_payer (invoice);
      ligdi_sim_store_settle (store, invoice, LIGDI_SIM_STATUS_NOTCOMPLETED, 0);
      return order->return_url;

    case LIGDI_SIM_OUTCOME_PENDING:
      note_usual_payer (invoice);
      ligdi_sim_store_settle_later (store, invoice, settings->pending_seconds);
      return order->return_url;

    case LIGDI_SIM_OUTCOME_CANCELLED:
      return order->cancel_url;

    case LIGDI_SIM_OUTCOME_NETWORK_CUT:
      note_usual_payer (invoice);
      ligdi_sim_invoice_set_cut_until (
          invoice, g_get_real_time () + settings->cut_seconds * G_USEC_PER_SEC);
      ligdi_sim_store_settle (store, invoice, LIGDI_SIM_STATUS_COMPLETED, order->total_amount);
      return order->return_url;

    case LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH:
      note_usual_payer (invoice);
      ligdi_sim_store_settle (store, invoice, LIGDI_SIM_STATUS_COMPLETED,
                              get_other_amount (order->total_amount));
      return order->return_url;

    case LIGDI_SIM_OUTCOME_LEFT:
      return order->return_url;
    }
  return "";
}
