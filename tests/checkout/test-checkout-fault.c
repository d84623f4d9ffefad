/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-test-till.h"

/* The ledger fails in the middle, and things are let go of while they are in use. */

#define AMOUNT 12500

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* From now on nothing can be written to @table, as if the disk were full just then. */
static void
break_table (LigdiTestTill *till, const char *table)
{
  g_autofree char *sql = g_strdup_printf (
      "CREATE TEMP TRIGGER broken_insert BEFORE INSERT ON main.%s"
      " BEGIN SELECT RAISE (ABORT, 'broken'); END;"
      "CREATE TEMP TRIGGER broken_update BEFORE UPDATE ON main.%s"
      " BEGIN SELECT RAISE (ABORT, 'broken'); END",
      table, table);

  g_assert_cmpint (
      sqlite3_exec (ligdi_ledger_get_database (till->ledger), sql, NULL, NULL, NULL), ==,
      SQLITE_OK);
}

static void
mend (LigdiTestTill *till)
{
  g_assert_cmpint (sqlite3_exec (ligdi_ledger_get_database (till->ledger),
                                 "DROP TRIGGER broken_insert; DROP TRIGGER broken_update", NULL,
                                 NULL, NULL),
                   ==, SQLITE_OK);
}

static void
assert_ledger_failed (LigdiTestTill *till, const GError *error, guint n_errors)
{
  if (error != NULL)
    g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  g_assert_cmpuint (till->ledger_errors->len, ==, n_errors);
  g_assert_error ((GError *) g_ptr_array_index (till->ledger_errors, n_errors - 1), LIGDI_ERROR,
                  LIGDI_ERROR_LEDGER);
}

/* No intent, no invoice. */
static void
test_begin (LigdiTestTill *till, gconstpointer data)
{
  static const char *const tables[] = { "sale", "sale_line", "payment", "payment_event" };
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;

      break_table (till, tables[i]);
      g_assert_null (ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_HERE, NULL, &error));
      assert_ledger_failed (till, error, i + 1);
      mend (till);
      assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM sale"), "0");
    }
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_requests (till->peer), ==, 0);
  payment = ligdi_test_till_await (till, AMOUNT);
  g_assert_cmpint (ligdi_payment_get_record (payment)->ticket, ==, 1);
}

/* No token on disk, no page: and the cashier can still give up. */
static void
test_invoice (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (LigdiPayment) again = NULL;

  payment = ligdi_test_till_begin (till, AMOUNT);
  break_table (till, "payment_event");
  ligdi_test_wait_until (till->ledger_errors->len == 1);
  assert_ledger_failed (till, NULL, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_CREATING);
  g_assert_null (ligdi_payment_get_record (payment)->token);
  g_assert_null (ligdi_payment_get_record (payment)->page_url);
  g_assert_cmpuint (till->n_changes, ==, 0);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");

  g_assert_false (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
  mend (till);
  g_assert_true (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
  again = ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, NULL);
  ligdi_test_till_wait_state (again, LIGDI_PAYMENT_STATE_AWAITING);
}

static void
test_refusal (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .body = LIGDI_TEST_REFUSED ("02") });
  payment = ligdi_test_till_begin (till, AMOUNT);
  break_table (till, "payment");
  ligdi_test_wait_until (till->ledger_errors->len == 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_CREATING);
  g_assert_cmpuint (till->create_errors->len, ==, 0);
  mend (till);
  g_assert_true (ligdi_checkout_cancel_creating (till->checkout, payment, NULL));
}

/* A page that was left but could not be noted as left can be left again. */
static void
test_exit (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (GError) error = NULL;

  break_table (till, "payment");
  g_assert_false (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, &error));
  assert_ledger_failed (till, error, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_NONE);
  mend (till);
  g_assert_true (ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_RETURNED);
}

/* A verdict that could not be written down was not given: it is asked for again, and settles
 * the sale once. */
static void
test_verdict (LigdiTestTill *till, gconstpointer data)
{
  static const char *const tables[] = { "payment", "payment_event", "sale" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);
      guint n_errors = till->ledger_errors->len;

      g_test_message ("%s", tables[i]);
      ligdi_test_peer_always_confirm (till->peer, completed);
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
      break_table (till, tables[i]);
      ligdi_test_wait_until (till->ledger_errors->len > n_errors);
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
      g_assert_cmpint (ligdi_payment_get_record (payment)->verdict_at, ==, 0);
      assert_text (ligdi_test_till_get_settled_by (till, payment), "open");
      mend (till);
      ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
      assert_text (ligdi_test_till_get_settled_by (till, payment), "payment");
      assert_text (ligdi_test_till_list_follow_ups (till, payment), "");
      assert_text (ligdi_test_till_list_journal (till, payment),
                   "intent invoice-created customer-returned confirmed-paid");
    }
}

