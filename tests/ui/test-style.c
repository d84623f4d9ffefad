/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-style"

#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-style.h"

/* The style sheets are correct, the icons are found, and dark is dark. */

static void
on_parsing_error (GtkCssProvider *provider, GtkCssSection *section, GError *error, guint *n_errors)
{
  g_test_message ("line %u: %s", gtk_css_section_get_start_line (section) + 1, error->message);
  ++*n_errors;
}

static void
test_sheets_are_correct (void)
{
  static const char *const sheets[] = { "ligdipay.css", "ligdipay-dark.css", "ligdipay-contrast.css",
                                         "ligdipay-contrast-dark.css" };

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      g_autofree char *path = g_strconcat ("/com/example/LigdiPay/", sheets[i], NULL);
      guint n_errors = 0;

      g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), &n_errors);
      gtk_css_provider_load_from_resource (provider, path);
      g_assert_cmpuint (n_errors, ==, 0);
    }
}

/* A colour of the style as the page gets it, as 0xRRGGBB. */
static guint
get_colour (GtkWidget *widget, const char *name)
{
  GdkRGBA colour;

  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name,
                                                 &colour));
  return (guint) (colour.red * 255 + 0.5) << 16 | (guint) (colour.green * 255 + 0.5) << 8
         | (guint) (colour.blue * 255 + 0.5);
}

static void
test_appearance (void)
{
  g_autoptr (LigdiStyle) style = ligdi_style_new (gdk_screen_get_default ());
  g_autoptr (PageTest) test = page_test_show (gtk_label_new ("x"));

  g_assert_false (ligdi_style_is_dark (style));
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0xF5EFE3);
  ligdi_style_set_appearance (style, LIGDI_APPEARANCE_DARK);
  g_assert_true (ligdi_style_is_dark (style));
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0x17130E);
  g_assert_cmphex (get_colour (test->window, "accent_ink"), ==, 0xB7BFFF);
  ligdi_style_set_appearance (style, LIGDI_APPEARANCE_AUTO);
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0xF5EFE3);

  /* The desktop turns dark, but the shop wants it light. */
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Adwaita-dark", NULL);
  g_assert_true (ligdi_style_is_dark (style));
  ligdi_style_set_appearance (style, LIGDI_APPEARANCE_LIGHT);
  g_assert_false (ligdi_style_is_dark (style));
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Adwaita", NULL);
}

static void
test_high_contrast (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (LigdiStyle) style = ligdi_style_new (gdk_screen_get_default ());
  g_autoptr (PageTest) test = page_test_show (gtk_label_new ("x"));

  g_object_set (settings, "gtk-theme-name", "HighContrast", NULL);
  g_assert_false (ligdi_style_is_dark (style));
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0xFFFFFF);
  g_assert_cmphex (get_colour (test->window, "ink2"), ==, 0x000000);
  g_object_set (settings, "gtk-theme-name", "HighContrastInverse", NULL);
  g_assert_true (ligdi_style_is_dark (style));
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0x000000);
  g_assert_cmphex (get_colour (test->window, "ink2"), ==, 0xFFFFFF);
  /* The shop's choice between light and dark holds here too. */
  ligdi_style_set_appearance (style, LIGDI_APPEARANCE_LIGHT);
  g_assert_false (ligdi_style_is_dark (style));
  g_object_set (settings, "gtk-theme-name", "Adwaita", NULL);
  g_assert_cmphex (get_colour (test->window, "bg"), ==, 0xF5EFE3);
}

static void
test_desktop_is_left_as_it_was (void)
{
  LigdiStyle *style = ligdi_style_new (gdk_screen_get_default ());
  gboolean dark;

  ligdi_style_set_appearance (style, LIGDI_APPEARANCE_DARK);
  g_object_unref (style);
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &dark, NULL);
  g_assert_false (dark);
}

static void
test_icons (void)
{
  static const char *const names[] = {
    "com.example.LigdiPay",
    "ligdipay-barcode-symbolic",
    "ligdipay-state-cancelled-symbolic",
    "ligdipay-state-mismatch-symbolic",
    "ligdipay-state-notpaid-symbolic",
    "ligdipay-state-paid-symbolic",
    "ligdipay-state-pending-symbolic",
    "ligdipay-state-unknown-symbolic",
    "content-loading-symbolic",
    "dialog-warning-symbolic",
    "edit-clear-symbolic",
    "edit-delete-symbolic",
    "go-next-symbolic",
    "go-previous-symbolic",
    "list-add-symbolic",
    "network-offline-symbolic",
    "object-select-symbolic",
    "printer-symbolic",
    "radio-symbolic",
    "user-trash-symbolic",
    "view-more-horizontal-symbolic",
    "view-refresh-symbolic",
    "window-close-symbolic",
    "x-office-calendar-symbolic",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_default (), names[i]));
    }
}

static double
get_font_size (GtkWidget *widget)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double size;

  gtk_style_context_get (style, gtk_style_context_get_state (style), "font-size", &size, NULL);
  return size;
}

static GtkWidget *
add_pay_button (GtkWidget *box, gboolean sensitive)
{
  GtkWidget *button = gtk_button_new_with_label ("Pay");

  gtk_style_context_add_class (gtk_widget_get_style_context (button), "touch");
  gtk_style_context_add_class (gtk_widget_get_style_context (button), "pay");
  gtk_widget_set_sensitive (button, sensitive);
  gtk_container_add (GTK_CONTAINER (box), button);
  gtk_widget_show (button);
  return button;
}

/* Every size that letters pass through costs a font, which is kept: a till that pays a hundred
 * times a day would grow by as many. */
static void
test_letters_do_not_grow (void)
{
  g_autoptr (LigdiStyle) style = ligdi_style_new (gdk_screen_get_default ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *on = add_pay_button (box, TRUE);
  GtkWidget *off = add_pay_button (box, FALSE);
  g_autoptr (PageTest) test = page_test_show (box);
  double before = get_font_size (off);

  g_assert_cmpfloat (before, <, get_font_size (on));
  gtk_widget_set_sensitive (off, TRUE);
  ligdi_test_wait_until (get_font_size (off) != before);
  g_assert_cmpfloat (get_font_size (off), ==, get_font_size (on));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/style/sheets-are-correct", test_sheets_are_correct);
  g_test_add_func ("/style/appearance", test_appearance);
  g_test_add_func ("/style/high-contrast", test_high_contrast);
  g_test_add_func ("/style/desktop-is-left-as-it-was", test_desktop_is_left_as_it_was);
  g_test_add_func ("/style/icons", test_icons);
  g_test_add_func ("/style/letters-do-not-grow", test_letters_do_not_grow);
  return g_test_run ();
}
