/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-test-till.h"

#include <string.h>

/* The ledger holds what this till does not know yet, cannot be read, or does not take one
 * certain step. */

#define AMOUNT 12500
/* What another till writes when it has heard the verdict. */
#define PAID_ELSEWHERE                                                                             \
  "UPDATE payment SET state = 'paid', next_check_at = 0,"                                          \
  " verdict_at = CAST (strftime ('%s', 'now') AS INTEGER) * 1000"

static const LigdiTestPlay pending = { .body = LIGDI_TEST_CONFIRMED ("pending") };
static const LigdiTestPlay declined = { .body = LIGDI_TEST_CONFIRMED ("notcompleted") };
static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CREATED };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* From now on this till cannot write that line into the journal. */
static void
break_step (LigdiTestTill *till, const char *what)
{
  g_autofree char *sql
      = g_strdup_printf ("CREATE TEMP TRIGGER broken BEFORE INSERT ON main.payment_event"
                         " WHEN NEW.what = '%s' BEGIN SELECT RAISE (ABORT, 'broken'); END",
                         what);

  g_assert_cmpint (
      sqlite3_exec (ligdi_ledger_get_database (till->ledger), sql, NULL, NULL, NULL), ==,
      SQLITE_OK);
}

static void
mend (LigdiTestTill *till)
{
  g_assert_cmpint (sqlite3_exec (ligdi_ledger_get_database (till->ledger), "DROP TRIGGER broken",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
}

/* A word that no version ever wrote: no payment can be read any more. */
static void
garble (LigdiTestTill *till)
{
  ligdi_test_till_execute (till, "PRAGMA ignore_check_constraints = ON;"
                                 "UPDATE payment SET exit = 'x'");
}

static void
assert_reported (LigdiTestTill *till, guint n_errors, LigdiError code)
{
  g_assert_cmpuint (till->ledger_errors->len, ==, n_errors);
  g_assert_error ((GError *) g_ptr_array_index (till->ledger_errors, n_errors - 1), LIGDI_ERROR,
                  (int) code);
}

/* The question before an amount is charged again shows what is true now. */
static void
test_repeat (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GPtrArray) found = NULL;

  ligdi_test_till_execute (till, PAID_ELSEWHERE);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  found = ligdi_checkout_list_repeats (till->checkout, AMOUNT);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (g_ptr_array_index (found, 0) == payment);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_PAID);
}

