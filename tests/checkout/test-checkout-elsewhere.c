/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-ledger-query.h"
#include "ligdi-test-till.h"

#include <glib/gstdio.h>

#include <stdlib.h>
#include <unistd.h>

/* A till that runs, and another program, a process of its own, that writes to its ledger. */

#define AMOUNT 12500
#define TOKEN "eyJ0eXAi.b3RoZXI.c2ln"

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay other_amount
    = { .body = "{\"response_code\":\"00\",\"token\":\"\",\"status\":\"completed\","
                LIGDI_TEST_CONFIRM_ID ",\"montant\":1000,\"amount\":1000}" };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* A payment that its own till learns nothing about. */
static LigdiPayment *
leave_unanswered (LigdiTestTill *till)
{
  LigdiPayment *payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  ligdi_test_peer_always_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                                .body = completed.body });
  return payment;
}

/* The other program. */

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
write_step (LigdiLedger *ledger, LigdiPaymentRecord *record, LigdiPaymentEvent event)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
  g_autoptr (GError) error = NULL;

  ligdi_payment_record_apply (record, event, NULL);
  ligdi_ledger_record (ledger, old, record, now_ms (), ligdi_payment_event_to_nick (event), NULL,
                       &error);
  g_assert_no_error (error);
}

static void
make_link (LigdiLedger *ledger, gboolean aside)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Lien", 1, AMOUNT);
  record->reference = g_strdup ("LGD-OTHER");
  record->transaction_id = g_strdup ("other");
  record->amount = AMOUNT;
  record->opening = LIGDI_OPENING_PHONE;
  record->return_url = g_strdup ("https://ligdipay.invalid/return/x");
  record->cancel_url = g_strdup ("https://ligdipay.invalid/cancel/x");
  record->base_url = g_strdup ("https://app.ligdicash.com");
  record->created_at = now_ms ();
  g_assert_true (ligdi_ledger_begin_sale (ledger, sale, record, NULL, NULL));
  record->token = g_strdup (TOKEN);
  record->page_url = g_strdup ("https://app.ligdicash.com/x");
  record->next_check_at = record->created_at;
  record->left_at = aside ? record->created_at : 0;
  write_step (ledger, record, LIGDI_PAYMENT_EVENT_INVOICE_CREATED);
}

static void
decide (LigdiLedger *ledger, LigdiPaymentEvent event)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_ledger_load_payment (ledger, 1, NULL);

  record->verdict_at = now_ms ();
  record->next_check_at = 0;
  write_step (ledger, record, event);
}

/* An answer that decided nothing new. */
static void
note_attempt (LigdiLedger *ledger)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_ledger_load_payment (ledger, 1, NULL);
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);

  record->n_checks = 99;
  record->checked_at = now_ms () + 1;
  if (record->verdict_at == 0)
    record->next_check_at = now_ms () + 60000;
  g_assert_true (ligdi_ledger_record (ledger, old, record, now_ms (), "attempt", NULL, NULL));
}

static void
sell (LigdiLedger *ledger)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;

  make_link (ledger, TRUE);
  record = ligdi_ledger_load_payment (ledger, 1, NULL);
  record->verdict_at = record->checked_at = now_ms ();
  record->next_check_at = 0;
  write_step (ledger, record, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
}

static void
close_follow_up (LigdiLedger *ledger)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_ledger_load_payment (ledger, 1, NULL);

  g_assert_true (ligdi_ledger_close_follow_up (ledger, record, "Vu", 0, now_ms (), NULL));
}

static void
contradict (LigdiLedger *ledger)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_ledger_load_payment (ledger, 1, NULL);

  g_assert_true (ligdi_ledger_open_contradiction (ledger, record, now_ms (), "pending", NULL));
}

static int
be_other (const char *path, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open_beside (path, FALSE, &error);
  gint64 wait;

  g_assert_no_error (error);
  if (g_str_equal (what, "link"))
    make_link (ledger, TRUE);
  else if (g_str_equal (what, "page"))
    make_link (ledger, FALSE);
  else if (g_str_equal (what, "attempt"))
    note_attempt (ledger);
  else if (g_str_equal (what, "sell"))
    sell (ledger);
  else if (g_str_equal (what, "close"))
    close_follow_up (ledger);
  else if (g_str_equal (what, "contradict"))
    contradict (ledger);
  else if (g_str_equal (what, "paid"))
    decide (ledger, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  else if (g_str_equal (what, "declined"))
    decide (ledger, LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED);
  else
    g_assert_true (ligdi_ledger_pass_gate (ledger, now_ms (), 0, TRUE, &wait, NULL));
  return EXIT_SUCCESS;
}

/* The till. */

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
write_elsewhere (LigdiTestTill *till, const char *what)
{
  g_autofree char *self = ligdi_test_find_self ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) other = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self,
                                                    "--other", till->path, what, NULL);
  gboolean ended = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_async (other, NULL, on_ended, &ended);
  ligdi_test_wait_until (ended);
}

