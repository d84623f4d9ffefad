/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

#include <string.h>

/* From the press of Enter to the verdict. */

#define AMOUNT 12500

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* The intent is on disk before anything is sent, the token before anything is shown. */
static void
test_record_then_act (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  const LigdiPaymentRecord *record;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  payment = ligdi_test_till_begin (till, AMOUNT);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  record = ligdi_payment_get_record (payment);
  /* What was sent is what was written down. */
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body,
                            record->transaction_id));
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body, record->return_url));
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body, record->cancel_url));
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body, "\"Ticket 0001\""));
  g_assert_null (record->token);
  g_assert_cmpuint (till->n_changes, ==, 0);

  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  record = ligdi_payment_get_record (payment);
  g_assert_cmpuint (till->n_changes, ==, 1);
  g_assert_cmpstr (record->token, ==, ligdi_test_peer_get_create (till->peer, 0)->token);
  assert_text (ligdi_test_till_query (till, "SELECT token FROM payment"), record->token);
  assert_text (ligdi_test_till_query (till, "SELECT page_url FROM payment"), record->page_url);
  g_assert_cmpstr (record->return_url, !=, record->cancel_url);
}

/* What each answer makes of a payment whose customer came back. */
static void
test_verdicts (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    const char *name;
    LigdiTestPlay play;
    LigdiPaymentState state;
    LigdiAnswer answer;
    const char *follow_ups;
    const char *settled_by;
  } table[] = {
    { "paid", { .body = LIGDI_TEST_CONFIRMED ("completed") }, LIGDI_PAYMENT_STATE_PAID,
      LIGDI_ANSWER_VERDICT, "", "payment" },
    { "notcompleted", { .body = LIGDI_TEST_CONFIRMED ("notcompleted") },
      LIGDI_PAYMENT_STATE_DECLINED, LIGDI_ANSWER_VERDICT, "", "open" },
    { "nocompleted", { .body = LIGDI_TEST_CONFIRMED ("nocompleted") },
      LIGDI_PAYMENT_STATE_DECLINED, LIGDI_ANSWER_VERDICT, "", "open" },
    { "other amount",
      { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":100,"
                "\"montant\":100," LIGDI_TEST_CONFIRM_ID "}" },
      LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT, "wrong-amount", "open" },
    { "amounts disagree",
      { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":@AMOUNT@,"
                "\"montant\":100," LIGDI_TEST_CONFIRM_ID "}" },
      LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT, "wrong-amount", "open" },
    { "other id",
      { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":@AMOUNT@,"
                "\"custom_data\":{\"transaction_id\":\"other\"}}" },
      LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT, "contradiction", "open" },
    { "other currency",
      { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":@AMOUNT@,"
                "\"devise\":\"EUR\"," LIGDI_TEST_CONFIRM_ID "}" },
      LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT, "contradiction", "open" },
    { "pending", { .body = LIGDI_TEST_CONFIRMED ("pending") }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_PENDING, "", "open" },
    { "missing amount",
      { .body
        = "{\"response_code\":\"00\",\"status\":\"completed\"," LIGDI_TEST_CONFIRM_ID "}" },
      LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "missing id",
      { .body = "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":@AMOUNT@}" },
      LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "unknown word", { .body = LIGDI_TEST_CONFIRMED ("failed") }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "01", { .body = LIGDI_TEST_REFUSED ("02") }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "01 and completed",
      { .body = "{\"response_code\":\"01\",\"status\":\"completed\",\"amount\":@AMOUNT@,"
                LIGDI_TEST_CONFIRM_ID "}" },
      LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "not JSON", { .body = "<html>completed</html>" }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "HTTP 500", { .status = 500, .body = LIGDI_TEST_CONFIRMED ("completed") },
      LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "HTTP 401", { .status = 401, .body = "{}" }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_UNCLEAR, "", "open" },
    { "broken off", { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" }, LIGDI_PAYMENT_STATE_UNRESOLVED,
      LIGDI_ANSWER_OFFLINE, "", "open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = NULL;
      const LigdiPaymentRecord *record;

      g_test_message ("%s", table[i].name);
      ligdi_test_peer_always_confirm (till->peer, table[i].play);
      payment = ligdi_test_till_await (till, AMOUNT);
      g_assert_true (
          ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
      ligdi_test_till_wait_check (payment, 1);
      if (table[i].state == LIGDI_PAYMENT_STATE_UNRESOLVED)
        {
          /* One answer that decides nothing is not the end of the wait. */
          g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
          g_assert_true (ligdi_checkout_stop_waiting (till->checkout, payment, NULL));
        }
      record = ligdi_payment_get_record (payment);
      g_assert_cmpint (record->state, ==, table[i].state);
      g_assert_cmpint (record->last_answer, ==, table[i].answer);
      g_assert_cmpint (record->exit, ==, LIGDI_EXIT_RETURNED);
      g_assert_cmpint (record->verdict_at > 0, ==, table[i].answer == LIGDI_ANSWER_VERDICT);
      /* What is decided is not asked about any more; what is not, is. */
      g_assert_cmpint (record->next_check_at == 0, ==, table[i].answer == LIGDI_ANSWER_VERDICT);
      assert_text (ligdi_test_till_list_follow_ups (till, payment), table[i].follow_ups);
      assert_text (ligdi_test_till_get_settled_by (till, payment), table[i].settled_by);
    }
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
}

static void
test_details (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  const LigdiPaymentRecord *record;

  ligdi_test_peer_always_confirm (till->peer,
                                  (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("completed") });
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  record = ligdi_payment_get_record (payment);
  g_assert_cmpint (record->amount_received, ==, AMOUNT);
  g_assert_cmpstr (record->operator_name, ==, "ORANGE BURKINA");
  g_assert_cmpstr (record->payer, ==, "22670000000");
  g_assert_cmpstr (record->request_id, ==, "P2782222872026");
  assert_text (ligdi_test_till_list_journal (till, payment),
               "intent invoice-created customer-returned confirmed-paid");
}

/* Whichever way the page is left, confirm is asked at once; the exit is noted, and no exit but
 * the first. */
static void
test_exits (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    LigdiExit exit;
    const char *event;
  } table[] = {
    { LIGDI_EXIT_RETURNED, "customer-returned" },
    { LIGDI_EXIT_CANCELLED, "customer-cancelled" },
    { LIGDI_EXIT_LOST, "page-lost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
      g_autoptr (GError) error = NULL;
      g_autofree char *journal = NULL;
      g_autofree char *expected
          = g_strdup_printf ("intent invoice-created %s", table[i].event);
      guint n_confirms = ligdi_test_peer_count_confirms (till->peer);

      g_assert_true (ligdi_checkout_leave_page (till->checkout, payment, table[i].exit, NULL));
      for (int later = LIGDI_EXIT_RETURNED; later <= LIGDI_EXIT_LOST; later++)
        {
          g_assert_false (
              ligdi_checkout_leave_page (till->checkout, payment, (LigdiExit) later, &error));
          g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
          g_clear_error (&error);
        }
      g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, table[i].exit);
      journal = ligdi_test_till_list_journal (till, payment);
      g_assert_cmpstr (journal, ==, expected);
      ligdi_test_till_wait_check (payment, 1);
      g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, n_confirms + 1);
      g_assert_true (ligdi_checkout_stop_waiting (till->checkout, payment, NULL));
    }
}

