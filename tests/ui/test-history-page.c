/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-history-page"

#include "made-up-checkout.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-history-page.h"

/* The day's payments: names, totals, days, and asking again. */

static gboolean closed_wrong_amount;

static PageTest *
show_page (LigdiCheckout *checkout)
{
  GtkWidget *page = ligdi_history_page_new ();

  ligdi_history_page_set_till (LIGDI_HISTORY_PAGE (page), "Till no. 2");
  ligdi_history_page_set_checkout (LIGDI_HISTORY_PAGE (page), checkout);
  ligdi_history_page_refresh (LIGDI_HISTORY_PAGE (page));
  return page_test_show (page);
}

static AtkObject *
find_row (PageTest *test, const char *end)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (GPtrArray) payments
    = ligdi_checkout_list_payments (checkout, 0, G_MAXINT64, NULL);

  /* The time in a name is that of the made-up payment with the same ticket. */
  for (guint i = 0; i < payments->len; i++)
    {
      const LigdiPaymentRecord *record
        = ligdi_payment_get_record (g_ptr_array_index (payments, i));

      for (int earlier = 0; earlier < 2; earlier++)
        {
          g_autofree char *time = ligdi_dates_format_time (record->created_at - earlier * 60000);
          g_autofree char *name = g_strconcat (time, end, NULL);
          AtkObject *found = page_test_find (test, ATK_ROLE_LIST_ITEM, name);

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

static void
test_names_and_totals (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);

  g_assert_nonnull (find_row (test, ", ticket 191, pending, 8 500 francs CFA"));
  g_assert_nonnull (find_row (test, ", ticket 190, paid, 23 000 francs CFA"));
  g_assert_nonnull (find_row (test, ", ticket 193, to review, 12 500 francs CFA"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "57 000 F CFA"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "· 20 500 F"));
}

static void
test_detail_and_check (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);

  page_test_pass_guard ();
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0193 · Till no. 2"));
  page_test_press (test, GDK_KEY_Down);
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0191 · Till no. 2") != NULL);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Wait. Do not charge twice."));

  /* Nine equal answers are told by the first and the last. */
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Still pending") != NULL);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Pending at operator"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Check 1"));
  g_assert_null (page_test_find (test, ATK_ROLE_LABEL, "Check 5"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Check 9"));

  g_assert_nonnull (page_test_find_button (test, "Check now"));
  page_test_press (test, GDK_KEY_F5);
  g_assert_cmpuint (made_up_checkout_get_n_checks (checkout), ==, 1);
  ligdi_test_wait_until (find_row (test, ", ticket 191, checking, 8 500 francs CFA") != NULL);
  g_assert_false (gtk_widget_is_sensitive (page_test_find_button (test, "Asking LigdiCash")));
}

static void
test_check_that_is_refused (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);

  /* The made-up checkout asks only about open payments; the first is disputed. */
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_F5);
  ligdi_test_wait_until (
    page_test_find (test, ATK_ROLE_ALERT, "This payment has changed in the meantime.") != NULL);
}

static void
test_days (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);
  gint64 now = ligdi_dates_now ();
  g_autofree char *today = ligdi_dates_format_day (now);
  g_autofree char *yesterday = ligdi_dates_format_day (ligdi_dates_get_day_start (now, -1));
  AtkObject *list;

  page_test_pass_guard ();
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, today));
  g_assert_false (gtk_widget_is_sensitive (page_test_find_button (test, "Next day")));
  page_test_press_with (test, GDK_MOD1_MASK, GDK_KEY_Left);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, yesterday) != NULL);
  list = page_test_find (test, ATK_ROLE_LIST_BOX, "Payments");
  g_assert_nonnull (list);
  g_assert_cmpint (atk_object_get_n_accessible_children (list), ==, 0);
  g_assert_cmpstr (atk_object_get_description (list), ==, "No payments that day");
  g_assert_null (page_test_find_button (test, "Close this matter…"));
  page_test_press_with (test, GDK_MOD1_MASK, GDK_KEY_Right);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, today) != NULL);
  ligdi_test_wait_until (page_test_find_button (test, "Close this matter…") != NULL);

  /* There is no tomorrow yet. */
  page_test_press_with (test, GDK_MOD1_MASK, GDK_KEY_Right);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, today));
}

