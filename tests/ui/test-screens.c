/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-screens"

#include "made-up-screens.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-style.h"

#include <libintl.h>

/* What holds for every screen there is, in French, on the smallest till. */

#define WIDTH 1024
#define HEIGHT 600
#define TOUCH 48
#define DPI_OF_100_PERCENT (96 * 1024)

typedef void (*Check) (const char *screen, GtkWidget *window, guint *n_faults);

static GtkWidget *
show (const char *name)
{
  GtkWidget *window = made_up_screen_new (name);

  gtk_style_context_add_class (gtk_widget_get_style_context (window), "small");
  ligdi_style_follow_size (GTK_WINDOW (window));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  ligdi_test_wait_until (gtk_widget_get_mapped (window)
                         && gtk_widget_get_allocated_width (window) >= WIDTH);
  page_test_settle ();
  return window;
}

/* Every screen is looked at before the test fails, so that all faults are named. */
static void
check_all (Check check)
{
  guint n_faults = 0;
  const char *name;

  for (guint i = 0; (name = made_up_screen_get_name (i)) != NULL; i++)
    {
      GtkWidget *window = show (name);

      check (name, window, &n_faults);
      gtk_widget_destroy (window);
      page_test_settle ();
    }
  if (n_faults > 0)
    g_test_fail_printf ("%u faults", n_faults);
}

static void
check_fits (const char *screen, GtkWidget *window, guint *n_faults)
{
  int width;
  int height;

  gtk_widget_get_preferred_width (window, &width, NULL);
  gtk_widget_get_preferred_height_for_width (window, MAX (width, WIDTH), &height, NULL);
  if (width <= WIDTH && height <= HEIGHT)
    return;
  g_test_message ("%s needs %d by %d", screen, width, height);
  ++*n_faults;
}

static void
test_fits (void)
{
  check_all (check_fits);
}

static void
test_fits_with_letters_twice_the_size (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-xft-dpi", 2 * DPI_OF_100_PERCENT, NULL);
  check_all (check_fits);
  g_object_set (settings, "gtk-xft-dpi", DPI_OF_100_PERCENT, NULL);
}

static void
test_fits_in_high_contrast (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-theme-name", "HighContrast", NULL);
  check_all (check_fits);
  g_object_set (settings, "gtk-theme-name", "Adwaita", NULL);
}

static int
get_height (GtkWidget *widget)
{
  int height;

  gtk_widget_get_preferred_height (widget, &height, NULL);
  return height;
}

/* The sizes follow the desktop's, not our style sheet. */
static void
test_letters_grow (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (PageTest) test = page_test_show (gtk_label_new ("12 500"));
  int before = get_height (test->page);

  g_object_set (settings, "gtk-xft-dpi", 2 * DPI_OF_100_PERCENT, NULL);
  ligdi_test_wait_until (get_height (test->page) >= before * 19 / 10);
  g_object_set (settings, "gtk-xft-dpi", DPI_OF_100_PERCENT, NULL);
  ligdi_test_wait_until (get_height (test->page) == before);
}

/* The parts of a number's entry are under one finger; a window's close button is the desktop's. */
static gboolean
is_target (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || gtk_style_context_has_class (gtk_widget_get_style_context (widget), "titlebutton"))
    return FALSE;
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SWITCH (widget);
}

typedef struct
{
  const char *screen;
  guint *n_faults;
} Walk;

static void
walk_targets (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);

  if (is_target (widget) && (width < TOUCH || height < TOUCH))
    {
      g_test_message ("%s: “%s” (%s) is %d by %d", walk->screen,
                      atk_object_get_name (gtk_widget_get_accessible (widget)),
                      G_OBJECT_TYPE_NAME (widget), width, height);
      ++*walk->n_faults;
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_targets, walk);
}

static void
check_targets (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, n_faults };

  walk_targets (window, &walk);
}

static void
test_targets (void)
{
  check_all (check_targets);
}

static void
walk_names (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;
  const char *name = atk_object_get_name (gtk_widget_get_accessible (widget));
  gboolean named = name != NULL && *name != '\0' && !g_str_has_suffix (name, "-symbolic");

  if (is_target (widget) && !named)
    {
      g_test_message ("%s: a %s has the name “%s”", walk->screen, G_OBJECT_TYPE_NAME (widget), name);
      ++*walk->n_faults;
    }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), walk_names, walk);
}

static void
check_names (const char *screen, GtkWidget *window, guint *n_faults)
{
  Walk walk = { screen, n_faults };

  walk_names (window, &walk);
}

static void
test_names (void)
{
  check_all (check_names);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "fr", TRUE);
  page_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("LIGDIPAY_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/screens/fits", test_fits);
  g_test_add_func ("/screens/fits-with-letters-twice-the-size",
                   test_fits_with_letters_twice_the_size);
  g_test_add_func ("/screens/fits-in-high-contrast", test_fits_in_high_contrast);
  g_test_add_func ("/screens/letters-grow", test_letters_grow);
  g_test_add_func ("/screens/targets", test_targets);
  g_test_add_func ("/screens/names", test_names);
  return g_test_run ();
}
