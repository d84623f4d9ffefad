/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-repeat-bar"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-repeat-bar.h"

static void
ask (PageTest *test, const char *name)
{
  g_autoptr (LigdiPayment) payment = made_up_payment (name, ligdi_dates_now ());

  ligdi_repeat_bar_ask (LIGDI_REPEAT_BAR (test->page), ligdi_payment_get_record (payment));
}

/* The key that charged is let go while the question has the keyboard already: it must be able to
 * take it. */
static void
test_takes_keys_at_once (void)
{
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_REPEAT_BAR, NULL));
  GtkWidget *focus;

  ask (test, "paid");
  focus = gtk_window_get_focus (GTK_WINDOW (test->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, test->page));
  g_assert_true (gtk_widget_get_realized (focus));
}

static void
test_answers (void)
{
  static const char *const names[][2] = {
    { "look", "See that payment" },
    { "same", "The same: do not charge" },
    { "other", "Another customer: charge" },
  };
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_REPEAT_BAR, NULL));

  ask (test, "pending");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint n;

      page_test_count (test->page, names[i][0], &n);
      ligdi_test_wait_until (page_test_find_button (test, names[i][1]) != NULL);
      page_test_click (test, names[i][1]);
      g_assert_cmpuint (n, ==, 1);
    }
  ligdi_repeat_bar_close (LIGDI_REPEAT_BAR (test->page));
  ligdi_test_wait_until (page_test_find_button (test, "See that payment") == NULL);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/repeat-bar/takes-keys-at-once", test_takes_keys_at_once);
  g_test_add_func ("/repeat-bar/answers", test_answers);
  return g_test_run ();
}
