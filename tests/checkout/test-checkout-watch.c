/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"
#include "ligdi-watcher.h"

#include <string.h>

/* When confirm is asked, and what comes of the answers later on. */

#define AMOUNT 12500

/* Three seconds lie between two questions, by the gateway's clock; a few milliseconds may get
 * lost or found on the way there. */
#define GAP_US (2900 * 1000)

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay declined = { .body = LIGDI_TEST_CONFIRMED ("notcompleted") };
static const LigdiTestPlay pending = { .body = LIGDI_TEST_CONFIRMED ("pending") };
static const LigdiTestPlay mismatch
    = { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":100,"
                LIGDI_TEST_CONFIRM_ID "}" };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static gint64
get_arrival (LigdiTestTill *till, guint index)
{
  return ligdi_test_peer_get_confirm (till->peer, index)->at;
}

static LigdiPayment *
decide (LigdiTestTill *till, LigdiTestPlay play, LigdiPaymentState state)
{
  LigdiPayment *payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_next_confirm (till->peer, play);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, state);
  return payment;
}

/* One till asks at most every three seconds, about however many payments. */
static void
test_gap (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) second = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) third = ligdi_test_till_leave_unresolved (till, AMOUNT);
  guint n_exits = ligdi_test_peer_count_confirms (till->peer);

  g_assert_cmpuint (n_exits, ==, 3);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == n_exits + 3);
  for (guint i = n_exits; i < n_exits + 3; i++)
    g_assert_cmpint (get_arrival (till, i) - get_arrival (till, i - 1), >=, GAP_US);
  /* Each has its turn. */
  ligdi_test_till_wait_check (first, 2);
  ligdi_test_till_wait_check (second, 2);
  ligdi_test_till_wait_check (third, 2);
}

/* The first question after an exit does not wait: not for the question before, … */
static void
test_exit_goes_at_once (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) second = ligdi_test_till_await (till, AMOUNT);
  gint64 left_at = g_get_monotonic_time ();

  ligdi_checkout_leave_page (till->checkout, second, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (second, 1);
  g_assert_cmpint (get_arrival (till, 1) - left_at, <, 1000 * 1000);
}

/* … nor for one that somebody else waits to be asked. */
static void
test_exit_goes_before_check_now (LigdiTestTill *till, gconstpointer data)
{
  LigdiPayment *unresolved[4];
  g_autoptr (LigdiPayment) last = NULL;
  guint n_confirms;
  gint64 left_at;

  for (guint i = 0; i < G_N_ELEMENTS (unresolved); i++)
    unresolved[i] = ligdi_test_till_leave_unresolved (till, AMOUNT);
  last = ligdi_test_till_await (till, AMOUNT);
  n_confirms = ligdi_test_peer_count_confirms (till->peer);
  for (guint i = 0; i < G_N_ELEMENTS (unresolved); i++)
    g_assert_true (ligdi_checkout_check_now (till->checkout, unresolved[i], NULL));
  left_at = g_get_monotonic_time ();
  ligdi_checkout_leave_page (till->checkout, last, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (last, 1);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, n_confirms + 1);
  g_assert_cmpint (get_arrival (till, n_confirms) - left_at, <, 1000 * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (unresolved); i++)
    g_object_unref (unresolved[i]);
}

/* A gateway that asks to be left alone is, whoever is in a hurry. */
static void
test_rate_limit (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  LigdiTestPlay limit
      = { .status = 429, .header = "Retry-After", .value = "5", .body = "Too Many Requests" };

  ligdi_test_peer_next_confirm (till->peer, limit);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, LIGDI_ANSWER_UNCLEAR);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  ligdi_test_peer_always_confirm (till->peer, completed);
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (get_arrival (till, 1) - get_arrival (till, 0), >=, 4900 * 1000);
}

/* Nobody is told of the answer to a question that was asked twice at the same time. */
static void
test_one_question_at_a_time (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CONFIRMED ("pending") };

  ligdi_test_peer_next_confirm (till->peer, held);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  for (guint i = 0; i < 3; i++)
    g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 1);
}

/* A check that somebody asks for is one question, whatever the answer. */
static void
test_check_now (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    LigdiTestPlay play;
    LigdiAnswer answer;
  } table[] = {
    { { .body = LIGDI_TEST_CONFIRMED ("pending") }, LIGDI_ANSWER_PENDING },
    { { .status = 500, .body = "" }, LIGDI_ANSWER_UNCLEAR },
    { { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" }, LIGDI_ANSWER_OFFLINE },
  };
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 n_checks = ligdi_payment_get_record (payment)->n_checks;

      ligdi_test_peer_always_confirm (till->peer, table[i].play);
      g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
      ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_UNRESOLVED);
      g_assert_cmpint (ligdi_payment_get_record (payment)->n_checks, ==, n_checks + 1);
      g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, table[i].answer);
    }
  ligdi_test_peer_always_confirm (till->peer, completed);
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

