/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

#include <string.h>

/* Beginning, giving up, beginning again, and taking cash. */

#define AMOUNT 12500

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay declined = { .body = LIGDI_TEST_CONFIRMED ("notcompleted") };
static const LigdiTestPlay late = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CREATED };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static LigdiPayment *
decline (LigdiTestTill *till)
{
  LigdiPayment *payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_next_confirm (till->peer, declined);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_DECLINED);
  return payment;
}

static void
assert_begin_again_fails (LigdiTestTill *till, LigdiPayment *payment, LigdiError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = ligdi_test_till_query (till, "SELECT count (*) FROM payment");
  guint n_creates = ligdi_test_peer_count_creates (till->peer);

  g_assert_null (ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, &error));
  g_assert_error (error, LIGDI_ERROR, (int) code);
  ligdi_test_finish_loop ();
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"), before);
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, n_creates);
  /* That is nothing to stop selling for. */
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
}

static void
assert_cash_fails (LigdiTestTill *till, LigdiPayment *payment)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ligdi_checkout_settle_in_cash (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
}

static void
test_shop (LigdiTestTill *till, gconstpointer data)
{
  static const char *const nameless[] = { NULL, "" };
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  for (guint i = 0; i < G_N_ELEMENTS (nameless); i++)
    {
      g_autoptr (GError) error = NULL;

      ligdi_checkout_set_shop (till->checkout, nameless[i], "https://boutique.example");
      g_assert_null (ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_HERE, NULL, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
    }
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM sale"), "0");

  /* A site is not needed, but what is sent is a string. */
  ligdi_checkout_set_shop (till->checkout, "L’Étoile", NULL);
  payment = ligdi_test_till_await (till, AMOUNT);
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body,
                            "\"store\":{\"name\":\"L’Étoile\",\"website_url\":\"\"}"));
}

/* The cashier changes the sale while its invoice is being made. */
static void
test_sale_is_copied (LigdiTestTill *till, gconstpointer data)
{
  LigdiSale *sale = ligdi_sale_new ();
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (LigdiSale) loaded = NULL;

  ligdi_sale_add (sale, "Riz", 2, 500);
  payment = ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_HERE, NULL, NULL);
  ligdi_sale_clear (sale);
  ligdi_sale_free (sale);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_nonnull (
      strstr (ligdi_test_peer_get_create (till->peer, 0)->body, "\"total_amount\":1000"));
  loaded = ligdi_checkout_load_sale (till->checkout, payment, NULL);
  g_assert_cmpint (ligdi_sale_get_total (loaded), ==, 1000);
}

/* The same wish of another program, twice. */
static void
test_charge (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiCharge) charge = NULL;
  g_autoptr (LigdiCharge) unwanted = NULL;
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (LigdiPayment) found = NULL;
  g_autoptr (LigdiPayment) none = NULL;
  g_autoptr (GError) error = NULL;
  gboolean refused = FALSE;

  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  charge = ligdi_charge_new ("A-17", "Atelier", sale);
  unwanted = ligdi_charge_new ("A-18", "Atelier", sale);
  payment = ligdi_checkout_begin_charge (till->checkout, charge, LIGDI_OPENING_HERE, NULL, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpstr (ligdi_payment_get_record (payment)->charge, ==, "A-17");
  g_assert_cmpstr (ligdi_payment_get_record (payment)->charge_sender, ==, "Atelier");
  g_assert_null (ligdi_checkout_begin_charge (till->checkout, charge, LIGDI_OPENING_HERE, NULL,
                                              &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 1);
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);

  found = ligdi_checkout_find_charge (till->checkout, "A-17", NULL);
  g_assert_true (found == payment);
  none = ligdi_checkout_find_charge (till->checkout, "A-18", &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (ligdi_checkout_refuse_charge (till->checkout, unwanted, NULL));
  g_assert_true (ligdi_checkout_is_charge_refused (till->checkout, "A-18", &refused, NULL));
  g_assert_true (refused);
}

static void
assert_repeats (LigdiTestTill *till, gint64 amount, LigdiPayment *first, LigdiPayment *second)
{
  g_autoptr (GPtrArray) found = ligdi_checkout_list_repeats (till->checkout, amount);

  g_assert_cmpuint (found->len, ==, (first != NULL) + (second != NULL));
  if (first != NULL)
    g_assert_true (g_ptr_array_index (found, 0) == first);
  if (second != NULL)
    g_assert_true (g_ptr_array_index (found, 1) == second);
}

/* What may be the same customer's: a payment of that amount without a verdict, or one that was
 * paid a moment ago. */
static void
test_repeat (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) second = NULL;
  g_autoptr (LigdiPayment) third = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autofree char *journal = NULL;

  assert_repeats (till, AMOUNT, first, NULL);
  assert_repeats (till, AMOUNT + 1, NULL, NULL);
  /* Cash was taken for it: that customer is done. */
  g_assert_true (ligdi_checkout_settle_in_cash (till->checkout, first, NULL));
  assert_repeats (till, AMOUNT, NULL, NULL);

  second = ligdi_test_till_await (till, AMOUNT);
  assert_repeats (till, AMOUNT, NULL, NULL);
  ligdi_test_peer_next_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, second, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_PAID);
  assert_repeats (till, AMOUNT, second, NULL);

  g_assert_true (ligdi_checkout_avoid_repeat (till->checkout, second, NULL));
  journal = ligdi_test_till_list_journal (till, second);
  g_assert_true (g_str_has_suffix (journal, " not-charged-again"));
  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  third = ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_HERE,
                                ligdi_payment_get_record (second)->reference, NULL);
  assert_text (ligdi_test_till_query (till, "SELECT note FROM payment_event WHERE payment = 3"),
               ligdi_payment_get_record (second)->reference);
  ligdi_test_till_wait_state (third, LIGDI_PAYMENT_STATE_AWAITING);

  /* The customer took the code along: that one is asked about first. */
  ligdi_checkout_open_page (till->checkout, third, LIGDI_OPENING_PHONE, NULL);
  g_assert_true (ligdi_checkout_set_aside (till->checkout, third, NULL));
  assert_repeats (till, AMOUNT, third, second);
  ligdi_checkout_open_page (till->checkout, third, LIGDI_OPENING_PHONE, NULL);

  ligdi_test_till_execute (till, "UPDATE payment SET verdict_at = verdict_at - 3 * 60000"
                                 " WHERE id = 2");
  assert_repeats (till, AMOUNT, NULL, NULL);
}

