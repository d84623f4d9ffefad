/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-result-page"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-result-page.h"

/* The results: what is announced, what the keys do, and what nothing may do. */

static const char *const signal_names[] = {
  "new-sale",    "retry",    "edit-sale", "check-now", "next-customer",
  "reopen-page", "pay-cash", "pay-again", "print",     "manager-told",
};

typedef struct
{
  PageTest *test;
  LigdiPayment *payment;
  GString *said;
} Result;

typedef struct
{
  Result *result;
  const char *name;
} Listener;

static void
on_signal (Listener *listener)
{
  g_string_append_printf (listener->result->said, "%s ", listener->name);
}

static void
free_listener (gpointer data, GClosure *closure)
{
  g_free (data);
}

static Result *
show_result (const char *name, gboolean online)
{
  Result *result = g_new0 (Result, 1);
  GtkWidget *page = ligdi_result_page_new ();

  result->payment = made_up_payment (name, ligdi_dates_now ());
  result->said = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signal_names); i++)
    {
      Listener *listener = g_new (Listener, 1);

      listener->result = result;
      listener->name = signal_names[i];
      g_signal_connect_data (page, signal_names[i], G_CALLBACK (on_signal), listener, free_listener,
                             G_CONNECT_SWAPPED);
    }
  ligdi_result_page_set_payment (LIGDI_RESULT_PAGE (page), result->payment,
                                 online ? LIGDI_DIAGNOSIS_CONNECTED : LIGDI_DIAGNOSIS_NO_LINK);
  result->test = page_test_show (page);
  return result;
}

static void
result_free (Result *result)
{
  page_test_free (result->test);
  g_object_unref (result->payment);
  g_string_free (result->said, TRUE);
  g_free (result);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

static void
assert_said (Result *result, const char *signals)
{
  g_assert_cmpstr (result->said->str, ==, signals);
  g_string_truncate (result->said, 0);
}

static void
move_on (LigdiPayment *payment, LigdiPaymentEvent event)
{
  g_autoptr (LigdiPaymentRecord) record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  g_assert_true (ligdi_payment_record_apply (record, event, NULL));
  record->verdict_at = ligdi_dates_now ();
  ligdi_payment_commit (payment, record);
}

static void
test_each_result (void)
{
  static const struct
  {
    const char *name;
    gboolean online;
    const char *word;
    const char *primary;
    const char *on_enter;
    const char *on_escape;
    const char *on_print;
  } table[] = {
    { "paid", TRUE, "PAID", "New sale", "new-sale ", "", "print " },
    { "notpaid", TRUE, "NOT PAID", "Try again", "retry ", "edit-sale ", "" },
    { "pending", TRUE, "PENDING", "Check now", "check-now ", "next-customer ", "" },
    { "closed", TRUE, "CLOSED, NOT CONFIRMED", "Check now", "check-now ", "next-customer ", "" },
    { "unclear", TRUE, "RESULT UNKNOWN", "Check now", "check-now ", "next-customer ", "" },
    { "offline", FALSE, "RESULT UNKNOWN", "Check now", "check-now ", "next-customer ", "" },
    { "too-little", TRUE, "WRONG AMOUNT", "Manager told", "manager-told ", "", "print " },
    { "review", TRUE, "TO REVIEW", "Manager told", "manager-told ", "", "print " },
    { "paid-twice", TRUE, "PAID TWICE", "Manager told", "manager-told ", "", "print " },
    { "aborted", TRUE, "CANCELLED", "Try again", "retry ", "edit-sale ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Result) result = show_result (table[i].name, table[i].online);
      GtkWidget *primary = page_test_find_button (result->test, table[i].primary);

      g_test_message ("%s", table[i].name);
      g_assert_nonnull (page_test_find (result->test, ATK_ROLE_ALERT, table[i].word));
      g_assert_nonnull (primary);
      g_assert_true (gtk_widget_is_focus (primary));

      /* Too early. */
      page_test_show_again (result->test);
      page_test_press (result->test, GDK_KEY_Return);
      assert_said (result, "");
      page_test_pass_guard ();
      page_test_press (result->test, GDK_KEY_Return);
      assert_said (result, table[i].on_enter);
      page_test_press (result->test, GDK_KEY_KP_Enter);
      assert_said (result, table[i].on_enter);
      page_test_press (result->test, GDK_KEY_Escape);
      assert_said (result, table[i].on_escape);
      page_test_press_with (result->test, GDK_CONTROL_MASK, GDK_KEY_p);
      assert_said (result, table[i].on_print);
      page_test_scan (result->test, "6111234500017");
      assert_said (result, "");
    }
}

static void
test_facts (void)
{
  g_autoptr (Result) result = show_result ("paid", TRUE);

  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "Orange Money"));
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "+226 07 •• •• 45"));
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "0147 · 9 items"));
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "LGD-7K2M-9QXA"));
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "12 500 F CFA"));
}

static void
test_order (void)
{
  g_autoptr (Result) result = show_result ("ordered", TRUE);

  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "CMD-2026-00417"));
}

