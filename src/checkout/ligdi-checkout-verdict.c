/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-checkout-private.h"

#include "ligdi-error.h"
#include "ligdi-schedule.h"

/* What an answer of confirm does to a payment. */

/* How long a customer may take to pay on a phone while others are served. */
#define ASIDE_MS (15 * 60 * G_GINT64_CONSTANT (1000))

/* What is kept with a payment: the state that was told of it last. */
#define STATE_TOLD "ligdi-state-told"

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
replace_text (char **field, const char *text)
{
  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

static void
take_details (LigdiPaymentRecord *record, const LigdiConfirmation *confirmation)
{
  replace_text (&record->operator_name, confirmation->operator_name);
  replace_text (&record->payer, confirmation->payer);
  replace_text (&record->request_id, confirmation->request_id);
}

static gboolean
is_open (LigdiPaymentState state)
{
  return state == LIGDI_PAYMENT_STATE_AWAITING || state == LIGDI_PAYMENT_STATE_VERIFYING
         || state == LIGDI_PAYMENT_STATE_UNRESOLVED;
}

/* The customer who took the code along has put the phone away: from now on the payment is
 * asked about ever more seldom, like all that were left. */
static void
give_up_aside (LigdiCheckout *self, LigdiPayment *payment)
{
  g_autoptr (LigdiPaymentRecord) changed
      = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  changed->n_checks = 0;
  changed->n_pending = 0;
  if (ligdi_checkout_step (self, payment, LIGDI_PAYMENT_EVENT_VERIFY_ASKED, changed, NULL, NULL))
    ligdi_checkout_stop_waiting (self, payment, NULL);
}

/* An answer that decides nothing is an attempt: noted, and asked again later. */
static void
note_attempt (LigdiCheckout *self, LigdiPayment *payment, LigdiAnswer answer,
              const LigdiConfirmation *confirmation, const char *note)
{
  const LigdiPaymentRecord *old = ligdi_payment_get_record (payment);
  g_autoptr (LigdiPaymentRecord) changed = ligdi_payment_record_copy (old);
  g_autoptr (GError) error = NULL;
  gint64 now = now_ms ();

  changed->checked_at = now;
  /* For a final payment, what was said last stands. */
  if (is_open (old->state))
    {
      changed->last_answer = answer;
      changed->n_checks++;
      changed->n_pending = answer == LIGDI_ANSWER_PENDING ? changed->n_pending + 1 : 0;
      changed->next_check_at = ligdi_schedule_get_due (changed, now);
      if (confirmation != NULL)
        take_details (changed, confirmation);
    }
  if (!ligdi_ledger_record (self->ledger, old, changed, now, "attempt", note, &error))
    {
      ligdi_checkout_report_ledger (self, error);
      ligdi_checkout_catch_up (self, payment, error);
      return;
    }
  ligdi_payment_commit (payment, changed);
  if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_VERIFYING
      && ligdi_patience_ends_with (self->patience, payment))
    ligdi_checkout_stop_waiting (self, payment, NULL);
  else if (ligdi_payment_record_is_aside (changed) && now - changed->left_at > ASIDE_MS)
    give_up_aside (self, payment);
}

static gboolean
record_verdict (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentEvent event,
                const LigdiConfirmation *confirmation, GError **error)
{
  g_autoptr (LigdiPaymentRecord) changed
      = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  changed->checked_at = now_ms ();
  changed->verdict_at = changed->checked_at;
  changed->next_check_at = 0;
  changed->last_answer = LIGDI_ANSWER_VERDICT;
  changed->n_checks++;
  changed->amount_received = ligdi_confirmation_get_received (confirmation, changed->amount);
  take_details (changed, confirmation);
  if (!ligdi_checkout_step (self, payment, event, changed, NULL, error))
    return FALSE;
  ligdi_patience_end (self->patience, payment);
  return TRUE;
}