static void
test_create_fails (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    LigdiTestPlay play;
    LigdiError code;
    const char *refusal;
  } table[] = {
    { { .body = LIGDI_TEST_REFUSED ("02") }, LIGDI_ERROR_REFUSED, "02" },
    { { .body = LIGDI_TEST_REFUSED ("00") }, LIGDI_ERROR_CREDENTIALS, "00" },
    { { .body = "{\"response_code\":\"01\"}" }, LIGDI_ERROR_REFUSED, NULL },
    { { .body = "{}" }, LIGDI_ERROR_PROTOCOL, NULL },
    { { .body = "<html>" }, LIGDI_ERROR_PROTOCOL, NULL },
    { { .body = "{\"response_code\":\"00\",\"token\":\"@TOKEN@\",\"response_text\":\"x\"}" },
      LIGDI_ERROR_PROTOCOL, NULL },
    { { .body = "{\"response_code\":\"00\",\"token\":\"\",\"response_text\":\"@PAGE@\"}" },
      LIGDI_ERROR_PROTOCOL, NULL },
    { { .status = 500, .body = LIGDI_TEST_CREATED }, LIGDI_ERROR_PROTOCOL, NULL },
    { { .status = 401, .body = "{}" }, LIGDI_ERROR_CREDENTIALS, NULL },
    { { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" }, LIGDI_ERROR_OFFLINE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = NULL;
      g_autoptr (LigdiPayment) again = NULL;
      const LigdiPaymentRecord *record;

      g_test_message ("row %u", i);
      ligdi_test_peer_next_create (till->peer, table[i].play);
      payment = ligdi_test_till_begin (till, AMOUNT);
      ligdi_test_wait_until (till->create_errors->len == i + 1);
      g_assert_error ((GError *) g_ptr_array_index (till->create_errors, i), LIGDI_ERROR,
                      (int) table[i].code);
      record = ligdi_payment_get_record (payment);
      g_assert_cmpint (record->state, ==, LIGDI_PAYMENT_STATE_ABORTED);
      g_assert_cmpstr (record->refusal, ==, table[i].refusal);
      g_assert_null (record->token);
      g_assert_null (record->page_url);
      g_assert_cmpint (record->next_check_at, ==, 0);
      assert_text (ligdi_test_till_get_settled_by (till, payment), "open");
      g_assert_cmpint (ligdi_checkout_is_online (till->checkout), ==,
                       table[i].code != LIGDI_ERROR_OFFLINE);

      /* The same sale can be charged again, under the same ticket and another name. */
      again = ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, NULL);
      ligdi_test_till_wait_state (again, LIGDI_PAYMENT_STATE_AWAITING);
      g_assert_cmpint (ligdi_payment_get_record (again)->ticket, ==, record->ticket);
      g_assert_cmpstr (ligdi_payment_get_record (again)->transaction_id, !=,
                       record->transaction_id);
      g_assert_cmpstr (ligdi_payment_get_record (again)->return_url, !=, record->return_url);
    }
}