static void
test_attempt (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  break_table (till, "payment_event");
  ligdi_test_wait_until (till->ledger_errors->len == 1);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_checks, ==, 0);
  mend (till);
  ligdi_test_till_wait_check (payment, 1);
}

static void
test_cash_and_again (LigdiTestTill *till, gconstpointer data)
{
  static const char *const tables[] = { "sale", "payment", "payment_event" };
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  guint n_creates = ligdi_test_peer_count_creates (till->peer);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;

      break_table (till, tables[i]);
      g_assert_false (ligdi_checkout_settle_in_cash (till->checkout, payment, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
      g_clear_error (&error);
      if (i > 0)
        {
          g_assert_null (ligdi_checkout_begin_again (till->checkout, payment, LIGDI_OPENING_HERE, &error));
          g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
        }
      mend (till);
      g_assert_cmpint (ligdi_payment_get_record (payment)->released_by, ==, LIGDI_RELEASE_NONE);
      assert_text (ligdi_test_till_get_settled_by (till, payment), "open");
      assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"), "1");
    }
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, n_creates);
  g_assert_true (ligdi_checkout_settle_in_cash (till->checkout, payment, NULL));
}

/* Reopening fails: the wait that was going on goes on. */
static void
test_reopen (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_set_patience (till->checkout, 600);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  break_table (till, "payment");
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  mend (till);
  ligdi_test_till_wait_check (payment, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
}

/* A gate that cannot be written is not passed; whoever asks after it was mended is not kept. */
static void
test_gate (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  break_table (till, "gate");
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  assert_ledger_failed (till, NULL, 1);
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 0);
  mend (till);
  ligdi_test_peer_always_confirm (till->peer, completed);
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

/* The program ends while a reply is on its way: at once, and nothing is lost. */
static void
test_end_while_creating (LigdiTestTill *till, gconstpointer data)
{
  LigdiPayment *payment;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  payment = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  g_object_unref (payment);
  ligdi_test_till_close (till);
  ligdi_test_peer_release (till->peer);
  ligdi_test_finish_loop ();
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");
  assert_text (ligdi_test_till_query (till, "SELECT closed_cleanly FROM house_keeping"), "1");
}

static void
test_end_before_sending (LigdiTestTill *till, gconstpointer data)
{
  g_object_unref (ligdi_test_till_begin (till, AMOUNT));
  ligdi_test_till_close (till);
  ligdi_test_finish_loop ();
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");
}

static void
test_end_while_asking (LigdiTestTill *till, gconstpointer data)
{
  LigdiTestPlay held
      = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CONFIRMED ("completed") };
  LigdiPayment *payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_always_confirm (till->peer, held);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  ligdi_test_till_close (till);
  /* A screen may still hold the payment. */
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_finalize_object (payment);
  ligdi_test_peer_release (till->peer);
  ligdi_test_finish_loop ();
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "verifying");
  assert_text (ligdi_test_till_query (till, "SELECT closed_cleanly FROM house_keeping"), "1");
}

/* As the application does it when its windows still hold the checkout. */
static void
test_disposed (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) asked = ligdi_test_till_await (till, AMOUNT);
  g_autoptr (LigdiPayment) created = NULL;
  LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CREATED };

  ligdi_test_peer_always_create (till->peer, held);
  ligdi_test_peer_always_confirm (till->peer, held);
  ligdi_checkout_leave_page (till->checkout, asked, LIGDI_EXIT_RETURNED, NULL);
  created = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (ligdi_test_peer_count_requests (till->peer) == 3);
  till->n_changes = 0;
  g_object_run_dispose (G_OBJECT (till->checkout));
  g_object_run_dispose (G_OBJECT (till->checkout));
  ligdi_test_peer_release (till->peer);
  ligdi_test_finish_loop ();
  g_assert_cmpint (ligdi_payment_get_state (asked), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_state (created), ==, LIGDI_PAYMENT_STATE_CREATING);
  g_assert_cmpuint (till->n_changes, ==, 0);
}

static void
on_changed_let_go (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiTestTill *till = user_data;

  g_clear_object (&till->checkout);
  g_clear_object (&till->ledger);
  g_clear_object (&till->gateway);
}

static void
on_failed_let_go (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  on_changed_let_go (checkout, NULL, user_data);
}

static void
on_create_failed_let_go (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                         gpointer user_data)
{
  on_changed_let_go (checkout, payment, user_data);
}

static void
let_go_when_changed (LigdiTestTill *till)
{
  g_signal_connect (till->checkout, "payment-changed", G_CALLBACK (on_changed_let_go), till);
}

/* The last owner lets go of everything from inside each of the signals that come by themselves. */
static void
test_let_go_at_invoice (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_begin (till, AMOUNT);

  let_go_when_changed (till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
}

static void
test_let_go_at_refusal (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .body = LIGDI_TEST_REFUSED ("02") });
  payment = ligdi_test_till_begin (till, AMOUNT);
  g_signal_connect (till->checkout, "create-failed", G_CALLBACK (on_create_failed_let_go), till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
}