static void
on_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (payment));
}

static GPtrArray *
listen (LigdiTestTill *till)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (till->checkout, "payment-changed", G_CALLBACK (on_changed), changed);
  return changed;
}

static guint
count (GPtrArray *changed, const char *reference)
{
  guint n_changes = 0;

  for (guint i = 0; i < changed->len; i++)
    if (g_str_equal (ligdi_payment_get_record (changed->pdata[i])->reference, reference))
      n_changes++;
  return n_changes;
}

static gboolean
has (GPtrArray *changed, const char *reference)
{
  return count (changed, reference) > 0;
}

static void
test_link_is_watched (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = listen (till);

  ligdi_checkout_follow (till->checkout);
  g_assert_null (ligdi_checkout_recover (till->checkout, NULL));
  write_elsewhere (till, "link");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  g_assert_cmpstr (ligdi_test_peer_get_confirm (till->peer, 0)->token, ==, TOKEN);
  ligdi_test_till_close (till);
}

/* A page that another program shows is that program's to ask about. */
static void
test_page_is_not_watched (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = listen (till);
  g_autoptr (LigdiPayment) own = NULL;

  ligdi_checkout_follow (till->checkout);
  write_elsewhere (till, "page");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  own = ligdi_test_till_leave_unresolved (till, AMOUNT);
  ligdi_test_till_wait_check (own, 2);
  for (guint i = 0; i < ligdi_test_peer_count_confirms (till->peer); i++)
    g_assert_cmpstr (ligdi_test_peer_get_confirm (till->peer, i)->token, !=, TOKEN);
  g_clear_object (&own);
  ligdi_test_till_close (till);
}

/* Of two tills, the one that holds the watch asks. */
static void
test_without_the_watch (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (LigdiLedger) holder = NULL;
  g_autoptr (LigdiPayment) own = NULL;

  ligdi_test_till_close (till);
  holder = ligdi_ledger_open (till->path, NULL);
  ligdi_test_till_open (till);
  changed = listen (till);
  ligdi_checkout_follow (till->checkout);
  write_elsewhere (till, "link");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  own = ligdi_test_till_leave_unresolved (till, AMOUNT);
  ligdi_test_till_wait_check (own, 2);
  for (guint i = 0; i < ligdi_test_peer_count_confirms (till->peer); i++)
    g_assert_cmpstr (ligdi_test_peer_get_confirm (till->peer, i)->token, !=, TOKEN);
  g_clear_object (&own);
  ligdi_test_till_close (till);
}

/* What another program found out is shown, once, and not asked again. */
static void
test_verdict_is_shown (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  guint n_confirms;

  ligdi_checkout_follow (till->checkout);
  payment = leave_unanswered (till);
  changed = listen (till);
  write_elsewhere (till, data);
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->verdict_at > 0);
  g_assert_cmpstr (ligdi_payment_state_to_nick (ligdi_payment_get_state (payment)), ==, data);
  g_assert_true (has (changed, ligdi_payment_get_record (payment)->reference));
  g_ptr_array_set_size (changed, 0);
  n_confirms = ligdi_test_peer_count_confirms (till->peer);
  write_elsewhere (till, "page");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  g_assert_false (has (changed, ligdi_payment_get_record (payment)->reference));
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, n_confirms);
  g_clear_object (&payment);
  ligdi_test_till_close (till);
}

static void
on_told_verdict (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* What a person decided at the other till is no longer to be decided here. */
static void
test_closing_is_shown (LigdiTestTill *till, gconstpointer data)
{
  gboolean let_go = GPOINTER_TO_INT (data);
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autofree char *reference = NULL;
  guint n_verdicts = 0;

  ligdi_checkout_follow (till->checkout);
  payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  ligdi_test_peer_always_confirm (till->peer, other_amount);
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->follow_up, !=, LIGDI_FOLLOW_UP_NONE);
  reference = g_strdup (ligdi_payment_get_record (payment)->reference);
  if (let_go)
    g_clear_object (&payment);
  changed = listen (till);
  g_signal_connect (till->checkout, "verdict", G_CALLBACK (on_told_verdict), &n_verdicts);
  write_elsewhere (till, "close");
  ligdi_test_wait_until (has (changed, reference));
  g_assert_true (let_go
                 || ligdi_payment_get_record (payment)->follow_up == LIGDI_FOLLOW_UP_NONE);
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 0);
  g_assert_cmpuint (n_verdicts, ==, 0);
  g_clear_object (&payment);
  ligdi_test_till_close (till);
}