/* After a cancel, two answers "pending" end the wait; one does not. */
static void
test_cancel_and_two_pendings (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_set_patience (till->checkout, 600);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_checks, ==, 2);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_pending, ==, 2);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 1);
  assert_text (ligdi_test_till_list_journal (till, payment),
               "intent invoice-created customer-cancelled attempt attempt patience-exhausted");
}

/* A silence between them says nothing. */
static void
test_cancel_and_interrupted_pendings (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_set_patience (till->checkout, 600);
  ligdi_test_peer_next_confirm (till->peer,
                                (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("pending") });
  ligdi_test_peer_next_confirm (till->peer, (LigdiTestPlay) { .status = 500, .body = "" });
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL);
  ligdi_test_till_wait_check (payment, 3);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_pending, ==, 1);
}

/* A customer who came back has paid, as a rule: the cashier waits on. */
static void
test_return_and_two_pendings (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_set_patience (till->checkout, 600);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (payment, 2);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  ligdi_test_peer_always_confirm (till->peer,
                                  (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("completed") });
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

/* A payment that is made while the page is still shown needs no exit. */
static void
test_verdict_without_exit (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_check (payment, 1);
  /* A page in trouble may still be paid. */
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
  ligdi_test_peer_always_confirm (till->peer,
                                  (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("completed") });
  /* Nobody asks again; ten seconds later it is asked all the same. */
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_journal (till, payment),
               "intent invoice-created attempt confirmed-paid");
  g_assert_false (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
}

/* A question from before the exit may be answered with what was true before it. */
static void
test_older_question_is_dropped (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_next_confirm (till->peer,
                                (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                  .body = LIGDI_TEST_CONFIRMED ("notcompleted") });
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, LIGDI_ANSWER_PENDING);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 2);
}

static void
test_network_lost (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  g_assert_true (ligdi_checkout_is_online (till->checkout));
  ligdi_checkout_set_patience (till->checkout, 1);
  ligdi_test_peer_always_confirm (till->peer,
                                  (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" });
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_LOST, NULL);
  ligdi_test_wait_until (!ligdi_checkout_is_online (till->checkout));
  g_assert_cmpuint (till->n_online_changes, ==, 1);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, LIGDI_ANSWER_OFFLINE);

  ligdi_test_peer_always_confirm (till->peer, (LigdiTestPlay) { .status = 500, .body = "" });
  /* An answer of any kind is an answer. */
  ligdi_test_wait_until (ligdi_checkout_is_online (till->checkout));
  g_assert_cmpuint (till->n_online_changes, ==, 2);
  ligdi_test_peer_always_confirm (till->peer,
                                  (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("completed") });
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
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
  add ("/checkout/verdict/record-then-act", test_record_then_act);
  add ("/checkout/verdict/every-answer", test_verdicts);
  add ("/checkout/verdict/details", test_details);
  add ("/checkout/verdict/exits", test_exits);
  add ("/checkout/verdict/cancel-and-two-pendings", test_cancel_and_two_pendings);
  add ("/checkout/verdict/cancel-and-interrupted-pendings", test_cancel_and_interrupted_pendings);
  add ("/checkout/verdict/return-and-two-pendings", test_return_and_two_pendings);
  add ("/checkout/verdict/without-exit", test_verdict_without_exit);
  add ("/checkout/verdict/older-question-is-dropped", test_older_question_is_dropped);
  add ("/checkout/verdict/network-lost", test_network_lost);
  return g_test_run ();
}
