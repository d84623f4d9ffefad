/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "page-gallery"

#include "made-up-screens.h"
#include "made-up.h"

#include "ligdi-dates.h"
#include "ligdi-proof.h"
#include "ligdi-receipt.h"
#include "ligdi-style.h"

#include <gtk/gtk.h>

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

/* Shows any screen in any state with made-up payments, to be looked at: one, or a picture of
 * each of them. */

/* An animation is over by then, and what is asked of a checkout has come. */
#define SETTLED_MS 150
#define DPI_OF_100_PERCENT 96
#define DPI_UNIT 1024

static gboolean contrast;
static gboolean dark;
static gboolean small;
static int text_percent = 100;
static char *folder;
static char *shot;

static const GOptionEntry entries[] = {
  { "contrast", 0, 0, G_OPTION_ARG_NONE, &contrast, "The desktop’s high contrast", NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "The dark colours", NULL },
  { "small", 0, 0, G_OPTION_ARG_NONE, &small, "1024 by 600 instead of 1280 by 800", NULL },
  { "text", 0, 0, G_OPTION_ARG_INT, &text_percent, "The desktop’s size of letters", "PERCENT" },
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Save pictures of all screens and end", "FOLDER" },
  { "shot", 0, 0, G_OPTION_ARG_FILENAME, &shot, "Save a picture and end", "FILE" },
  { NULL },
};

static guint nth;
static GtkWidget *window;

static LigdiSale *
make_lines (void)
{
  LigdiSale *sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz parfumé, sac 5 kg", 2, 3750);
  ligdi_sale_add (sale, "Huile végétale 1 L", 1, 1500);
  ligdi_sale_add (sale, "Sucre en poudre 1 kg", 2, 750);
  return sale;
}

/* Puts a receipt or a statement on a file. */
static int
export_paper (const char *name)
{
  static const LigdiReceiptShop shop = {
    .name = "Alimentation Wend-Kuni",
    .till = "Caisse n° 2",
    .phone = "+226 25 30 00 00",
    .footer = "Merci et à bientôt !",
    .demonstration = TRUE,
  };
  gboolean statement = g_str_has_prefix (name, "statement");
  LigdiPaper paper = g_str_has_suffix (name, "-a4") ? LIGDI_PAPER_A4 : LIGDI_PAPER_ROLL;
  g_autoptr (LigdiPayment) payment
    = made_up_payment (statement ? "too-little" : "paid", ligdi_dates_now ());
  g_autoptr (LigdiSale) sale = make_lines ();
  g_autoptr (GPtrArray) lines
    = g_str_has_prefix (name, "proof")
          ? ligdi_proof_write (&shop, ligdi_payment_get_record (payment), "78222287")
          : ligdi_receipt_write (&shop, ligdi_payment_get_record (payment), sale);
  g_autoptr (GError) error = NULL;

  if (ligdi_receipt_export_pdf (lines, paper, shot != NULL ? shot : "receipt.pdf", &error))
    return EXIT_SUCCESS;
  g_printerr ("%s\n", error->message);
  return EXIT_FAILURE;
}

static gboolean show (const char *name);

static void
save (const char *path)
{
  GdkWindow *surface = gtk_widget_get_window (window);
  g_autoptr (GdkPixbuf) picture
    = gdk_pixbuf_get_from_window (surface, 0, 0, gdk_window_get_width (surface),
                                  gdk_window_get_height (surface));

  if (picture == NULL || !gdk_pixbuf_save (picture, path, "png", NULL, NULL))
    g_error ("No picture could be saved as %s", path);
}

static gboolean
on_settled (gpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    {
      save (shot);
      gtk_main_quit ();
      return G_SOURCE_REMOVE;
    }
  name = g_strdup_printf ("%02u-%s.png", nth + 1, made_up_screen_get_name (nth));
  path = g_build_filename (folder, name, NULL);
  save (path);
  gtk_widget_destroy (window);
  if (!show (made_up_screen_get_name (++nth)))
    gtk_main_quit ();
  return G_SOURCE_REMOVE;
}

static gboolean
show (const char *name)
{
  window = name != NULL ? made_up_screen_new (name) : NULL;
  if (window == NULL)
    return FALSE;
  ligdi_style_follow_size (GTK_WINDOW (window));
  /* From the start, so that a screen that does not fit shows by its picture's size. */
  if (small)
    gtk_style_context_add_class (gtk_widget_get_style_context (window), "small");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), small ? 1024 : 1280, small ? 600 : 800);
  gtk_window_present (GTK_WINDOW (window));
  if (folder != NULL || shot != NULL)
    g_timeout_add (SETTLED_MS, on_settled, NULL);
  else
    g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  return TRUE;
}

static void
set_up_desktop (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", folder == NULL && shot == NULL,
                "gtk-xft-dpi", DPI_OF_100_PERCENT * DPI_UNIT * text_percent / 100, NULL);
  if (contrast)
    g_object_set (settings, "gtk-theme-name", "HighContrast", NULL);
}

static void
speak (void)
{
  const char *catalogues = g_getenv ("LIGDIPAY_LOCALEDIR");

  setlocale (LC_ALL, "");
  if (catalogues != NULL)
    bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[SCREEN]");
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiStyle) style = NULL;
  const char *name;

  speak ();
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gtk_get_option_group (TRUE));
  if (!g_option_context_parse (context, &argc, &argv, &error)
      || argc != (folder != NULL ? 1 : 2))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Which screen?");
      return EXIT_FAILURE;
    }
  name = folder != NULL ? made_up_screen_get_name (0) : argv[1];
  if (g_str_has_prefix (name, "receipt") || g_str_has_prefix (name, "statement")
      || g_str_has_prefix (name, "proof"))
    return export_paper (name);

  set_up_desktop ();
  style = ligdi_style_new (gdk_screen_get_default ());
  ligdi_style_set_appearance (style, dark ? LIGDI_APPEARANCE_DARK : LIGDI_APPEARANCE_LIGHT);
  if (!show (name))
    {
      g_printerr ("There is no screen %s\n", name);
      return EXIT_FAILURE;
    }
  gtk_main ();
  return EXIT_SUCCESS;
}