/* What this till wrote itself is no news, also when its payments are let go; nor is what
 * another program did without moving a payment. */
static void
test_own_is_no_news (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GPtrArray) changed = NULL;

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_follow (till->checkout);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
      ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
    }
  changed = listen (till);
  write_elsewhere (till, "gate");
  write_elsewhere (till, "page");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  g_assert_cmpuint (count (changed, "LGD-OTHER"), ==, changed->len);
  ligdi_test_till_close (till);
}

/* The log is emptied now and then, and begun anew. */
static void
test_log_begins_anew (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GPtrArray) changed = listen (till);

  ligdi_checkout_follow (till->checkout);
  payment = leave_unanswered (till);
  ligdi_test_till_execute (till, "PRAGMA wal_checkpoint (TRUNCATE)");
  write_elsewhere (till, "paid");
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  ligdi_test_till_execute (till, "PRAGMA wal_checkpoint (TRUNCATE)");
  write_elsewhere (till, "link");
  ligdi_test_wait_until (has (changed, "LGD-OTHER"));
  g_ptr_array_set_size (changed, 0);
  g_clear_object (&payment);
  ligdi_test_till_close (till);
}

/* The ledger is on another disk, and its place holds a link to it. */
static void
test_link_to_ledger (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (till->folder, "disk", "till.sqlite", NULL);
  g_autofree char *disk = g_path_get_dirname (elsewhere);
  g_autoptr (LigdiPayment) payment = NULL;

  ligdi_test_till_close (till);
  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  g_assert_cmpint (g_rename (till->path, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, till->path), ==, 0);
  ligdi_test_till_open (till);
  ligdi_checkout_follow (till->checkout);
  payment = leave_unanswered (till);
  write_elsewhere (till, "paid");
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
}

static void
on_changed_let_go (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  g_object_run_dispose (G_OBJECT (checkout));
  *(gboolean *) user_data = TRUE;
}

/* Who hears of it may end the program, and then nobody is asked any more. */
static void
test_let_go (LigdiTestTill *till, gconstpointer data)
{
  gboolean done = FALSE;

  ligdi_checkout_follow (till->checkout);
  g_signal_connect (till->checkout, "payment-changed", G_CALLBACK (on_changed_let_go), &done);
  write_elsewhere (till, "link");
  ligdi_test_wait_until (done);
  ligdi_test_till_close (till);
  ligdi_test_finish_loop ();
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 0);
}

/* A verdict that comes while another program moves the payment is as good as before. */
static void
test_verdict_meets_step (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  ligdi_test_peer_next_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                              .body = completed.body });
  g_assert_true (ligdi_checkout_check_now (till->checkout, payment, NULL));
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 2);
  ligdi_test_till_execute (till, "UPDATE payment SET state = 'unresolved'");
  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "paid");
  assert_text (ligdi_test_till_get_settled_by (till, payment), "payment");
}