static void
test_let_go_at_verdict (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  let_go_when_changed (till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_PAID);
}

static void
test_let_go_at_attempt (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  let_go_when_changed (till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_record (payment)->n_checks, ==, 1);
}

static void
test_let_go_at_end_of_patience (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_set_patience (till->checkout, 1);
  ligdi_test_peer_always_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                                .body = "{}" });
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  let_go_when_changed (till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
}

static void
test_let_go_at_failing_gate (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_check (payment, 1);
  /* The next question comes by itself, from the watcher's timer. */
  break_table (till, "gate");
  g_signal_connect (till->checkout, "ledger-failed", G_CALLBACK (on_failed_let_go), till);
  ligdi_test_wait_until (till->checkout == NULL);
}

static void
test_let_go_at_failing_verdict (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  break_table (till, "payment");
  g_signal_connect (till->checkout, "ledger-failed", G_CALLBACK (on_failed_let_go), till);
  ligdi_test_wait_until (till->checkout == NULL);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
}

/* A screen that acts on a change from inside the change. */
typedef struct
{
  gboolean stopped;
  LigdiPayment *again;
} Screen;

static void
on_changed_act (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  Screen *screen = user_data;

  switch (ligdi_payment_get_state (payment))
    {
    case LIGDI_PAYMENT_STATE_AWAITING:
      ligdi_checkout_leave_page (checkout, payment, LIGDI_EXIT_RETURNED, NULL);
      break;
    case LIGDI_PAYMENT_STATE_VERIFYING:
      if (ligdi_payment_get_record (payment)->n_checks > 0 && !screen->stopped)
        {
          screen->stopped = TRUE;
          ligdi_checkout_stop_waiting (checkout, payment, NULL);
        }
      break;
    case LIGDI_PAYMENT_STATE_DECLINED:
      if (screen->again == NULL)
        screen->again = ligdi_checkout_begin_again (checkout, payment, LIGDI_OPENING_HERE, NULL);
      break;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_ABORTED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      break;
    }
}

static void
test_acting_from_inside (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = NULL;
  Screen screen = { FALSE, NULL };

  g_signal_connect (till->checkout, "payment-changed", G_CALLBACK (on_changed_act), &screen);
  ligdi_test_peer_next_confirm (till->peer,
                                (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("pending") });
  ligdi_test_peer_next_confirm (till->peer,
                                (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("notcompleted") });
  ligdi_test_peer_always_confirm (till->peer, completed);
  first = ligdi_test_till_begin (till, AMOUNT);
  ligdi_test_wait_until (screen.again != NULL);
  ligdi_test_till_wait_state (screen.again, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_journal (till, first),
               "intent invoice-created customer-returned attempt patience-exhausted"
               " confirmed-declined");
  assert_text (ligdi_test_till_list_journal (till, screen.again),
               "intent invoice-created customer-returned confirmed-paid");
  assert_text (ligdi_test_till_get_settled_by (till, first), "payment");
  g_assert_cmpuint (till->ledger_errors->len, ==, 0);
  g_object_unref (screen.again);
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
  add ("/checkout/fault/begin", test_begin);
  add ("/checkout/fault/invoice", test_invoice);
  add ("/checkout/fault/refusal", test_refusal);
  add ("/checkout/fault/exit", test_exit);
  add ("/checkout/fault/verdict", test_verdict);
  add ("/checkout/fault/attempt", test_attempt);
  add ("/checkout/fault/cash-and-again", test_cash_and_again);
  add ("/checkout/fault/reopen", test_reopen);
  add ("/checkout/fault/gate", test_gate);
  add ("/checkout/fault/end-while-creating", test_end_while_creating);
  add ("/checkout/fault/end-before-sending", test_end_before_sending);
  add ("/checkout/fault/end-while-asking", test_end_while_asking);
  add ("/checkout/fault/disposed", test_disposed);
  add ("/checkout/fault/let-go-at-invoice", test_let_go_at_invoice);
  add ("/checkout/fault/let-go-at-refusal", test_let_go_at_refusal);
  add ("/checkout/fault/let-go-at-verdict", test_let_go_at_verdict);
  add ("/checkout/fault/let-go-at-attempt", test_let_go_at_attempt);
  add ("/checkout/fault/let-go-at-end-of-patience", test_let_go_at_end_of_patience);
  add ("/checkout/fault/let-go-at-failing-gate", test_let_go_at_failing_gate);
  add ("/checkout/fault/let-go-at-failing-verdict", test_let_go_at_failing_verdict);
  add ("/checkout/fault/acting-from-inside", test_acting_from_inside);
  return g_test_run ();
}