/* The gateway's word about a payment that already had its last one. */
static void
compare_final (LigdiCheckout *self, LigdiPayment *payment, LigdiPaymentEvent event,
               const LigdiConfirmation *confirmation)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  LigdiPaymentState ignored;
  gboolean same = (record->state == LIGDI_PAYMENT_STATE_PAID
                   && event == LIGDI_PAYMENT_EVENT_CONFIRMED_PAID)
                  || (record->state == LIGDI_PAYMENT_STATE_DECLINED
                      && event == LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED)
                  || (record->state == LIGDI_PAYMENT_STATE_DISPUTED
                      && event == LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH);
  g_autoptr (LigdiPaymentRecord) changed = NULL;
  g_autoptr (GError) error = NULL;

  if (same)
    {
      note_attempt (self, payment, LIGDI_ANSWER_VERDICT, confirmation, "unchanged");
      return;
    }
  if (ligdi_payment_state_next (record->state, event, &ignored, NULL))
    {
      record_verdict (self, payment, event, confirmation, NULL);
      return;
    }
  changed = ligdi_payment_record_copy (record);
  if (ligdi_ledger_open_contradiction (self->ledger, changed, now_ms (),
                                       ligdi_payment_event_to_nick (event), &error))
    ligdi_payment_commit (payment, changed);
  else
    ligdi_checkout_report_ledger (self, error);
}

static gboolean
is_verdict_noted (LigdiPayment *payment)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (payment), STATE_TOLD))
         == ligdi_payment_get_state (payment) + 1U;
}

/**
 * ligdi_checkout_note_verdict:
 * @payment: a payment
 *
 * What is decided about it already is no news.
 */
void
ligdi_checkout_note_verdict (LigdiPayment *payment)
{
  g_object_set_data (G_OBJECT (payment), STATE_TOLD,
                     GUINT_TO_POINTER (ligdi_payment_get_state (payment) + 1));
}

/**
 * ligdi_checkout_tell_verdict:
 * @self: a checkout
 * @payment: a payment that has moved on
 *
 * Tells of its verdict, if it has one that was not told.
 */
void
ligdi_checkout_tell_verdict (LigdiCheckout *self, LigdiPayment *payment)
{
  if (is_verdict_noted (payment))
    return;
  ligdi_checkout_note_verdict (payment);
  if (ligdi_payment_state_get_verdict (ligdi_payment_get_state (payment)) != NULL)
    g_signal_emit_by_name (self, "verdict", payment);
}

/**
 * ligdi_checkout_act_on_answer:
 * @self: a checkout
 * @payment: the payment that was asked about
 * @confirmation: (nullable): what confirm answered
 * @error: (nullable): why there is no answer
 *
 * Transport, answer and verdict are three things: no answer and an answer that
 * cannot be read leave the payment where it is; only a judged confirmation moves it.
 */
void
ligdi_checkout_act_on_answer (LigdiCheckout *self, LigdiPayment *payment,
                              const LigdiConfirmation *confirmation, const GError *error)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
  LigdiPaymentEvent event = LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH;
  g_autoptr (GError) local_error = NULL;

  if (g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE))
    {
      note_attempt (self, payment, LIGDI_ANSWER_OFFLINE, NULL, "offline");
      return;
    }
  if (confirmation == NULL)
    {
      note_attempt (self, payment, LIGDI_ANSWER_UNCLEAR, NULL, "unreadable");
      return;
    }
  switch (ligdi_verdict_judge (confirmation, record->transaction_id, record->amount))
    {
    case LIGDI_VERDICT_PENDING:
      note_attempt (self, payment, LIGDI_ANSWER_PENDING, confirmation, "pending");
      return;
    case LIGDI_VERDICT_INCONCLUSIVE:
      note_attempt (self, payment, LIGDI_ANSWER_UNCLEAR, confirmation,
                    confirmation->sub_code != NULL ? confirmation->sub_code : "unclear");
      return;
    case LIGDI_VERDICT_PAID:
      event = LIGDI_PAYMENT_EVENT_CONFIRMED_PAID;
      break;
    case LIGDI_VERDICT_DECLINED:
      event = LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED;
      break;
    case LIGDI_VERDICT_MISMATCH:
      event = LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH;
      break;
    }
  if (!is_open (record->state))
    compare_final (self, payment, event, confirmation);
  /* Where another program has moved the payment meanwhile, the verdict is as good. */
  else if (!record_verdict (self, payment, event, confirmation, &local_error)
           && g_error_matches (local_error, LIGDI_ERROR, LIGDI_ERROR_STATE)
           && is_open (ligdi_payment_get_state (payment)))
    record_verdict (self, payment, event, confirmation, NULL);
}
