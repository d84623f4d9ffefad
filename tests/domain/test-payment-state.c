/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-payment.h"
#include "ligdi-payment-state.h"

#include <string.h>

#define STATE(name) LIGDI_PAYMENT_STATE_##name
#define EVENT(name) LIGDI_PAYMENT_EVENT_##name

/* No state of ours. */
#define NONE -1

/* The table of the README, written down a second time: what follows each state, by event, in
 * the order of the enumeration of events. Columns: invoice-created, create-failed,
 * cashier-cancelled, owner-gone, customer-returned, customer-cancelled, page-lost, verify-asked,
 * recovered, patience-exhausted, page-reopened, confirmed-paid, confirmed-declined,
 * confirmed-mismatch. */
#define C STATE (CREATING)
#define A STATE (AWAITING)
#define V STATE (VERIFYING)
#define U STATE (UNRESOLVED)
#define P STATE (PAID)
#define D STATE (DECLINED)
#define X STATE (ABORTED)
#define M STATE (DISPUTED)
#define _ NONE
static const int expected[8][14] = {
  /* creating */   { A, X, X, X, _, _, _, _, _, _, _, _, _, _ },
  /* awaiting */   { _, _, _, _, V, V, V, V, V, _, _, P, D, M },
  /* verifying */  { _, _, _, _, _, _, _, _, _, U, A, P, D, M },
  /* unresolved */ { _, _, _, _, _, _, _, V, _, _, A, P, D, M },
  /* paid */       { _, _, _, _, _, _, _, _, _, _, _, _, _, _ },
  /* declined */   { _, _, _, _, _, _, _, _, _, _, _, M, _, M },
  /* aborted */    { _, _, _, _, _, _, _, _, _, _, _, _, _, _ },
  /* disputed */   { _, _, _, _, _, _, _, _, _, _, _, _, _, _ },
};
#undef C
#undef A
#undef V
#undef U
#undef P
#undef D
#undef X
#undef M
#undef _

static const char *const state_nicks[] = {
  "creating", "awaiting", "verifying", "unresolved", "paid", "declined", "aborted", "disputed",
};
static const char *const event_nicks[] = {
  "invoice-created",    "create-failed",      "cashier-cancelled", "owner-gone",
  "customer-returned",  "customer-cancelled", "page-lost",         "verify-asked",
  "recovered",          "patience-exhausted", "page-reopened",     "confirmed-paid",
  "confirmed-declined", "confirmed-mismatch",
};

static void
test_every_state_and_event (void)
{
  g_assert_cmpint (LIGDI_PAYMENT_N_STATES, ==, G_N_ELEMENTS (expected));
  g_assert_cmpint (LIGDI_PAYMENT_N_EVENTS, ==, G_N_ELEMENTS (expected[0]));

  for (int from = 0; from < LIGDI_PAYMENT_N_STATES; from++)
    for (int event = 0; event < LIGDI_PAYMENT_N_EVENTS; event++)
      {
        LigdiPaymentState to = (LigdiPaymentState) from;
        g_autoptr (GError) error = NULL;
        gboolean known = ligdi_payment_state_next ((LigdiPaymentState) from,
                                                   (LigdiPaymentEvent) event, &to, &error);

        g_test_message ("%s after %s", event_nicks[event], state_nicks[from]);
        g_assert_cmpint (known, ==, expected[from][event] != NONE);
        g_assert_cmpint (to, ==, known ? expected[from][event] : from);
        if (known)
          {
            g_assert_no_error (error);
            continue;
          }
        /* The error names both. */
        g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
        g_assert_nonnull (strstr (error->message, state_nicks[from]));
        g_assert_nonnull (strstr (error->message, event_nicks[event]));
      }
}

/* Paid is reached by confirm's word alone, whatever else happens. */
static void
test_one_way_to_paid (void)
{
  for (int from = 0; from < LIGDI_PAYMENT_N_STATES; from++)
    for (int event = 0; event < LIGDI_PAYMENT_N_EVENTS; event++)
      {
        LigdiPaymentState to;

        if (ligdi_payment_state_next ((LigdiPaymentState) from, (LigdiPaymentEvent) event, &to,
                                      NULL)
            && to == STATE (PAID))
          g_assert_cmpint (event, ==, EVENT (CONFIRMED_PAID));
      }
}

static gboolean
is_end (int state)
{
  return state == STATE (PAID) || state == STATE (ABORTED) || state == STATE (DISPUTED);
}

/* Which states can be reached from @from, itself included, as bits. */
static guint
get_reach (int from)
{
  guint reach = 1u << from;
  guint before;

  do
    {
      before = reach;
      for (int state = 0; state < LIGDI_PAYMENT_N_STATES; state++)
        for (int event = 0; (reach & (1u << state)) != 0 && event < LIGDI_PAYMENT_N_EVENTS; event++)
          {
            LigdiPaymentState to;

            if (ligdi_payment_state_next ((LigdiPaymentState) state, (LigdiPaymentEvent) event,
                                          &to, NULL))
              reach |= 1u << to;
          }
    }
  while (reach != before);
  return reach;
}

