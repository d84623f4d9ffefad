/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-ledger-verify.h"
#include "ligdi-test-till.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A till that is killed, a process of its own, and the one that is started after it. The
 * gateway is this process, and lives. */

#define AMOUNT 12500

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* The till that will be killed. */
typedef struct
{
  LigdiCheckout *checkout;
  LigdiPayment *payment;
  LigdiPaymentState last; /* where it kills itself, if it gets that far */
} Victim;

static void
sell (Victim *victim)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz 5 kg", 1, AMOUNT);
  g_clear_object (&victim->payment);
  victim->payment = ligdi_checkout_begin (victim->checkout, sale, LIGDI_OPENING_HERE, NULL, NULL);
}

static gboolean
on_next_sale (gpointer user_data)
{
  sell (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_victim_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  Victim *victim = user_data;
  LigdiPaymentState state = ligdi_payment_get_state (payment);

  if (state == victim->last)
    kill (getpid (), SIGKILL);
  if (state == LIGDI_PAYMENT_STATE_AWAITING)
    ligdi_checkout_leave_page (checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  else if (state == LIGDI_PAYMENT_STATE_PAID)
    g_idle_add (on_next_sale, victim);
}

static int
be_killed (char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LigdiGateway) gateway
      = ligdi_gateway_new (argv[3], LIGDI_TEST_KEY, LIGDI_TEST_TOKEN, NULL);
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (argv[2], NULL);
  Victim victim = { .last = (LigdiPaymentState) g_ascii_strtoll (argv[4], NULL, 10) };

  victim.checkout = ligdi_checkout_new (gateway, ledger);
  ligdi_checkout_set_shop (victim.checkout, "Boutique", "");
  g_signal_connect (victim.checkout, "payment-changed", G_CALLBACK (on_victim_changed), &victim);
  sell (&victim);
  g_main_loop_run (loop);
  return EXIT_FAILURE;
}

/* No state of a payment: the victim does not kill itself. */
#define NEVER "99"

static GSubprocess *
start_victim (LigdiTestTill *till, const char *last)
{
  g_autofree char *self = ligdi_test_find_self ();
  g_autoptr (GError) error = NULL;
  GSubprocess *victim;

  ligdi_test_till_close (till);
  victim = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--victim", till->path,
                             ligdi_test_peer_get_base_url (till->peer), last, NULL);
  g_assert_no_error (error);
  return victim;
}

static void
on_victim_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *ended = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *ended = TRUE;
}

static void
wait_for_end (GSubprocess *victim)
{
  gboolean ended = FALSE;

  g_subprocess_wait_async (victim, NULL, on_victim_ended, &ended);
  ligdi_test_wait_until (ended);
  g_assert_true (g_subprocess_get_if_signaled (victim));
  g_assert_cmpint (g_subprocess_get_term_sig (victim), ==, SIGKILL);
}

static void
kill_victim (GSubprocess *victim)
{
  g_subprocess_send_signal (victim, SIGKILL);
  wait_for_end (victim);
}

/* What must hold at every moment, whatever was killed when. */
static void
assert_sound (LigdiTestTill *till)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  ligdi_ledger_verify_file (till->path, &count, &error);
  g_assert_no_error (error);
  assert_text (ligdi_test_till_query (till, "PRAGMA integrity_check"), "ok");
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM pragma_foreign_key_check"), "0");
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM sale WHERE id NOT IN"
                                            " (SELECT sale FROM payment)"),
               "0");
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment WHERE id NOT IN"
                                            " (SELECT payment FROM payment_event)"),
               "0");
  /* What the last line of its history says is where a payment is. */
  assert_text (ligdi_test_till_query (
                   till, "SELECT count (*) FROM payment AS p WHERE state <> (SELECT to_state FROM"
                         " payment_event WHERE payment = p.id ORDER BY id DESC LIMIT 1)"),
               "0");
  /* A sale is settled exactly when its payment is paid. */
  assert_text (ligdi_test_till_query (
                   till, "SELECT count (*) FROM payment AS p JOIN sale AS s ON s.id = p.sale"
                         " WHERE (p.state = 'paid') <> (s.settled_by = 'payment')"),
               "0");
}