/* A final word that is said again stands; one that is taken back is a matter for a person. */
static void
test_check_final (LigdiTestTill *till, gconstpointer data)
{
  const struct
  {
    LigdiTestPlay first;
    LigdiPaymentState state;
    LigdiTestPlay second;
    LigdiPaymentState then;
    const char *note;
    const char *follow_ups;
  } table[] = {
    { completed, LIGDI_PAYMENT_STATE_PAID, completed, LIGDI_PAYMENT_STATE_PAID, "attempt", "" },
    { completed, LIGDI_PAYMENT_STATE_PAID, pending, LIGDI_PAYMENT_STATE_PAID, "attempt", "" },
    { completed, LIGDI_PAYMENT_STATE_PAID, { .status = 500, .body = "" }, LIGDI_PAYMENT_STATE_PAID,
      "attempt", "" },
    { completed, LIGDI_PAYMENT_STATE_PAID, declined, LIGDI_PAYMENT_STATE_PAID, "contradiction",
      "contradiction" },
    { completed, LIGDI_PAYMENT_STATE_PAID, mismatch, LIGDI_PAYMENT_STATE_PAID, "contradiction",
      "contradiction" },
    { declined, LIGDI_PAYMENT_STATE_DECLINED, declined, LIGDI_PAYMENT_STATE_DECLINED, "attempt",
      "" },
    { declined, LIGDI_PAYMENT_STATE_DECLINED, pending, LIGDI_PAYMENT_STATE_DECLINED, "attempt",
      "" },
    { declined, LIGDI_PAYMENT_STATE_DECLINED, completed, LIGDI_PAYMENT_STATE_DISPUTED,
      "confirmed-paid", "contradiction" },
    { declined, LIGDI_PAYMENT_STATE_DECLINED, mismatch, LIGDI_PAYMENT_STATE_DISPUTED,
      "confirmed-mismatch", "contradiction" },
    { mismatch, LIGDI_PAYMENT_STATE_DISPUTED, mismatch, LIGDI_PAYMENT_STATE_DISPUTED, "attempt",
      "wrong-amount" },
    { mismatch, LIGDI_PAYMENT_STATE_DISPUTED, completed, LIGDI_PAYMENT_STATE_DISPUTED,
      "contradiction", "wrong-amount" },
    { mismatch, LIGDI_PAYMENT_STATE_DISPUTED, declined, LIGDI_PAYMENT_STATE_DISPUTED,
      "contradiction", "wrong-amount" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = decide (till, table[i].first, table[i].state);
      g_autofree char *settled_by = ligdi_test_till_get_settled_by (till, payment);
      g_autofree char *journal = NULL;
      gint64 verdict_at = ligdi_payment_get_record (payment)->verdict_at;

      g_test_message ("row %u", i);
      /* Nobody has to wait for the gate here. */
      ligdi_test_till_execute (till, "UPDATE gate SET confirmed_at = 0");
      till->n_changes = 0;
      ligdi_test_peer_next_confirm (till->peer, table[i].second);
      g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
      /* Whoever asked hears that there was an answer. */
      ligdi_test_wait_until (till->n_changes > 0);
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, table[i].then);
      journal = ligdi_test_till_list_journal (till, payment);
      g_assert_cmpstr (strrchr (journal, ' ') + 1, ==, table[i].note);
      assert_text (ligdi_test_till_list_follow_ups (till, payment), table[i].follow_ups);
      assert_text (ligdi_test_till_get_settled_by (till, payment), settled_by);
      g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, ==, 0);
      if (table[i].then == table[i].state)
        {
          g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==,
                           LIGDI_ANSWER_VERDICT);
          g_assert_cmpint (ligdi_payment_get_record (payment)->verdict_at, ==, verdict_at);
        }
    }
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
}

/* In the background, an unresolved payment moves when something is decided, and only then. */
static void
test_background (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  ligdi_test_till_wait_check (payment, 2);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, >,
                   ligdi_payment_get_record (payment)->checked_at);
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_follow_ups (till, payment), "");
  assert_text (ligdi_test_till_list_journal (till, payment),
               "intent invoice-created customer-cancelled attempt patience-exhausted attempt "
               "confirmed-paid");
}