/* A program that comes and goes takes no watch from a till that starts meanwhile. */
static void
test_beside (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *missing = g_strconcat (till->path, ".not-there", NULL);
  g_autofree char *folder = g_build_filename (till->folder, "new", NULL);
  g_autofree char *new = g_build_filename (folder, "ledger.sqlite", NULL);
  g_autoptr (LigdiLedger) beside = NULL;
  g_autoptr (LigdiLedger) made = NULL;
  g_autoptr (GError) error = NULL;

  ligdi_test_till_close (till);
  beside = ligdi_ledger_open_beside (till->path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (ligdi_ledger_holds_watch (beside));
  ligdi_test_till_open (till);
  g_assert_true (ligdi_ledger_holds_watch (till->ledger));

  g_assert_null (ligdi_ledger_open_beside (missing, FALSE, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));

  made = ligdi_ledger_open_beside (new, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (ligdi_ledger_holds_watch (made));
  g_clear_object (&made);
  made = ligdi_ledger_open (new, &error);
  g_assert_no_error (error);
  g_assert_true (ligdi_ledger_holds_watch (made));
}

static void
count_verdict (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  *(guint *) user_data += 1;
}

/* All at once: this process hears of nothing before the other one has ended. */
static void
write_at_once (LigdiTestTill *till, const char *what)
{
  g_autofree char *self = ligdi_test_find_self ();
  char *argv[] = { self, (char *) "--other", till->path, (char *) what, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* A payment that this process has not heard of is sold elsewhere, and asked about once more
 * later. The first is news, and the second is none. */
static void
test_unknown_verdict (LigdiTestTill *till, gconstpointer data)
{
  guint n_told = 0;
  guint n_changes;

  ligdi_checkout_follow (till->checkout);
  g_signal_connect (till->checkout, "verdict", G_CALLBACK (count_verdict), &n_told);
  write_at_once (till, "sell");
  ligdi_test_wait_until (n_told == 1);
  n_changes = till->n_changes;
  write_at_once (till, "attempt");
  ligdi_test_wait_until (till->n_changes > n_changes);
  g_assert_cmpuint (n_told, ==, 1);
}

/* An answer that decided nothing, there, is known here, and the next question is due later. */
static void
test_attempt_elsewhere (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = leave_unanswered (till);

  ligdi_checkout_follow (till->checkout);
  write_at_once (till, "attempt");
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->n_checks == 99);
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, >, now_ms () + 30000);
  g_assert_true (ligdi_checkout_is_watching (till->checkout));
}

/* A program that ends leaves what it was waiting for to whoever stays. */
static void
test_leave_to_others (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  g_assert_true (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  ligdi_checkout_leave_to_others (till->checkout, payment);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, >, 0);
}

static void
test_orphans_unreadable (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ligdi_test_till_execute (till, "ALTER TABLE sale RENAME TO gone");
  g_assert_false (ligdi_checkout_abort_orphans (till->checkout, &error));
  g_assert_nonnull (error);
}

/* No step of the payment, which this program moved last; but its follow-up page is open. */
static void
test_follow_up_is_shown (LigdiTestTill *till, gconstpointer data)
{
  static const LigdiTestPlay mismatch
      = { .body = "{\"response_code\":\"00\",\"status\":\"completed\"," LIGDI_TEST_CONFIRM_ID
                  ",\"amount\":99}" };
  gboolean closes = g_str_equal (data, "close");
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, AMOUNT);

  ligdi_checkout_follow (till->checkout);
  ligdi_test_peer_next_confirm (till->peer, closes ? mismatch : completed);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_till_wait_state (payment, closes ? LIGDI_PAYMENT_STATE_DISPUTED
                                              : LIGDI_PAYMENT_STATE_PAID);
  write_elsewhere (till, data);
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->follow_up
                         == (closes ? LIGDI_FOLLOW_UP_NONE : LIGDI_FOLLOW_UP_CONTRADICTION));
}

static void
add_with (const char *path, void (*test) (LigdiTestTill *, gconstpointer), gconstpointer data)
{
  g_test_add (path, LigdiTestTill, data, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--other"))
    return be_other (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  add_with ("/checkout/elsewhere/link-is-watched", test_link_is_watched, NULL);
  add_with ("/checkout/elsewhere/page-is-not-watched", test_page_is_not_watched, NULL);
  add_with ("/checkout/elsewhere/without-the-watch", test_without_the_watch, NULL);
  add_with ("/checkout/elsewhere/paid-is-shown", test_verdict_is_shown, "paid");
  add_with ("/checkout/elsewhere/declined-is-shown", test_verdict_is_shown, "declined");
  add_with ("/checkout/elsewhere/closed-is-shown", test_follow_up_is_shown, "close");
  add_with ("/checkout/elsewhere/contradiction-is-shown", test_follow_up_is_shown, "contradict");
  add_with ("/checkout/elsewhere/closing-is-shown", test_closing_is_shown, NULL);
  add_with ("/checkout/elsewhere/closing-is-heard-of", test_closing_is_shown,
            GINT_TO_POINTER (TRUE));
  add_with ("/checkout/elsewhere/own-is-no-news", test_own_is_no_news, NULL);
  add_with ("/checkout/elsewhere/log-begins-anew", test_log_begins_anew, NULL);
  add_with ("/checkout/elsewhere/link-to-ledger", test_link_to_ledger, NULL);
  add_with ("/checkout/elsewhere/let-go", test_let_go, NULL);
  add_with ("/checkout/elsewhere/verdict-meets-step", test_verdict_meets_step, NULL);
  add_with ("/checkout/elsewhere/beside", test_beside, NULL);
  add_with ("/checkout/elsewhere/unknown-verdict", test_unknown_verdict, NULL);
  add_with ("/checkout/elsewhere/attempt", test_attempt_elsewhere, NULL);
  add_with ("/checkout/elsewhere/leave-to-others", test_leave_to_others, NULL);
  add_with ("/checkout/elsewhere/orphans-unreadable", test_orphans_unreadable, NULL);
  return g_test_run ();
}