/* Who cannot be asked whether it is a repeat is told so, and charges nothing meanwhile. */
static void
test_unreadable (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  garble (till);
  g_assert_null (ligdi_checkout_list_repeats (till->checkout, AMOUNT));
  assert_reported (till, 1, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_null (ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
}

/* That somebody else moved the payment is no failure of the ledger; that it cannot be read what
 * became of it is one. */
static void
test_catch_up (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) other = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  /* The state is the same, but its sale was settled. */
  ligdi_test_till_execute (till, "UPDATE payment SET released_by = 'cash' WHERE id = 1");
  g_assert_false (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpint (ligdi_payment_get_record (payment)->released_by, ==, LIGDI_RELEASE_CASH);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
  /* Now it is known, and the page can be left. */
  g_assert_true (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL));

  ligdi_test_till_execute (till, "UPDATE payment SET released_by = 'cash' WHERE id = 2");
  garble (till);
  g_assert_false (ligdi_checkout_leave_page (till->checkout, other, LIGDI_EXIT_CANCELLED, NULL));
  assert_reported (till, 1, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_cmpint (ligdi_payment_get_record (other)->released_by, ==, LIGDI_RELEASE_NONE);
}

/* The wait for a verdict that another till has heard ends without a word. */
static void
test_patience (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) heard = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) later = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_always_confirm (till->peer, held);
  ligdi_checkout_set_patience (till->checkout, 1);
  ligdi_checkout_leave_page (till->checkout, heard, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_execute (till, PAID_ELSEWHERE " WHERE id = 1");
  g_assert_false (ligdi_checkout_stop_waiting (till->checkout, heard, NULL));
  g_assert_cmpint (ligdi_payment_get_state (heard), ==, LIGDI_PAYMENT_STATE_PAID);

  /* This wait begins later, and so ends later. */
  ligdi_checkout_leave_page (till->checkout, later, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (later, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_state (heard), ==, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
  ligdi_test_peer_release (till->peer);
}

/* What was sold cannot be read: nothing is charged for it. */
static void
test_sale (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  guint n_creates = ligdi_test_peer_count_creates (till->peer);
  g_autoptr (GError) error = NULL;

  ligdi_test_till_execute (till, "PRAGMA ignore_check_constraints = ON;"
                                 "DROP TRIGGER sale_line_stays; UPDATE sale_line SET quantity = 0");
  g_assert_null (
      ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_cmpint (ligdi_payment_get_record (payment)->released_by, ==, LIGDI_RELEASE_NONE);
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, n_creates);
}

static void
test_no_shop (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  ligdi_checkout_set_shop (till->checkout, "", NULL);
  g_assert_null (
      ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"), "1");
}

/* A reply that comes too late and cannot be noted: the ledger's failure is told. */
static void
test_late_reply (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_create (till->peer, held);
  payment = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  g_assert_true (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
  break_step (till, "late-reply");
  ligdi_test_peer_release (till->peer);
  ligdi_test_wait_until (till->ledger_errors->len > 0);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  assert_text (ligdi_test_till_list_journal (till, payment), "intent cashier-cancelled");
}

/* A page that could not be noted as moved was not moved. */
static void
test_move (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  break_step (till, "page-moved");
  g_assert_false (
      ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_PHONE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  g_assert_cmpint (ligdi_payment_get_record (payment)->opening, ==, LIGDI_OPENING_HERE);
  mend (till);
  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_PHONE, NULL));
}

/* A check that could not be noted is not made: the answer would have nowhere to go. */
static void
test_check (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  break_step (till, "verify-asked");
  g_assert_false (ligdi_checkout_check_now (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
}

/* Who has walked off with the code: as long as that cannot be noted, the payment is asked about
 * as before; and before its time is over, too. */
static void
test_aside (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (GPtrArray) listed = NULL;

  ligdi_test_peer_always_confirm (till->peer, pending);
  g_assert_true (ligdi_checkout_set_aside (till->checkout, payment, NULL));
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);

  g_clear_object (&payment);
  ligdi_test_till_execute (till, "UPDATE payment SET left_at = left_at - 16 * 60000");
  ligdi_test_till_close (till);
  ligdi_test_till_open (till);
  break_step (till, "verify-asked");
  listed = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  payment = g_object_ref (g_ptr_array_index (listed, 0));
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_till_wait_check (payment, 2);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_true (ligdi_payment_record_is_aside (ligdi_payment_get_record (payment)));
}

/* The gateway takes a final word back, and that cannot be noted: said, and the word stands. */
static void
test_contradiction (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_next_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  break_step (till, "contradiction");
  ligdi_test_peer_next_confirm (till->peer, declined);
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_wait_until (till->ledger_errors->len > 0);
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_follow_ups (till, payment), "");
}

static void
begin_as_if_dead (LigdiTestTill *till, const char *sql)
{
  ligdi_test_till_close (till);
  ligdi_test_finish_loop ();
  ligdi_test_till_execute (till, "UPDATE payment SET owner = 'another-boot:1:1'");
  ligdi_test_till_execute (till, sql);
  ligdi_test_till_open (till);
}

/* What a dead process left cannot be noted as found: it is no payment to show. */
static void
test_recover (LigdiTestTill *till, gconstpointer data)
{
  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  begin_as_if_dead (till, "");
  break_step (till, "recovered");
  g_assert_null (ligdi_checkout_recover (till->checkout, NULL));
  assert_reported (till, 1, LIGDI_ERROR_LEDGER);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "awaiting");
}

/* A payment that is not to be asked about any more is left alone, though others are watched. */
static void
test_not_due (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) second = NULL;
  LigdiPayment *first = ligdi_test_till_await (till, AMOUNT);
  const LigdiTestRequest *request;
  g_autofree char *token = NULL;

  g_assert_true (ligdi_checkout_set_aside (till->checkout, first, NULL));
  token = g_strdup (ligdi_payment_get_record (first)->token);
  g_object_unref (first);
  g_object_unref (ligdi_test_till_await (till, AMOUNT));
  begin_as_if_dead (till, "UPDATE payment SET next_check_at = 0 WHERE id = 1");
  ligdi_test_peer_always_confirm (till->peer, completed);
  second = ligdi_checkout_recover (till->checkout, NULL);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 1);
  request = ligdi_test_peer_get_confirm (till->peer, 0);
  g_assert_null (strstr (request->query != NULL ? request->query : "", token));
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment WHERE id = 1"), "awaiting");
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
  add ("/checkout/stale/repeat", test_repeat);
  add ("/checkout/stale/unreadable", test_unreadable);
  add ("/checkout/stale/catch-up", test_catch_up);
  add ("/checkout/stale/patience", test_patience);
  add ("/checkout/stale/sale", test_sale);
  add ("/checkout/stale/no-shop", test_no_shop);
  add ("/checkout/stale/late-reply", test_late_reply);
  add ("/checkout/stale/move", test_move);
  add ("/checkout/stale/check", test_check);
  add ("/checkout/stale/aside", test_aside);
  add ("/checkout/stale/contradiction", test_contradiction);
  add ("/checkout/stale/recover", test_recover);
  add ("/checkout/stale/not-due", test_not_due);
  return g_test_run ();
}