/* A payment nobody holds stays watched. */
static void
test_watched_unheld (LigdiTestTill *till, gconstpointer data)
{
  g_object_unref (ligdi_test_till_leave_unresolved (till, AMOUNT));
  ligdi_test_peer_always_confirm (till->peer, completed);
  till->n_changes = 0;
  ligdi_test_wait_until (till->n_changes > 0);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "paid");
}

/* Another process has decided about the payment: this one catches up, and does not ask for ever
 * about what it can no longer write down. */
static void
test_another_process_decides (LigdiTestTill *till, gconstpointer data)
{
  const LigdiTestPlay *what_we_hear = data;
  LigdiTestTill other = { .path = till->path, .peer = till->peer };
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (GPtrArray) listed = NULL;
  LigdiPayment *theirs;

  other.create_errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  other.ledger_errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  ligdi_test_till_open (&other);
  listed = ligdi_checkout_list_payments (other.checkout, 0, G_MAXINT64, NULL);
  theirs = g_ptr_array_index (listed, 0);
  g_assert_true (theirs != payment);

  ligdi_test_till_execute (till, "UPDATE gate SET confirmed_at = 0");
  ligdi_test_peer_next_confirm (till->peer, completed);
  ligdi_test_peer_always_confirm (till->peer, *what_we_hear);
  ligdi_checkout_check_now (other.checkout, theirs, NULL);
  ligdi_test_till_wait_state (theirs, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "paid");
  /* The first process asks once more in its turn, and is told otherwise, or nothing new. */
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, ==, 0);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), <=, 3);
  assert_text (ligdi_test_till_get_settled_by (till, payment), "payment");
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);

  g_ptr_array_set_size (listed, 0);
  ligdi_test_till_close (&other);
  g_ptr_array_unref (other.create_errors);
  g_ptr_array_unref (other.ledger_errors);
}

/* What the ledger alone knows: asked for when its time has come, and once. */
typedef struct
{
  GPtrArray *payments;
  gint64 horizon;
  guint n_reached;
} Beyond;

static void
on_horizon_reached (LigdiWatcher *watcher, gpointer user_data)
{
  Beyond *beyond = user_data;

  beyond->n_reached++;
  /* What happens meanwhile does not begin it anew. */
  if (beyond->payments->len > 0)
    ligdi_watcher_add (watcher, g_ptr_array_index (beyond->payments, 0));
  if (beyond->horizon != 0)
    ligdi_watcher_expect (watcher, beyond->payments, beyond->horizon);
}

static void
test_horizon (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiWatcher) watcher = ligdi_watcher_new (till->gateway, till->ledger);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Beyond beyond = { .payments = none };
  gint64 now = g_get_real_time () / 1000;

  g_signal_connect (watcher, "horizon-reached", G_CALLBACK (on_horizon_reached), &beyond);
  g_assert_false (ligdi_watcher_is_busy (watcher));
  ligdi_watcher_expect (watcher, none, now + 300);
  g_assert_true (ligdi_watcher_is_busy (watcher));
  g_assert_cmpuint (beyond.n_reached, ==, 0);
  ligdi_test_wait_until (beyond.n_reached == 1);
  g_assert_cmpint (g_get_real_time () / 1000, >=, now + 300);
  /* A ledger that cannot be read is not asked in a circle. */
  g_assert_true (ligdi_watcher_is_busy (watcher));
  g_assert_false (g_main_context_iteration (NULL, FALSE) && beyond.n_reached > 1);

  /* Nothing more: it is looked for at once, and not again. */
  beyond.horizon = G_MAXINT64;
  ligdi_watcher_expect (watcher, none, now);
  g_assert_cmpuint (beyond.n_reached, ==, 2);
  g_assert_false (ligdi_watcher_is_busy (watcher));
}

/* A payment that somebody has on screen is kept, however late it is due. */
static void
test_on_screen_is_kept (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiWatcher) watcher = ligdi_watcher_new (till->gateway, till->ledger);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  ligdi_watcher_add (watcher, payment);
  ligdi_watcher_expect (watcher, none, g_get_real_time () / 1000 + 100);
  ligdi_watcher_expect (watcher, none, G_MAXINT64);
  g_assert_true (ligdi_watcher_is_busy (watcher));
}

/* As many payments as are known at a time, and one more. */
#define MANY 201

