/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

/* What the next start makes of what the last stop left. */

#define AMOUNT 12500
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* Ends the program, makes it look as if it had been another one that is dead now, and starts
 * anew. */
static LigdiPayment *
start_again (LigdiTestTill *till)
{
  LigdiPayment *payment;
  g_autoptr (GError) error = NULL;

  ligdi_test_till_close (till);
  ligdi_test_finish_loop ();
  ligdi_test_till_execute (till, "UPDATE payment SET owner = 'another-boot:1:1'");
  ligdi_test_till_open (till);
  payment = ligdi_checkout_recover (till->checkout, &error);
  g_assert_no_error (error);
  return payment;
}

static LigdiPayment *
find (LigdiTestTill *till, gint64 id)
{
  g_autoptr (GPtrArray) payments
      = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);

  for (guint i = 0; i < payments->len; i++)
    if (ligdi_payment_get_record (g_ptr_array_index (payments, i))->id == id)
      return g_object_ref (g_ptr_array_index (payments, i));
  g_assert_not_reached ();
}

static void
test_nothing (LigdiTestTill *till, gconstpointer data)
{
  g_assert_null (start_again (till));
}

/* No page was ever shown, so nobody could pay. */
static void
test_creating (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  g_object_unref (ligdi_test_till_begin (till, AMOUNT));
  g_assert_null (start_again (till));
  payment = find (till, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
  assert_text (ligdi_test_till_list_journal (till, payment), "intent owner-gone");
  g_object_unref (ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
}

/* The page may have been paid: it is asked about at once, and comes back on screen. */
static void
test_awaiting (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  guint n_confirms;

  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  n_confirms = ligdi_test_peer_count_confirms (till->peer);
  payment = start_again (till);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_LOST);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, n_confirms + 1);
  /* Pending: one press shows the same link again. */
  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 1);
}

static void
test_verifying (LigdiTestTill *till, gconstpointer data)
{
  LigdiPayment *before = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                              .body = "{}" });
  ligdi_checkout_leave_page (till->checkout, before, LIGDI_EXIT_RETURNED, NULL);
  g_object_unref (before);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  ligdi_test_peer_always_confirm (till->peer, completed);
  payment = start_again (till);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_RETURNED);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_journal (till, payment),
               "intent invoice-created customer-returned confirmed-paid");
}