/* The chips count, and show only their kind. */
static void
test_filter (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);

  g_assert_nonnull (page_test_find (test, ATK_ROLE_RADIO_BUTTON, "All · 12"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_RADIO_BUTTON, "Paid · 4"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_RADIO_BUTTON, "To review · 2"));
  page_test_click (test, "Not paid · 2");
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0189 · Till no. 2") != NULL);
  g_assert_null (find_row (test, ", ticket 190, paid, 23 000 francs CFA"));
  page_test_click (test, "Pending · 4");
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0191 · Till no. 2") != NULL);
  /* Asked about, it is pending all the same. */
  page_test_press (test, GDK_KEY_F5);
  ligdi_test_wait_until (find_row (test, ", ticket 191, checking, 8 500 francs CFA") != NULL);
}

/* Whoever types searches, wherever the focus is; Escape ends the search before the page. */
static void
test_search (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);
  guint n_back;

  page_test_count (test->page, "back", &n_back);
  page_test_pass_guard ();
  page_test_click (test, "Paid · 4");
  page_test_press (test, GDK_KEY_1);
  page_test_press (test, GDK_KEY_8);
  page_test_press (test, GDK_KEY_9);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0189 · Till no. 2") != NULL);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_RADIO_BUTTON, "All · 1"));
  g_assert_null (page_test_find (test, ATK_ROLE_LABEL, "57 000 F CFA"));
  page_test_press (test, GDK_KEY_9);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0189 · Till no. 2") == NULL);
  g_assert_cmpstr (atk_object_get_description (
                       page_test_find (test, ATK_ROLE_LIST_BOX, "Payments")),
                   ==, "No payment found");
  page_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (n_back, ==, 0);
  ligdi_test_wait_until (find_row (test, ", ticket 190, paid, 23 000 francs CFA") != NULL);
  page_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (n_back, ==, 1);
}

/* As the window does where no code is asked for. */
static void
on_closing (LigdiHistoryPage *page, gboolean wrong_amount, gpointer user_data)
{
  closed_wrong_amount = wrong_amount;
  ligdi_history_page_close_follow_up (page);
}

static PageTest *
show_to_follow (LigdiCheckout *checkout)
{
  PageTest *test = show_page (checkout);

  g_signal_connect (test->page, "closing", G_CALLBACK (on_closing), NULL);
  ligdi_history_page_set_to_follow (LIGDI_HISTORY_PAGE (test->page), TRUE);
  return test;
}

static void
assert_section (PageTest *test, const char *row, const char *section)
{
  g_assert_nonnull (find_row (test, row));
  g_assert_cmpstr (atk_object_get_description (find_row (test, row)), ==, section);
}

/* What must be decided, what must be waited for, and what is only watched. */
static void
test_to_follow (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_to_follow (checkout);
  guint n_code;

  page_test_count (test->page, "show-code", &n_code);
  assert_section (test, ", ticket 193, to review, 12 500 francs CFA", "A person must decide");
  assert_section (test, ", ticket 191, pending, 8 500 francs CFA", "No result yet");
  assert_section (test, ", ticket 182, pending, 2 000 francs CFA", "Let go, still watched");
  g_assert_null (find_row (test, ", ticket 190, paid, 23 000 francs CFA"));
  g_assert_null (page_test_find (test, ATK_ROLE_RADIO_BUTTON, "All · 12"));

  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0183 · Till no. 2") != NULL);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL,
                                    "Cash was taken for this ticket too. Call the manager."));
  g_assert_null (page_test_find_button (test, "Show the QR code again"));
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find_button (test, "Show the QR code again") != NULL);
  page_test_click (test, "Show the QR code again");
  g_assert_cmpuint (n_code, ==, 1);
}