static void
leave_unresolved_for (LigdiTestTill *till, guint number, gint64 due)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  g_autoptr (LigdiPaymentRecord) old = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  record->reference = g_strdup_printf ("LGD-%04u", number);
  record->transaction_id = g_strdup_printf ("transaction-%u", number);
  record->amount = AMOUNT;
  record->return_url = g_strdup ("https://ligdipay.invalid/return/x");
  record->cancel_url = g_strdup ("https://ligdipay.invalid/cancel/x");
  record->base_url = g_strdup ("https://app.ligdicash.com");
  record->created_at = due;
  g_assert_true (ligdi_ledger_begin_sale (till->ledger, sale, record, NULL, NULL));
  old = ligdi_payment_record_copy (record);
  record->state = LIGDI_PAYMENT_STATE_UNRESOLVED;
  record->token = g_strdup_printf ("token-%u", number);
  record->page_url = g_strdup ("https://app.ligdicash.com/x");
  record->next_check_at = due;
  g_assert_true (ligdi_ledger_record (till->ledger, old, record, due, "patience-exhausted", NULL,
                                      NULL));
}

/* When those that are known are done, the next ones are taken from the ledger; a ledger that
 * cannot be read then is told of. */
static void
test_many (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GPtrArray) listed = NULL;
  gint64 due = g_get_real_time () / 1000;

  for (guint i = 0; i < MANY; i++)
    leave_unresolved_for (till, i, due + i);
  g_assert_null (ligdi_checkout_recover (till->checkout, NULL));

  /* Left alone, they are still in the ledger, and are found again when their time has come. */
  listed = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  ligdi_test_till_execute (till, "UPDATE payment SET next_check_at = next_check_at + 1");
  for (guint i = 0; i < listed->len; i++)
    ligdi_checkout_leave_to_others (till->checkout, g_ptr_array_index (listed, i));
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) > 0);
  g_assert_true (ligdi_checkout_is_watching (till->checkout));

  ligdi_test_till_execute (till, "ALTER TABLE sale RENAME TO gone");
  for (guint i = 0; i < listed->len; i++)
    ligdi_checkout_leave_to_others (till->checkout, g_ptr_array_index (listed, i));
  ligdi_test_wait_until (till->ledger_errors->len > 0);
}

/* Of ten thousand payments the till knows those it can ask about soon; all the same each is
 * asked about in its turn, and the one that somebody looks at is not forgotten. */
static void
test_more_than_are_known (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) one = ligdi_test_till_leave_unresolved (till, AMOUNT);
  g_autoptr (LigdiPayment) other = ligdi_test_till_leave_unresolved (till, AMOUNT);
  /* Chance decides which is due first. */
  gboolean in_order = ligdi_payment_get_record (one)->next_check_at
                      < ligdi_payment_get_record (other)->next_check_at;
  LigdiPayment *early = in_order ? one : other;
  LigdiPayment *late = in_order ? other : one;
  g_autoptr (LigdiWatcher) watcher = ligdi_watcher_new (till->gateway, till->ledger);
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  Beyond beyond = { .payments = both, .horizon = G_MAXINT64 };
  gint64 due = ligdi_payment_get_record (early)->next_check_at;
  guint n_confirms;

  ligdi_checkout_leave_to_others (till->checkout, early);
  ligdi_checkout_leave_to_others (till->checkout, late);
  n_confirms = ligdi_test_peer_count_confirms (till->peer);
  g_ptr_array_add (first, early);
  g_ptr_array_add (both, early);
  g_ptr_array_add (both, late);
  g_signal_connect (watcher, "horizon-reached", G_CALLBACK (on_horizon_reached), &beyond);

  ligdi_watcher_expect (watcher, both, due);
  g_assert_cmpuint (beyond.n_reached, ==, 0);
  ligdi_test_wait_until (beyond.n_reached == 1);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) >= n_confirms + 2);
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
  add ("/checkout/watch/gap", test_gap);
  add ("/checkout/watch/exit-goes-at-once", test_exit_goes_at_once);
  add ("/checkout/watch/exit-goes-before-check-now", test_exit_goes_before_check_now);
  add ("/checkout/watch/rate-limit", test_rate_limit);
  add ("/checkout/watch/one-question-at-a-time", test_one_question_at_a_time);
  add ("/checkout/watch/check-now", test_check_now);
  add ("/checkout/watch/check-final", test_check_final);
  add ("/checkout/watch/background", test_background);
  add ("/checkout/watch/watched-unheld", test_watched_unheld);
  add ("/checkout/watch/horizon", test_horizon);
  add ("/checkout/watch/more-than-are-known", test_more_than_are_known);
  add ("/checkout/watch/on-screen-is-kept", test_on_screen_is_kept);
  add ("/checkout/watch/many", test_many);
  g_test_add ("/checkout/watch/another-process-decides", LigdiTestTill, &declined,
              ligdi_test_till_set_up, test_another_process_decides, ligdi_test_till_tear_down);
  g_test_add ("/checkout/watch/another-process-decides-first", LigdiTestTill, &pending,
              ligdi_test_till_set_up, test_another_process_decides, ligdi_test_till_tear_down);
  return g_test_run ();
}
