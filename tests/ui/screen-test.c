/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "screen-test"

#include "screen-test.h"

#include "made-up-screens.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-style.h"

/* Every screen there is, one after the other, on the smallest till. */

GtkWidget *
screen_test_show (const char *name)
{
  GtkWidget *window = made_up_screen_new (name);

  gtk_style_context_add_class (gtk_widget_get_style_context (window), "small");
  ligdi_style_follow_size (GTK_WINDOW (window));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SCREEN_TEST_WIDTH, SCREEN_TEST_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  ligdi_test_wait_until (gtk_widget_get_mapped (window)
                         && gtk_widget_get_allocated_width (window) >= SCREEN_TEST_WIDTH);
  page_test_settle ();
  return window;
}

/* Every screen is looked at before the test fails, so that all faults are named. */
void
screen_test_check_all (ScreenTestCheck check)
{
  guint n_faults = 0;
  const char *name;

  for (guint i = 0; (name = made_up_screen_get_name (i)) != NULL; i++)
    {
      GtkWidget *window = screen_test_show (name);

      check (name, window, &n_faults);
      gtk_widget_destroy (window);
      page_test_settle ();
    }
  if (n_faults > 0)
    g_test_fail_printf ("%u faults", n_faults);
}
