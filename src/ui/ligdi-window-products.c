/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-import-words.h"
#include "ligdi-products-section.h"
#include "ligdi-window-private.h"

#include <glib/gi18n.h>

/* What the shop sells, from a file and into one. */

static LigdiProducts *
get_products (LigdiWindow *self)
{
  return ligdi_item_search_get_products (ligdi_sale_page_get_search (self->sale_page));
}

static LigdiProductsSection *
get_section (LigdiWindow *self)
{
  return LIGDI_PRODUCTS_SECTION (gtk_widget_get_template_child (
      GTK_WIDGET (self->preferences_page), LIGDI_TYPE_PREFERENCES_PAGE, "products"));
}

static LigdiCatalogueImport *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) content = g_mapped_file_new (path, FALSE, &error);

  if (content != NULL)
    return ligdi_catalogue_import (g_mapped_file_get_contents (content),
                                   g_mapped_file_get_length (content));
  g_message ("%s", error->message);
  return NULL;
}

static void
on_import_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *path = ligdi_window_take_path (dialog, response);
  g_autoptr (LigdiCatalogueImport) import = path != NULL ? read_file (path) : NULL;

  if (path == NULL)
    return;
  ligdi_notice_hide (self->notice);
  if (import == NULL)
    ligdi_notice_show (self->notice, _("That file cannot be opened"),
                       _("Copy it to this computer, and choose it again."));
  else if (import->fault != LIGDI_IMPORT_FAULT_NONE)
    ligdi_notice_show (self->notice, _("That file holds no products"),
                       ligdi_import_words_for_fault (import->fault));
  else
    ligdi_products_section_review (get_section (self), g_steal_pointer (&import));
}

static void
on_export_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *path = ligdi_window_take_path (dialog, response);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  text = ligdi_catalogue_write (ligdi_products_get_catalogue (get_products (self)));
  if (g_file_set_contents (path, text, -1, &error))
    {
      ligdi_notice_show (self->notice, _("The products are saved"),
                         _("The file can be changed in a spreadsheet, and imported again."));
      return;
    }
  g_message ("%s", error->message);
  ligdi_notice_show (self->notice, _("The products were not saved"),
                     _("Choose another folder, or a disk with room on it."));
}

static void
on_import (LigdiProductsSection *section, gpointer user_data)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (
      ligdi_window_choose_file (user_data, _("Import products"), GTK_FILE_CHOOSER_ACTION_OPEN,
                                G_CALLBACK (on_import_chosen))));
}

static void
on_export (LigdiProductsSection *section, gpointer user_data)
{
  GtkFileChooserNative *dialog
    = ligdi_window_choose_file (user_data, _("Export the products"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                G_CALLBACK (on_export_chosen));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "ligdipay-products.csv");
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_replaced (LigdiProductsSection *section, gboolean saved, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (saved)
    ligdi_notice_show (self->notice, _("The products are imported"),
                       _("Scan one, or type a part of its name."));
  else
    ligdi_notice_show (self->notice, _("The products were not saved"),
                       _("Make room on this computer’s disk, and import them again."));
}

/**
 * ligdi_window_add_products:
 * @self: a window with preferences
 *
 * Lets the shop's products be seen to there.
 */
void
ligdi_window_add_products (LigdiWindow *self)
{
  LigdiProductsSection *section = get_section (self);

  gtk_widget_set_visible (GTK_WIDGET (section), get_products (self) != NULL);
  if (get_products (self) == NULL)
    return;
  ligdi_products_section_set_products (section, get_products (self));
  g_signal_connect_object (section, "import", G_CALLBACK (on_import), self, 0);
  g_signal_connect_object (section, "export", G_CALLBACK (on_export), self, 0);
  g_signal_connect_object (section, "replaced", G_CALLBACK (on_replaced), self, 0);
}

/**
 * ligdi_window_set_products:
 * @self: a window that has no preferences yet
 * @products: what the shop sells
 *
 * Lets it be scanned and found, and changed in the preferences.
 */
void
ligdi_window_set_products (LigdiWindow *self, LigdiProducts *products)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (LIGDI_IS_PRODUCTS (products));

  ligdi_item_search_set_products (ligdi_sale_page_get_search (self->sale_page), products);
}