/* The cashier gives up before the invoice is there. It may come all the same: noted, never
 * shown, and so never paid. */
static void
test_late_reply (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (LigdiPayment) again = NULL;
  const LigdiPaymentRecord *record;

  ligdi_test_peer_next_create (till->peer, late);
  payment = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  g_assert_true (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
  g_assert_false (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
  /* Meanwhile the next one is made. */
  again = ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, NULL);
  ligdi_test_till_wait_state (again, LIGDI_PAYMENT_STATE_AWAITING);

  till->n_changes = 0;
  ligdi_test_peer_release (till->peer);
  for (g_autofree char *journal = NULL; journal == NULL || strstr (journal, "late-reply") == NULL;)
    {
      g_assert_true (ligdi_test_run_loop (ligdi_test_get_deadline ()));
      g_free (journal);
      journal = ligdi_test_till_list_journal (till, payment);
    }
  assert_text (ligdi_test_till_list_journal (till, payment), "intent cashier-cancelled late-reply");
  record = ligdi_payment_get_record (payment);
  g_assert_cmpint (record->state, ==, LIGDI_PAYMENT_STATE_ABORTED);
  g_assert_null (record->token);
  g_assert_null (record->page_url);
  g_assert_cmpuint (till->create_errors->len, ==, 0);
  g_assert_cmpuint (till->n_changes, ==, 0);
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment WHERE token IS NOT NULL"),
               "1");
  /* It cannot be asked about, left or opened. */
  g_assert_false (ligdi_checkout_check_now (till->checkout, payment, NULL));
  g_assert_false (ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 0);
}

/* When nothing comes after all, there is no reply to note. */
static void
test_late_failure (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (LigdiPayment) marker = NULL;

  ligdi_test_peer_next_create (till->peer,
                               (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                 .status = 500,
                                                 .body = "" });
  payment = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  ligdi_checkout_cancel_creating (till->checkout, payment, NULL);
  ligdi_test_peer_release (till->peer);
  /* Comes after it on the same connection. */
  marker = ligdi_test_till_await (till, AMOUNT);
  assert_text (ligdi_test_till_list_journal (till, payment), "intent cashier-cancelled");
  g_assert_cmpuint (till->create_errors->len, ==, 0);
}

/* While the invoice is being made there is nothing yet that could be let go. */
static void
test_no_way_around_creating (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_create (till->peer, late);
  payment = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  assert_begin_again_fails (till, payment, LIGDI_ERROR_STATE);
  assert_cash_fails (till, payment);
  g_assert_false (ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_LOST, NULL));
  g_assert_false (ligdi_checkout_stop_waiting (till->checkout, payment, NULL));
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  g_assert_false (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->released_by, ==, LIGDI_RELEASE_NONE);
}

static void
test_again_after_decline (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = decline (till);
  g_autoptr (LigdiPayment) second = ligdi_checkout_begin_again (till->checkout, first, LIGDI_OPENING_HERE, NULL);

  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_record (second)->ticket, ==,
                   ligdi_payment_get_record (first)->ticket);
  g_assert_cmpint (ligdi_payment_get_record (second)->amount, ==, AMOUNT);
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 2);
  /* One open attempt a sale, however often it is pressed. */
  assert_begin_again_fails (till, first, LIGDI_ERROR_OPEN_ATTEMPT);
  assert_begin_again_fails (till, first, LIGDI_ERROR_OPEN_ATTEMPT);

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, second, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_get_settled_by (till, second), "payment");
  assert_text (ligdi_test_till_list_follow_ups (till, second), "");
  assert_begin_again_fails (till, first, LIGDI_ERROR_STATE);
  assert_begin_again_fails (till, second, LIGDI_ERROR_STATE);
  assert_cash_fails (till, first);
  assert_cash_fails (till, second);
}

/* A refusal is taken back when the cashier has gone on to another payment: the money of the
 * first one must be seen, and the second one must go on. */
static void
test_decline_taken_back (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = decline (till);
  g_autoptr (LigdiPayment) second = ligdi_checkout_begin_again (till->checkout, first, LIGDI_OPENING_HERE, NULL);

  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_AWAITING);
  ligdi_test_peer_next_confirm (till->peer, completed);
  g_assert_true (ligdi_checkout_check_now (till->checkout, first, NULL));
  ligdi_test_till_wait_state (first, LIGDI_PAYMENT_STATE_DISPUTED);
  assert_text (ligdi_test_till_list_follow_ups (till, first), "contradiction");
  g_assert_cmpint (ligdi_payment_get_record (first)->amount_received, ==, AMOUNT);
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, second, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_PAID);
}