static void
test_amounts_that_differ (void)
{
  g_autoptr (Result) result = show_result ("too-little", TRUE);

  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "12 500 F CFA"));
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL, "2 500 F CFA"));
  g_assert_nonnull (page_test_find (
    result->test, ATK_ROLE_LABEL,
    "10 000 F CFA missing. Marked “To review”, excluded from today’s total."));
}

static void
test_held_enter (void)
{
  g_autoptr (Result) result = show_result ("paid", TRUE);

  /* Held since the page before, and long past the guard. */
  page_test_hold (result->test, GDK_KEY_Return, 36, 0, 30);
  page_test_pass_guard ();
  for (guint i = 0; i < 20; i++)
    page_test_hold (result->test, GDK_KEY_Return, 36, 0, 40);
  assert_said (result, "");
}

static void
test_pay_another_way (void)
{
  g_autoptr (Result) result = show_result ("pending", TRUE);

  page_test_pass_guard ();
  g_assert_null (page_test_find_button (result->test, "Cash"));
  page_test_click (result->test, "Pay another way");
  /* The second tap of a nervous finger. */
  page_test_click (result->test, "Cash");
  assert_said (result, "");
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_LABEL,
                                    "Tell the customer: no more paying by phone."));
  page_test_press (result->test, GDK_KEY_Escape);
  assert_said (result, "");
  ligdi_test_wait_until (page_test_find_button (result->test, "Cash") == NULL);

  page_test_click (result->test, "Pay another way");
  ligdi_test_wait_until (page_test_find_button (result->test, "Cash") != NULL);
  page_test_pass_guard ();
  page_test_click (result->test, "Cash");
  assert_said (result, "pay-cash ");
  page_test_click (result->test, "New payment");
  assert_said (result, "pay-again ");
  page_test_click (result->test, "Back");
  ligdi_test_wait_until (page_test_find_button (result->test, "Reopen page") != NULL);
  page_test_click (result->test, "Reopen page");
  assert_said (result, "reopen-page ");
}

static void
test_no_other_way_after_one_was_taken (void)
{
  g_autoptr (Result) result = show_result ("released", TRUE);

  g_assert_null (page_test_find_button (result->test, "Pay another way"));
  g_assert_null (page_test_find_button (result->test, "Reopen page"));
}

static void
test_verdict_while_on_screen (void)
{
  g_autoptr (Result) result = show_result ("pending", TRUE);

  page_test_pass_guard ();
  page_test_click (result->test, "Pay another way");
  move_on (result->payment, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  /* Enter that was meant for "Check now". */
  page_test_press (result->test, GDK_KEY_Return);
  assert_said (result, "");

  ligdi_test_wait_until (page_test_find (result->test, ATK_ROLE_ALERT, "PAID") != NULL);
  g_assert_null (page_test_find_button (result->test, "Cash"));
  g_assert_true (gtk_widget_is_focus (page_test_find_button (result->test, "New sale")));
  page_test_pass_guard ();
  page_test_press (result->test, GDK_KEY_Return);
  assert_said (result, "new-sale ");
}

static void
test_asking_again_keeps_the_result (void)
{
  g_autoptr (Result) result = show_result ("pending", TRUE);

  move_on (result->payment, LIGDI_PAYMENT_EVENT_VERIFY_ASKED);
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_ALERT, "PENDING"));
}

static void
test_next_payment (void)
{
  g_autoptr (Result) result = show_result ("pending", TRUE);
  g_autoptr (LigdiPayment) other = made_up_payment ("notpaid", ligdi_dates_now ());

  page_test_pass_guard ();
  page_test_click (result->test, "Pay another way");
  ligdi_result_page_set_payment (LIGDI_RESULT_PAGE (result->test->page), other,
                                 LIGDI_DIAGNOSIS_CONNECTED);
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_ALERT, "NOT PAID"));
  move_on (result->payment, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  g_assert_nonnull (page_test_find (result->test, ATK_ROLE_ALERT, "NOT PAID"));
}

static void
test_countdown (void)
{
  g_autoptr (Result) result = show_result ("pending", TRUE);
  int left = page_test_find_number (result->test, "Next check in 0:%d");
  int gone = page_test_find_number (result->test, "for 1 min %d s");

  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (gone, >=, 20);
  ligdi_test_wait_until (page_test_find_number (result->test, "Next check in 0:%d") < left);
  ligdi_test_wait_until (page_test_find_number (result->test, "for 1 min %d s") > gone);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/result-page/each-result", test_each_result);
  g_test_add_func ("/result-page/facts", test_facts);
  g_test_add_func ("/result-page/order", test_order);
  g_test_add_func ("/result-page/amounts-that-differ", test_amounts_that_differ);
  g_test_add_func ("/result-page/held-enter", test_held_enter);
  g_test_add_func ("/result-page/pay-another-way", test_pay_another_way);
  g_test_add_func ("/result-page/no-other-way-after-one-was-taken",
                   test_no_other_way_after_one_was_taken);
  g_test_add_func ("/result-page/verdict-while-on-screen", test_verdict_while_on_screen);
  g_test_add_func ("/result-page/asking-again-keeps-the-result",
                   test_asking_again_keeps_the_result);
  g_test_add_func ("/result-page/next-payment", test_next_payment);
  g_test_add_func ("/result-page/countdown", test_countdown);
  return g_test_run ();
}
