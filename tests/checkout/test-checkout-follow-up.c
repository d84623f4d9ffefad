/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

/* How a cashier goes on without a payment, and what is made of money that comes after all. */

#define AMOUNT 12500
#define CONFIRMED_1000                                                                             \
  "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":1000," LIGDI_TEST_CONFIRM_ID "}"

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
pay_late (LigdiTestTill *till, LigdiPayment *payment, LigdiPaymentState state)
{
  const char *body = state == LIGDI_PAYMENT_STATE_PAID ? LIGDI_TEST_CONFIRMED ("completed")
                                                       : CONFIRMED_1000;

  ligdi_test_peer_always_confirm (till->peer, (LigdiTestPlay) { .body = body });
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_state (payment, state);
}

/* Given up, rung up anew, and then the first one is paid after all. */
static void
test_give_up (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) again = NULL;
  g_autoptr (LigdiPayment) counterpart = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes;

  n_changes = till->n_changes;
  g_assert_true (ligdi_checkout_give_up (till->checkout, payment, NULL));
  g_assert_cmpuint (till->n_changes, >, n_changes);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  /* It is watched all the same. */
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, >, 0);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 0);
  /* Once is enough, and the sale is over. */
  g_assert_false (ligdi_checkout_give_up (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (ligdi_checkout_settle_in_cash (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);

  again = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_assert_true (ligdi_checkout_settle_in_cash (till->checkout, again, NULL));
  pay_late (till, payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (ligdi_payment_get_record (payment)->follow_up, ==, LIGDI_FOLLOW_UP_LATE);
  g_assert_true (
      ligdi_checkout_load_counterpart (till->checkout, payment, &counterpart, NULL));
  g_assert_true (counterpart == again);
  assert_text (ligdi_test_till_get_settled_by (till, payment), "given-up");
}

/* While its invoice is being made there is nothing to give up: its page may come yet. */
static void
test_not_while_creating (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_begin (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  g_assert_false (ligdi_checkout_give_up (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  assert_text (ligdi_test_till_get_settled_by (till, payment), "open");
}

static void
assert_takings (LigdiTestTill *till, gint64 expected)
{
  gint64 n_paid;
  gint64 takings;

  g_assert_true (
      ligdi_checkout_sum_takings (till->checkout, 0, G_MAXINT64, &n_paid, &takings, NULL));
  g_assert_cmpint (takings, ==, expected);
}

/* A wrong amount stays apart until a person says what became of the money. */
static void
test_close (LigdiTestTill *till, gconstpointer data)
{
  gboolean kept = GPOINTER_TO_INT (data);
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GError) error = NULL;
  guint n_changes;

  pay_late (till, payment, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->follow_up, ==,
                   LIGDI_FOLLOW_UP_WRONG_AMOUNT);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 1);
  assert_takings (till, 0);

  n_changes = till->n_changes;
  g_assert_true (ligdi_checkout_close_follow_up (till->checkout, payment, "Vu", kept, NULL));
  g_assert_cmpuint (till->n_changes, >, n_changes);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 0);
  assert_takings (till, kept ? 1000 : 0);
  g_assert_cmpint (ligdi_payment_get_record (payment)->follow_up, ==, LIGDI_FOLLOW_UP_NONE);
  g_assert_false (ligdi_checkout_close_follow_up (till->checkout, payment, "Vu", TRUE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  assert_takings (till, kept ? 1000 : 0);
}

/* Whoever looks something up sees what another till has written meanwhile. */
static void
test_other_till (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (till->path, NULL);
  g_autoptr (LigdiCheckout) other = ligdi_checkout_new (till->gateway, ledger);
  g_autoptr (GPtrArray) theirs = ligdi_checkout_search (other, "12500", 10, NULL);
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_assert_cmpuint (theirs->len, ==, 1);
  g_assert_true (ligdi_checkout_give_up (other, g_ptr_array_index (theirs, 0), NULL));
  g_assert_cmpint (ligdi_payment_get_record (payment)->settled_by, ==, LIGDI_SETTLEMENT_OPEN);
  ours = ligdi_checkout_search (till->checkout, "12500", 10, NULL);
  g_assert_true (g_ptr_array_index (ours, 0) == payment);
  g_assert_cmpint (ligdi_payment_get_record (payment)->settled_by, ==,
                   LIGDI_SETTLEMENT_GIVEN_UP);
  /* Let go, and listed all the same: it is still watched. */
  list = ligdi_checkout_list_to_follow (till->checkout, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
}

/* Another till was faster: what it said stands, and this one learns of it. */
static void
test_closed_elsewhere (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiLedger) ledger = NULL;
  g_autoptr (LigdiCheckout) other = NULL;
  g_autoptr (LigdiPayment) counterpart = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GError) error = NULL;

  pay_late (till, payment, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_true (ligdi_checkout_load_counterpart (till->checkout, payment, &counterpart, NULL));
  g_assert_null (counterpart);
  ledger = ligdi_ledger_open (till->path, NULL);
  other = ligdi_checkout_new (till->gateway, ledger);
  theirs = ligdi_checkout_search (other, "12500", 10, NULL);
  g_assert_true (ligdi_checkout_close_follow_up (other, g_ptr_array_index (theirs, 0), "Vu", FALSE,
                                                 NULL));
  g_assert_false (ligdi_checkout_close_follow_up (till->checkout, payment, "Gardé", TRUE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);
  g_assert_cmpint (ligdi_payment_get_record (payment)->follow_up, ==, LIGDI_FOLLOW_UP_NONE);
  assert_takings (till, 0);

  ligdi_test_till_execute (till, "ALTER TABLE sale RENAME TO gone");
  g_assert_false (ligdi_checkout_load_counterpart (till->checkout, payment, &counterpart, &error));
  g_assert_nonnull (error);
}

/* Only a wrong amount adds to the takings: what came late is in them already. */
static void
test_late_is_counted_once (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  g_assert_true (ligdi_checkout_give_up (till->checkout, payment, NULL));
  pay_late (till, payment, LIGDI_PAYMENT_STATE_PAID);
  assert_takings (till, AMOUNT);
  g_assert_true (ligdi_checkout_close_follow_up (till->checkout, payment, "Vu", TRUE, NULL));
  assert_takings (till, AMOUNT);
}

static void
count_verdict (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  *(guint *) user_data += 1;
  /* There is nothing left to ask about it. */
  g_assert_false (ligdi_checkout_is_watching (checkout));
}

/* A verdict is news once. That the gateway says it again, or that somebody looks an old one up,
 * is none. */
static void
test_told_once (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GPtrArray) listed = NULL;
  guint n_told = 0;
  gint64 checked_at;

  g_signal_connect (till->checkout, "verdict", G_CALLBACK (count_verdict), &n_told);
  pay_late (till, payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpuint (n_told, ==, 1);
  checked_at = ligdi_payment_get_record (payment)->checked_at;
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->checked_at > checked_at);
  g_assert_cmpuint (n_told, ==, 1);

  g_clear_object (&payment);
  ligdi_test_till_close (till);
  ligdi_test_till_open (till);
  g_signal_connect (till->checkout, "verdict", G_CALLBACK (count_verdict), &n_told);
  listed = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  payment = g_object_ref (g_ptr_array_index (listed, 0));
  checked_at = ligdi_payment_get_record (payment)->checked_at;
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->checked_at > checked_at);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_false (ligdi_checkout_is_watching (till->checkout));
}

static void
add (const char *path, gconstpointer data, void (*test) (LigdiTestTill *, gconstpointer))
{
  g_test_add (path, LigdiTestTill, data, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/checkout/follow-up/give-up", NULL, test_give_up);
  add ("/checkout/follow-up/not-while-creating", NULL, test_not_while_creating);
  add ("/checkout/follow-up/returned", GINT_TO_POINTER (FALSE), test_close);
  add ("/checkout/follow-up/kept", GINT_TO_POINTER (TRUE), test_close);
  add ("/checkout/follow-up/other-till", NULL, test_other_till);
  add ("/checkout/follow-up/told-once", NULL, test_told_once);
  add ("/checkout/follow-up/closed-elsewhere", NULL, test_closed_elsewhere);
  add ("/checkout/follow-up/late-is-counted-once", NULL, test_late_is_counted_once);
  return g_test_run ();
}
