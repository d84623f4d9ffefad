/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-page-hint"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-page-hint.h"

#define FIVE_MINUTES (5 * 60 * G_GINT64_CONSTANT (1000))
#define REMINDER                                                                                   \
  "The customer has been paying for five minutes. Ask how it is going; the page stays open."

static void
watch (PageTest *test, gint64 age, LigdiOpening opening)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("awaiting", ligdi_dates_now ());
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_payment_record_copy (ligdi_payment_get_record (payment));

  record->created_at = g_get_real_time () / 1000 - age;
  record->opening = opening;
  ligdi_page_hint_watch (LIGDI_PAGE_HINT (test->page), record);
}

static gboolean
is_shown (PageTest *test)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (test->page));
}

/* After five minutes the cashier is reminded, once, and nothing else happens. */
static void
test_reminder (void)
{
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_PAGE_HINT, NULL));
  guint n;

  page_test_count (test->page, "closed", &n);
  watch (test, FIVE_MINUTES - 300, LIGDI_OPENING_HERE);
  g_assert_false (is_shown (test));
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_ALERT, REMINDER) != NULL);
  g_assert_nonnull (page_test_find_button (test, "Show the QR code"));
  page_test_click (test, "Close the hint");
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (is_shown (test));

  /* A page that was opened again long after is not reminded of at once. */
  watch (test, FIVE_MINUTES + 1000, LIGDI_OPENING_HERE);
  ligdi_test_finish_loop ();
  g_assert_false (is_shown (test));
}

static void
test_phone (void)
{
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_PAGE_HINT, NULL));
  guint n;

  page_test_count (test->page, "code-wanted", &n);
  watch (test, 0, LIGDI_OPENING_HERE);
  ligdi_page_hint_show_phone (LIGDI_PAGE_HINT (test->page));
  ligdi_test_wait_until (page_test_find_button (test, "Show the QR code") != NULL);
  page_test_click (test, "Show the QR code");
  g_assert_cmpuint (n, ==, 1);

  /* On a phone already, there is no code to offer; what was said is forgotten. */
  watch (test, 0, LIGDI_OPENING_PHONE);
  g_assert_false (is_shown (test));
  watch (test, FIVE_MINUTES - 200, LIGDI_OPENING_PHONE);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_ALERT, REMINDER) != NULL);
  g_assert_null (page_test_find_button (test, "Show the QR code"));
  ligdi_page_hint_watch (LIGDI_PAGE_HINT (test->page), NULL);
  g_assert_false (is_shown (test));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/page-hint/reminder", test_reminder);
  g_test_add_func ("/page-hint/phone", test_phone);
  return g_test_run ();
}