static LigdiPayment *
recover (LigdiTestTill *till)
{
  g_autoptr (GError) error = NULL;
  LigdiPayment *payment;

  assert_sound (till);
  ligdi_test_till_open (till);
  payment = ligdi_checkout_recover (till->checkout, &error);
  g_assert_no_error (error);
  return payment;
}

/* After the intent, before the reply: nobody has seen a page. */
static void
test_before_reply (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GSubprocess) victim = NULL;

  ligdi_test_peer_always_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                               .body = LIGDI_TEST_CREATED });
  victim = start_victim (till, NEVER);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");
  kill_victim (victim);
  g_assert_null (recover (till));
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "aborted");
}

/* The token is on disk, the page was to be shown that very moment. */
static void
test_before_page (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *last = g_strdup_printf ("%d", LIGDI_PAYMENT_STATE_AWAITING);
  g_autoptr (GSubprocess) victim = start_victim (till, last);
  g_autoptr (LigdiPayment) payment = NULL;

  wait_for_end (victim);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "awaiting");
  payment = recover (till);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpstr (ligdi_payment_get_record (payment)->token, ==,
                   ligdi_test_peer_get_create (till->peer, 0)->token);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, LIGDI_ANSWER_PENDING);
  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
}

/* The customer has paid and come back; the till dies while it asks. */
static void
test_while_verifying (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GSubprocess) victim = NULL;
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                              .body = completed.body });
  ligdi_test_peer_always_confirm (till->peer, completed);
  victim = start_victim (till, NEVER);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  kill_victim (victim);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "verifying");
  payment = recover (till);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_follow_ups (till, payment), "");
  ligdi_test_till_close (till);
  assert_sound (till);
}

/* The verdict is on disk, and nobody has seen it yet. */
static void
test_before_verdict_is_shown (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *last = g_strdup_printf ("%d", LIGDI_PAYMENT_STATE_PAID);
  g_autoptr (GSubprocess) victim = NULL;

  ligdi_test_peer_always_confirm (till->peer, completed);
  victim = start_victim (till, last);
  wait_for_end (victim);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "paid");
  assert_text (ligdi_test_till_query (till, "SELECT settled_by FROM sale"), "payment");
  /* It is over: nothing to bring back, nothing to ask. */
  g_assert_null (recover (till));
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 1);
}

/* Killed after each of the first so many requests of a busy till, one after the other, on the
 * same ledger. */
static void
test_at_any_time (LigdiTestTill *till, gconstpointer data)
{
  ligdi_test_peer_always_confirm (till->peer, completed);
  for (guint n_requests = 1; n_requests <= 8; n_requests++)
    {
      guint before = ligdi_test_peer_count_requests (till->peer);
      g_autoptr (GSubprocess) victim = start_victim (till, NEVER);
      g_autoptr (LigdiPayment) payment = NULL;

      ligdi_test_wait_until (ligdi_test_peer_count_requests (till->peer) >= before + n_requests);
      kill_victim (victim);
      payment = recover (till);
      if (payment != NULL)
        ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
      g_clear_object (&payment);
      ligdi_test_till_close (till);
      assert_sound (till);
      assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"
                                                " WHERE state NOT IN ('paid', 'aborted')"),
                   "0");
      /* Every invoice the gateway made belongs to a sale of ours. */
      g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), >=, n_requests / 2);
    }
  assert_text (ligdi_test_till_query (till, "SELECT max (id) - count (*) FROM sale"), "0");
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM follow_up"), "0");
}

static void
add (const char *path, void (*test) (LigdiTestTill *, gconstpointer))
{
  g_test_add (path, LigdiTestTill, NULL, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--victim"))
    return be_killed (argv);

  g_test_init (&argc, &argv, NULL);
  add ("/crash/before-reply", test_before_reply);
  add ("/crash/before-page", test_before_page);
  add ("/crash/while-verifying", test_while_verifying);
  add ("/crash/before-verdict-is-shown", test_before_verdict_is_shown);
  add ("/crash/at-any-time", test_at_any_time);
  return g_test_run ();
}
