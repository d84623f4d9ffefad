/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "page-gallery"

#include "made-up-checkout.h"
#include "made-up.h"

#include "ligdi-dates.h"
#include "ligdi-history-page.h"
#include "ligdi-keypad.h"
#include "ligdi-proof.h"
#include "ligdi-receipt.h"
#include "ligdi-result-page.h"
#include "ligdi-sale-page.h"
#include "ligdi-style.h"
#include "ligdi-verifying-page.h"

#include <gtk/gtk.h>

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

/* Shows any page in any state with made-up payments, to be looked at. */

static gboolean dark;
static gboolean small;
static char *shot;

static const GOptionEntry entries[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "The dark colours", NULL },
  { "small", 0, 0, G_OPTION_ARG_NONE, &small, "1024 by 600 instead of 1280 by 800", NULL },
  { "shot", 0, 0, G_OPTION_ARG_FILENAME, &shot, "Save a picture and end", "FILE" },
  { NULL },
};

static GtkWidget *
make_header (void)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_style_context_add_class (gtk_widget_get_style_context (header), "header");
  return header;
}

static GtkWidget *
make_strip (void)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_style_context_add_class (gtk_widget_get_style_context (strip), dark ? "hazard" : "weave");
  return strip;
}

static gboolean
on_settled (gpointer data)
{
  GtkWidget *window = data;
  GdkWindow *surface = gtk_widget_get_window (window);
  g_autoptr (GdkPixbuf) picture
    = gdk_pixbuf_get_from_window (surface, 0, 0, gdk_window_get_width (surface),
                                  gdk_window_get_height (surface));

  if (picture == NULL || !gdk_pixbuf_save (picture, shot, "png", NULL, NULL))
    g_printerr ("No picture could be saved as %s\n", shot);
  gtk_main_quit ();
  return G_SOURCE_REMOVE;
}

static void
find_keypad (GtkWidget *widget, gpointer data)
{
  GtkWidget **keypad = data;

  if (LIGDI_IS_KEYPAD (widget))
    *keypad = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_keypad, keypad);
}

static void
type_amount (GtkWidget *page)
{
  GtkWidget *keypad = NULL;

  find_keypad (page, &keypad);
  g_signal_emit_by_name (keypad, "digits", "4");
  g_signal_emit_by_name (keypad, "multiply");
  g_signal_emit_by_name (keypad, "digits", "5");
  g_signal_emit_by_name (keypad, "digits", "00");
}

static LigdiSale *
make_lines (void)
{
  LigdiSale *sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz parfumé, sac 5 kg", 2, 3750);
  ligdi_sale_add (sale, "Huile végétale 1 L", 1, 1500);
  ligdi_sale_add (sale, "Sucre en poudre 1 kg", 2, 750);
  return sale;
}

static GtkWidget *
make_sale (const char *name)
{
  GtkWidget *page = ligdi_sale_page_new ();
  g_autoptr (LigdiSale) sale = make_lines ();

  ligdi_sale_page_set_limit (LIGDI_SALE_PAGE (page), 500000);
  if (g_str_equal (name, "sale") || g_str_equal (name, "sale-notice"))
    ligdi_sale_page_restore_sale (LIGDI_SALE_PAGE (page), sale);
  if (!g_str_equal (name, "sale-empty"))
    type_amount (page);
  if (g_str_equal (name, "sale-notice"))
    ligdi_sale_page_show_notice (LIGDI_SALE_PAGE (page), "Hors ligne : le paiement n’a pas été ouvert.",
                                 "Le ticket est conservé. Vérifiez le câble, le Wi-Fi ou le forfait, puis réessayez.");
  return page;
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

static GtkWidget *
make_history (const char *name)
{
  g_autoptr (LigdiCheckout) checkout = made_up_checkout_new ();
  GtkWidget *page = ligdi_history_page_new ();

  ligdi_history_page_set_till (LIGDI_HISTORY_PAGE (page), "Caisse n° 2");
  ligdi_history_page_set_checkout (LIGDI_HISTORY_PAGE (page), checkout);
  ligdi_history_page_set_to_follow (LIGDI_HISTORY_PAGE (page),
                                    g_str_equal (name, "history-to-follow"));
  return page;
}

static GtkWidget *
make_page (const char *name)
{
  g_autoptr (LigdiPayment) payment = made_up_payment (name, ligdi_dates_now ());
  GtkWidget *page;

  if (g_str_has_prefix (name, "sale"))
    return make_sale (name);
  if (g_str_has_prefix (name, "history"))
    return make_history (name);
  if (payment == NULL)
    return NULL;
  if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_VERIFYING)
    {
      page = ligdi_verifying_page_new ();
      ligdi_verifying_page_set_payment (LIGDI_VERIFYING_PAGE (page), payment);
      return page;
    }
  page = ligdi_result_page_new ();
  ligdi_result_page_set_payment (LIGDI_RESULT_PAGE (page), payment,
                                 !g_str_equal (name, "offline"));
  return page;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("PAGE");
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiStyle) style = NULL;
  const char *folder = g_getenv ("LIGDIPAY_LOCALEDIR");
  GtkWidget *window;
  GtkWidget *box;
  GtkWidget *page;

  setlocale (LC_ALL, "");
  if (folder != NULL)
    bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gtk_get_option_group (TRUE));
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Which page?");
      return EXIT_FAILURE;
    }

  if (g_str_has_prefix (argv[1], "receipt") || g_str_has_prefix (argv[1], "statement")
      || g_str_has_prefix (argv[1], "proof"))
    return export_paper (argv[1]);

  style = ligdi_style_new (gdk_screen_get_default ());
  ligdi_style_set_appearance (style, dark ? LIGDI_APPEARANCE_DARK : LIGDI_APPEARANCE_LIGHT);
  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_style_context_add_class (gtk_widget_get_style_context (window), "ligdipay");
  if (small)
    gtk_style_context_add_class (gtk_widget_get_style_context (window), "small");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), small ? 1024 : 1280, small ? 600 : 800);
  page = make_page (argv[1]);
  if (page == NULL)
    {
      g_printerr ("There is no page %s\n", argv[1]);
      return EXIT_FAILURE;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_container_add (GTK_CONTAINER (box), make_header ());
  if (!g_str_has_prefix (G_OBJECT_TYPE_NAME (page), "LigdiResult")
      && !g_str_has_prefix (G_OBJECT_TYPE_NAME (page), "LigdiVerifying"))
    gtk_container_add (GTK_CONTAINER (box), make_strip ());
  gtk_box_pack_start (GTK_BOX (box), page, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (window), box);
  g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  gtk_widget_show_all (window);
  if (shot != NULL)
    g_timeout_add (600, on_settled, window);
  gtk_main ();
  return EXIT_SUCCESS;
}