static void
test_ways_out (void)
{
  for (int state = 0; state < LIGDI_PAYMENT_N_STATES; state++)
    {
      guint reach = get_reach (state);
      gboolean has_end = FALSE;

      for (int end = 0; end < LIGDI_PAYMENT_N_STATES; end++)
        has_end = has_end || (is_end (end) && (reach & (1u << end)) != 0);
      g_assert_true (has_end);
      /* A final state leads nowhere. */
      if (is_end (state))
        g_assert_cmpuint (reach, ==, 1u << state);
      else
        g_assert_cmpuint (reach, !=, 1u << state);
      /* Nothing leads back to where nobody could have paid, once somebody could. */
      if (state != STATE (CREATING))
        g_assert_cmpuint (reach & (1u << STATE (CREATING)), ==, 0);
      if (state != STATE (CREATING) && state != STATE (ABORTED))
        g_assert_cmpuint (reach & (1u << STATE (ABORTED)), ==, 0);
    }
  g_assert_cmpuint (get_reach (STATE (CREATING)), ==, (1u << LIGDI_PAYMENT_N_STATES) - 1);
}

/* They lie in ledgers: these words are for ever. */
static void
test_nicks (void)
{
  LigdiPaymentState state;

  for (int i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    {
      g_assert_cmpstr (ligdi_payment_state_to_nick ((LigdiPaymentState) i), ==, state_nicks[i]);
      g_assert_true (ligdi_payment_state_from_nick (state_nicks[i], &state));
      g_assert_cmpint (state, ==, i);
    }
  for (int i = 0; i < LIGDI_PAYMENT_N_EVENTS; i++)
    g_assert_cmpstr (ligdi_payment_event_to_nick ((LigdiPaymentEvent) i), ==, event_nicks[i]);

  state = STATE (DECLINED);
  g_assert_false (ligdi_payment_state_from_nick ("", &state));
  g_assert_false (ligdi_payment_state_from_nick ("Paid", &state));
  g_assert_false (ligdi_payment_state_from_nick ("paid ", &state));
  g_assert_cmpint (state, ==, STATE (DECLINED));
}

/* So are these, in the programs of others. */
static void
test_verdicts (void)
{
  for (int i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    g_assert_cmpstr (ligdi_payment_state_get_verdict ((LigdiPaymentState) i), ==,
                     i == STATE (PAID)       ? "paid"
                     : i == STATE (DECLINED) ? "not-paid"
                     : i == STATE (DISPUTED) ? "wrong-amount"
                                             : NULL);
}

static void
test_apply (void)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (record->amount_received, ==, -1);
  g_assert_true (ligdi_payment_record_apply (record, EVENT (INVOICE_CREATED), NULL));
  g_assert_cmpint (record->state, ==, STATE (AWAITING));
  g_assert_false (ligdi_payment_record_apply (record, EVENT (OWNER_GONE), &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpint (record->state, ==, STATE (AWAITING));
}

static void
on_changed (LigdiPayment *payment, gpointer user_data)
{
  guint *n_changes = user_data;

  /* Whoever hears of a change sees it. */
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, STATE (VERIFYING));
  (*n_changes)++;
}

static void
on_changed_drop (LigdiPayment *payment, gpointer user_data)
{
  LigdiPayment **owned = user_data;

  g_clear_object (owned);
}

static void
test_payment (void)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  LigdiPayment *payment;
  guint n_changes = 0;

  record->id = 7;
  record->state = STATE (AWAITING);
  record->reference = g_strdup ("LGD-2222-3333");
  payment = ligdi_payment_new (record);
  g_assert_true (ligdi_payment_get_record (payment) != record);
  g_assert_true (ligdi_payment_get_record (payment)->reference != record->reference);
  g_assert_cmpstr (ligdi_payment_get_record (payment)->reference, ==, "LGD-2222-3333");

  record->state = STATE (VERIFYING);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, STATE (AWAITING));
  g_signal_connect (payment, "changed", G_CALLBACK (on_changed), &n_changes);
  ligdi_payment_commit (payment, record);
  g_assert_cmpuint (n_changes, ==, 1);

  /* The last owner may let go from inside the signal. */
  g_signal_connect (payment, "changed", G_CALLBACK (on_changed_drop), &payment);
  ligdi_payment_commit (payment, record);
  g_assert_null (payment);
  g_assert_cmpuint (n_changes, ==, 2);
}

/* Taking over a payment's own values must not read freed memory. */
static void
test_payment_commits_its_own (void)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  g_autoptr (LigdiPayment) payment = NULL;

  record->reference = g_strdup ("LGD-2222-3333");
  payment = ligdi_payment_new (record);
  ligdi_payment_commit (payment, ligdi_payment_get_record (payment));
  g_assert_cmpstr (ligdi_payment_get_record (payment)->reference, ==, "LGD-2222-3333");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment-state/every-state-and-event", test_every_state_and_event);
  g_test_add_func ("/payment-state/one-way-to-paid", test_one_way_to_paid);
  g_test_add_func ("/payment-state/ways-out", test_ways_out);
  g_test_add_func ("/payment-state/nicks", test_nicks);
  g_test_add_func ("/payment-state/verdicts", test_verdicts);
  g_test_add_func ("/payment-state/apply", test_apply);
  g_test_add_func ("/payment/values", test_payment);
  g_test_add_func ("/payment/commits-its-own", test_payment_commits_its_own);
  return g_test_run ();
}
