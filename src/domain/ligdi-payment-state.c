/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-payment-state.h"

#include "ligdi-error.h"

#define STATE(name) LIGDI_PAYMENT_STATE_##name
#define EVENT(name) LIGDI_PAYMENT_EVENT_##name

/* The one transition table. What is not in it cannot happen. */
static const struct
{
  LigdiPaymentState from;
  LigdiPaymentEvent event;
  LigdiPaymentState to;
} transitions[] = {
  { STATE (CREATING), EVENT (INVOICE_CREATED), STATE (AWAITING) },
  { STATE (CREATING), EVENT (CREATE_FAILED), STATE (ABORTED) },
  { STATE (CREATING), EVENT (CASHIER_CANCELLED), STATE (ABORTED) },
  { STATE (CREATING), EVENT (OWNER_GONE), STATE (ABORTED) },

  { STATE (AWAITING), EVENT (CUSTOMER_RETURNED), STATE (VERIFYING) },
  { STATE (AWAITING), EVENT (CUSTOMER_CANCELLED), STATE (VERIFYING) },
  { STATE (AWAITING), EVENT (PAGE_LOST), STATE (VERIFYING) },
  { STATE (AWAITING), EVENT (VERIFY_ASKED), STATE (VERIFYING) },
  { STATE (AWAITING), EVENT (RECOVERED), STATE (VERIFYING) },
  { STATE (AWAITING), EVENT (CONFIRMED_PAID), STATE (PAID) },
  { STATE (AWAITING), EVENT (CONFIRMED_DECLINED), STATE (DECLINED) },
  { STATE (AWAITING), EVENT (CONFIRMED_MISMATCH), STATE (DISPUTED) },

  { STATE (VERIFYING), EVENT (PATIENCE_EXHAUSTED), STATE (UNRESOLVED) },
  { STATE (VERIFYING), EVENT (PAGE_REOPENED), STATE (AWAITING) },
  { STATE (VERIFYING), EVENT (CONFIRMED_PAID), STATE (PAID) },
  { STATE (VERIFYING), EVENT (CONFIRMED_DECLINED), STATE (DECLINED) },
  { STATE (VERIFYING), EVENT (CONFIRMED_MISMATCH), STATE (DISPUTED) },

  { STATE (UNRESOLVED), EVENT (VERIFY_ASKED), STATE (VERIFYING) },
  { STATE (UNRESOLVED), EVENT (PAGE_REOPENED), STATE (AWAITING) },
  { STATE (UNRESOLVED), EVENT (CONFIRMED_PAID), STATE (PAID) },
  { STATE (UNRESOLVED), EVENT (CONFIRMED_DECLINED), STATE (DECLINED) },
  { STATE (UNRESOLVED), EVENT (CONFIRMED_MISMATCH), STATE (DISPUTED) },

  /* A final word that is taken back is a matter for a person. */
  { STATE (DECLINED), EVENT (CONFIRMED_PAID), STATE (DISPUTED) },
  { STATE (DECLINED), EVENT (CONFIRMED_MISMATCH), STATE (DISPUTED) },
};

/* The nicks are stored in ledgers: never change one. */
static const char *const state_nicks[] = {
  "creating", "awaiting", "verifying", "unresolved", "paid", "declined", "aborted", "disputed",
};
static const char *const event_nicks[] = {
  "invoice-created",   "create-failed",      "cashier-cancelled", "owner-gone",
  "customer-returned", "customer-cancelled", "page-lost",         "verify-asked",
  "recovered",         "patience-exhausted", "page-reopened",     "confirmed-paid",
  "confirmed-declined", "confirmed-mismatch",
};

G_STATIC_ASSERT (G_N_ELEMENTS (state_nicks) == LIGDI_PAYMENT_N_STATES);
G_STATIC_ASSERT (G_N_ELEMENTS (event_nicks) == LIGDI_PAYMENT_N_EVENTS);

/**
 * ligdi_payment_state_next:
 * @from: where the payment is
 * @event: what happened
 * @to: (out): where it goes; untouched on failure
 * @error: return location, %LIGDI_ERROR_STATE naming both
 *
 * The only place that knows which step follows which.
 *
 * Returns: %FALSE when @event means nothing in @from
 */
gboolean
ligdi_payment_state_next (LigdiPaymentState from, LigdiPaymentEvent event, LigdiPaymentState *to,
                          GError **error)
{
  g_return_val_if_fail (to != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (transitions); i++)
    if (transitions[i].from == from && transitions[i].event == event)
      {
        *to = transitions[i].to;
        return TRUE;
      }
  g_set_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "%s does not follow %s",
               ligdi_payment_event_to_nick (event), ligdi_payment_state_to_nick (from));
  return FALSE;
}

/**
 * ligdi_payment_state_to_nick:
 * @state: a state
 *
 * Returns: (transfer none): its name in the ledger and the log
 */
const char *
ligdi_payment_state_to_nick (LigdiPaymentState state)
{
  g_return_val_if_fail ((guint) state < LIGDI_PAYMENT_N_STATES, "?");

  return state_nicks[state];
}

/**
 * ligdi_payment_state_from_nick:
 * @nick: a name
 * @state: (out): the state of that name
 *
 * Returns: %FALSE when no state has that name
 */
gboolean
ligdi_payment_state_from_nick (const char *nick, LigdiPaymentState *state)
{
  g_return_val_if_fail (nick != NULL && state != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (state_nicks); i++)
    if (g_str_equal (state_nicks[i], nick))
      {
        *state = (LigdiPaymentState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ligdi_payment_state_get_verdict:
 * @state: a state
 *
 * Returns: (transfer none) (nullable): the gateway's verdict, as other programs are told it on
 *   the bus and by hooks; or %NULL in a state without one
 */
const char *
ligdi_payment_state_get_verdict (LigdiPaymentState state)
{
  if (state == LIGDI_PAYMENT_STATE_PAID)
    return "paid";
  if (state == LIGDI_PAYMENT_STATE_DISPUTED)
    return "wrong-amount";
  return state == LIGDI_PAYMENT_STATE_DECLINED ? "not-paid" : NULL;
}

/**
 * ligdi_payment_event_to_nick:
 * @event: an event
 *
 * Returns: (transfer none): its name in the ledger and the log
 */
const char *
ligdi_payment_event_to_nick (LigdiPaymentEvent event)
{
  g_return_val_if_fail ((guint) event < LIGDI_PAYMENT_N_EVENTS, "?");

  return event_nicks[event];
}