/* A pending payment is let go for another one; it stays watched, and its money is not lost. */
static void
test_again_releases_pending (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) second = NULL;

  ligdi_test_peer_next_create (till->peer, late);
  till->n_changes = 0;
  second = ligdi_checkout_begin_again (till->checkout, first, LIGDI_OPENING_HERE, NULL);
  g_assert_cmpint (ligdi_payment_get_record (first)->released_by, ==, LIGDI_RELEASE_NEW_PAYMENT);
  g_assert_cmpint (ligdi_payment_get_state (first), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpuint (till->n_changes, ==, 1);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 2);
  assert_begin_again_fails (till, first, LIGDI_ERROR_OPEN_ATTEMPT);

  /* Paid before the second link is even there: it settles the sale, late. */
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (first, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_get_settled_by (till, first), "payment");
  assert_text (ligdi_test_till_list_follow_ups (till, first), "late");
  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_AWAITING);
  ligdi_checkout_leave_page (till->checkout, second, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (second, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_follow_ups (till, second), "paid-twice");
}

static void
test_cash (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  till->n_changes = 0;
  g_assert_true (ligdi_checkout_settle_in_cash (till->checkout, payment, NULL));
  g_assert_cmpuint (till->n_changes, ==, 1);
  g_assert_cmpint (ligdi_payment_get_record (payment)->released_by, ==, LIGDI_RELEASE_CASH);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  assert_text (ligdi_test_till_get_settled_by (till, payment), "cash");
  assert_cash_fails (till, payment);
  assert_begin_again_fails (till, payment, LIGDI_ERROR_STATE);

  /* The link is still watched: money that comes now came twice. */
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_get_settled_by (till, payment), "cash");
  assert_text (ligdi_test_till_list_follow_ups (till, payment), "paid-twice");
}

static void
test_cash_after_decline (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = decline (till);

  g_assert_true (ligdi_checkout_settle_in_cash (till->checkout, payment, NULL));
  assert_text (ligdi_test_till_get_settled_by (till, payment), "cash");
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_DECLINED);
}

static void
test_reopen (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autofree char *page_url = g_strdup (ligdi_payment_get_record (payment)->page_url);
  guint n_confirms;

  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_NONE);
  g_assert_cmpstr (ligdi_payment_get_record (payment)->page_url, ==, page_url);
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 1);
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));

  /* It is left a second time like the first time. */
  n_confirms = ligdi_test_peer_count_confirms (till->peer);
  g_assert_true (ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_RETURNED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_checks, ==, 0);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_pending, ==, 0);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, n_confirms + 1);
  /* While it is being verified, too. */
  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
}

/* One payment is one object, however often it is listed; and the lists say what is on disk. */
static void
test_lists (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) second = ligdi_test_till_await (till, 500);
  g_autoptr (GPtrArray) payments
      = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  g_autoptr (GPtrArray) none = ligdi_checkout_list_payments (till->checkout, 0, 1000, NULL);

  g_assert_cmpuint (payments->len, ==, 2);
  g_assert_true (g_ptr_array_index (payments, 0) == second);
  g_assert_true (g_ptr_array_index (payments, 1) == first);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 1);

  /* A payment nobody holds any more is read anew. */
  g_ptr_array_set_size (payments, 0);
  g_clear_object (&second);
  ligdi_test_till_close (till);
  ligdi_test_till_open (till);
  g_ptr_array_unref (payments);
  payments = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  g_assert_cmpuint (payments->len, ==, 2);
  g_assert_cmpint (ligdi_payment_get_state (g_ptr_array_index (payments, 1)), ==,
                   LIGDI_PAYMENT_STATE_UNRESOLVED);
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
  add ("/checkout/begin/shop", test_shop);
  add ("/checkout/begin/sale-is-copied", test_sale_is_copied);
  add ("/checkout/begin/charge", test_charge);
  add ("/checkout/begin/repeat", test_repeat);
  add ("/checkout/begin/create-fails", test_create_fails);
  add ("/checkout/begin/late-reply", test_late_reply);
  add ("/checkout/begin/late-failure", test_late_failure);
  add ("/checkout/begin/no-way-around-creating", test_no_way_around_creating);
  add ("/checkout/begin/again-after-decline", test_again_after_decline);
  add ("/checkout/begin/decline-taken-back", test_decline_taken_back);
  add ("/checkout/begin/again-releases-pending", test_again_releases_pending);
  add ("/checkout/begin/cash", test_cash);
  add ("/checkout/begin/cash-after-decline", test_cash_after_decline);
  add ("/checkout/begin/reopen", test_reopen);
  add ("/checkout/begin/lists", test_lists);
  return g_test_run ();
}
