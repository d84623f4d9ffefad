/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-verifying-page"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-verifying-page.h"

/* The page while nobody knows anything yet. */

static PageTest *
show_page (LigdiPayment *payment)
{
  GtkWidget *page = ligdi_verifying_page_new ();

  ligdi_verifying_page_set_payment (LIGDI_VERIFYING_PAGE (page), payment);
  return page_test_show (page);
}

static void
test_keys (void)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("verifying", ligdi_dates_now ());
  g_autoptr (PageTest) test = show_page (payment);
  guint n;

  page_test_count (test->page, "continue-in-background", &n);
  page_test_pass_guard ();
  page_test_press (test, GDK_KEY_Return);
  page_test_scan (test, "6111234500017");
  g_assert_cmpuint (n, ==, 0);
  page_test_press (test, GDK_KEY_Escape);
  g_assert_cmpuint (n, ==, 1);
  page_test_click (test, "Continue in background");
  g_assert_cmpuint (n, ==, 2);
}

static void
test_words_follow_the_payment (void)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("verifying", ligdi_dates_now ());
  g_autoptr (PageTest) test = show_page (payment);
  g_autoptr (LigdiPaymentRecord) record
    = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Ticket 0147"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "12 500 F CFA"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Payment page finished"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Try 2"));
  record->n_checks = 4;
  record->exit = LIGDI_EXIT_CANCELLED;
  ligdi_payment_commit (payment, record);
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Payment page closed"));
  g_assert_nonnull (page_test_find (test, ATK_ROLE_LABEL, "Try 5"));
}

static void
test_seconds (void)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("verifying", ligdi_dates_now ());
  g_autoptr (PageTest) test = show_page (payment);

  int first = page_test_find_number (test, "%d seconds");

  g_assert_cmpint (first, >=, 6);
  ligdi_test_wait_until (page_test_find_number (test, "%d seconds") > first);
}

/* Nothing is known of the page, and it was long ago. */
static void
test_check_of_an_old_payment (void)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("verifying", ligdi_dates_now () - 86400000);
  g_autoptr (PageTest) test = show_page (payment);

  ligdi_test_wait_until (page_test_find_number (test, "%d seconds") >= 0);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/verifying-page/keys", test_keys);
  g_test_add_func ("/verifying-page/words-follow-the-payment", test_words_follow_the_payment);
  g_test_add_func ("/verifying-page/seconds", test_seconds);
  g_test_add_func ("/verifying-page/check-of-an-old-payment", test_check_of_an_old_payment);
  return g_test_run ();
}