/* Nothing is closed without saying what was done. */
static void
test_close (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_to_follow (checkout);
  guint n_back;
  guint n_open;

  page_test_count (test->page, "back", &n_back);
  page_test_count (test->page, "open-payment", &n_open);
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0183 · Till no. 2") != NULL);
  page_test_click (test, "Close this matter…");
  ligdi_test_wait_until (page_test_find_button (test, "Close this matter") != NULL);
  g_assert_false (gtk_widget_is_sensitive (page_test_find_button (test, "Close this matter")));
  /* Escape leaves the question, not the page. */
  page_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (n_back, ==, 0);
  g_assert_null (page_test_find_button (test, "Close this matter"));

  page_test_click (test, "Close this matter…");
  ligdi_test_wait_until (page_test_find_button (test, "Close this matter") != NULL);
  page_test_click (test, "Given back to the customer");
  g_assert_true (gtk_widget_is_sensitive (page_test_find_button (test, "Close this matter")));
  closed_wrong_amount = TRUE;
  page_test_click (test, "Close this matter");
  g_assert_cmpstr (made_up_checkout_get_reason (checkout), ==,
                   "Given back to the customer (not kept)");
  /* It was about something else. */
  g_assert_false (closed_wrong_amount);
  g_assert_cmpuint (n_open, ==, 0);
}

static void
test_close_and_keep (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_to_follow (checkout);
  GtkEntry *remark;

  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0183 · Till no. 2") != NULL);
  page_test_click (test, "Close this matter…");
  ligdi_test_wait_until (page_test_find_button (test, "Close this matter") != NULL);
  page_test_click (test, "The shop keeps the money");
  remark = GTK_ENTRY (gtk_accessible_get_widget (
      GTK_ACCESSIBLE (page_test_find (test, ATK_ROLE_TEXT, "Remark"))));
  gtk_widget_grab_focus (GTK_WIDGET (remark));
  /* What is typed there is no search. */
  page_test_press (test, GDK_KEY_o);
  page_test_press (test, GDK_KEY_k);
  g_assert_cmpstr (gtk_entry_get_text (remark), ==, "ok");
  page_test_click (test, "Close this matter");
  g_assert_cmpstr (made_up_checkout_get_reason (checkout), ==,
                   "The shop keeps the money · ok (kept)");
}

/* What was rung up in its stead is one press away. */
static void
test_counterpart (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_to_follow (checkout);
  g_autofree char *time = NULL;
  g_autofree char *name = NULL;
  guint n_back;

  page_test_count (test->page, "back", &n_back);
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0183 · Till no. 2") != NULL);
  time = ligdi_dates_format_time (made_up_checkout_get_created_at (checkout, 190));
  name = g_strdup_printf ("Ticket 0190 at %s was paid instead", time);
  page_test_click (test, name);
  g_assert_cmpuint (n_back, ==, 1);
}

static void
test_ways_out (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);
  guint n_back;
  guint n_open;

  page_test_count (test->page, "back", &n_back);
  page_test_count (test->page, "open-payment", &n_open);
  page_test_show_again (test);
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (n_open, ==, 0);
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Return);
  g_assert_cmpuint (n_open, ==, 1);
  page_test_click (test, "Open this payment");
  g_assert_cmpuint (n_open, ==, 2);
  page_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (n_back, ==, 1);
}

/* A refresh keeps what the cashier looks at. */
static void
test_selection_stays (void)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  g_autoptr (PageTest) test = show_page (checkout);

  page_test_press (test, GDK_KEY_Down);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0192 · Till no. 2") != NULL);
  ligdi_history_page_refresh (LIGDI_HISTORY_PAGE (test->page));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0192 · Till no. 2"));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/history-page/names-and-totals", test_names_and_totals);
  g_test_add_func ("/history-page/detail-and-check", test_detail_and_check);
  g_test_add_func ("/history-page/check-that-is-refused", test_check_that_is_refused);
  g_test_add_func ("/history-page/days", test_days);
  g_test_add_func ("/history-page/filter", test_filter);
  g_test_add_func ("/history-page/search", test_search);
  g_test_add_func ("/history-page/to-follow", test_to_follow);
  g_test_add_func ("/history-page/close", test_close);
  g_test_add_func ("/history-page/close-and-keep", test_close_and_keep);
  g_test_add_func ("/history-page/counterpart", test_counterpart);
  g_test_add_func ("/history-page/ways-out", test_ways_out);
  g_test_add_func ("/history-page/selection-stays", test_selection_stays);
  return g_test_run ();
}