/* What was verified does not keep the cashier longer than anything else. */
static void
test_verifying_ends (LigdiTestTill *till, gconstpointer data)
{
  LigdiPayment *before = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_checkout_leave_page (till->checkout, before, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (before, 1);
  g_object_unref (before);
  ligdi_test_till_close (till);
  ligdi_test_till_execute (till, "UPDATE payment SET owner = 'another-boot:1:1'");
  ligdi_test_till_open (till);
  ligdi_checkout_set_patience (till->checkout, 1);
  payment = ligdi_checkout_recover (till->checkout, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_UNRESOLVED);
}

/* Unresolved payments are watched on, without a word to the cashier, from when they are due. */
static void
test_unresolved (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  g_object_unref (ligdi_test_till_leave_unresolved (till, AMOUNT));
  ligdi_test_peer_always_confirm (till->peer, completed);
  g_assert_null (start_again (till));
  payment = find (till, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

/* After a wrong clock, a due time beyond its own step is due now. */
static void
test_clock_jump (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autofree char *sql = g_strdup_printf (
      "UPDATE payment SET next_check_at = next_check_at + %" G_GINT64_FORMAT, 400 * DAY_MS);

  g_object_unref (ligdi_test_till_leave_unresolved (till, AMOUNT));
  ligdi_test_till_close (till);
  ligdi_test_till_execute (till, sql);
  ligdi_test_peer_always_confirm (till->peer, completed);
  g_assert_null (start_again (till));
  payment = find (till, 1);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

/* The newest is the one whose customer is still at the counter; the others are not forgotten. */
static void
test_many (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) newest = NULL;
  g_autoptr (LigdiPayment) older = NULL;
  g_autoptr (LigdiPayment) oldest = NULL;

  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  g_object_unref (ligdi_test_till_begin (till, AMOUNT));
  newest = start_again (till);
  g_assert_cmpint (ligdi_payment_get_record (newest)->id, ==, 3);
  older = find (till, 2);
  oldest = find (till, 1);
  g_assert_cmpint (ligdi_payment_get_state (older), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_state (oldest), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  ligdi_test_till_wait_check (newest, 1);
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (older, LIGDI_PAYMENT_STATE_PAID);
  ligdi_test_till_wait_state (oldest, LIGDI_PAYMENT_STATE_PAID);
  ligdi_test_till_wait_state (newest, LIGDI_PAYMENT_STATE_PAID);
}

/* Its customer took the code along: it is watched, and the screen is free for the next. */
static void
test_aside (LigdiTestTill *till, gconstpointer data)
{
  LigdiPayment *payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) found = NULL;

  ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_PHONE, NULL);
  g_assert_true (ligdi_checkout_set_aside (till->checkout, payment, NULL));
  g_object_unref (payment);
  g_assert_null (start_again (till));
  found = find (till, 1);
  g_assert_cmpint (ligdi_payment_get_state (found), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_true (ligdi_payment_record_is_aside (ligdi_payment_get_record (found)));
  g_assert_cmpint (ligdi_payment_get_record (found)->exit, ==, LIGDI_EXIT_NONE);
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (found, LIGDI_PAYMENT_STATE_PAID);
}

/* Payments of a process that lives are its own. */
static void
test_of_the_living (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  g_assert_null (ligdi_checkout_recover (till->checkout, NULL));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
}

/* Another process holds the watch: it recovers, this one does not. */
static void
test_without_the_watch (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiLedger) holder = NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  ligdi_test_till_close (till);
  ligdi_test_till_execute (till, "UPDATE payment SET owner = 'another-boot:1:1'");
  holder = ligdi_ledger_open (till->path, NULL);
  ligdi_test_till_open (till);
  g_assert_null (ligdi_checkout_recover (till->checkout, &error));
  g_assert_no_error (error);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "awaiting");
}

/* A ledger that cannot be read is said to be so: an error, and no payment beside it. */
static void
test_unreadable (LigdiTestTill *till, gconstpointer data)
{
  static const char *const damages[] = {
    "UPDATE payment SET exit = 'x' WHERE state = 'awaiting'",
    "UPDATE payment SET exit = 'x' WHERE state = 'unresolved'",
  };

  g_object_unref (ligdi_test_till_leave_unresolved (till, AMOUNT));
  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *damage = g_strconcat (
          "PRAGMA ignore_check_constraints = ON;"
          "UPDATE payment SET exit = 'none', owner = 'another-boot:1:1';", damages[i], NULL);
      g_autoptr (GError) error = NULL;

      ligdi_test_till_close (till);
      ligdi_test_till_execute (till, damage);
      ligdi_test_till_open (till);
      g_assert_null (ligdi_checkout_recover (till->checkout, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
    }
}

static void
add (const char *path, void (*test) (LigdiTestTill *, gconstpointer))
{
  g_test_add (path, LigdiTestTill, NULL, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/checkout/recover/nothing", test_nothing);
  add ("/checkout/recover/creating", test_creating);
  add ("/checkout/recover/awaiting", test_awaiting);
  add ("/checkout/recover/verifying", test_verifying);
  add ("/checkout/recover/verifying-ends", test_verifying_ends);
  add ("/checkout/recover/unresolved", test_unresolved);
  add ("/checkout/recover/clock-jump", test_clock_jump);
  add ("/checkout/recover/many", test_many);
  add ("/checkout/recover/aside", test_aside);
  add ("/checkout/recover/of-the-living", test_of_the_living);
  add ("/checkout/recover/without-the-watch", test_without_the_watch);
  add ("/checkout/recover/unreadable", test_unreadable);
  return g_test_run ();
}
