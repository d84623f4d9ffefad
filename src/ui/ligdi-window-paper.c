/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-proof.h"
#include "ligdi-receipt.h"

#include <glib/gi18n.h>

/* What the window puts on paper, or on what stands for it. */

static LigdiReceiptShop
get_receipt_shop (LigdiWindow *self)
{
  return (LigdiReceiptShop){
    .name = self->shop_name,
    .till = self->till,
    .phone = self->phone,
    .footer = self->footer,
    .demonstration = self->demonstration,
  };
}

static void
on_print (LigdiResultPage *page, gpointer user_data)
{
  LigdiWindow *self = user_data;
  LigdiReceiptShop shop = get_receipt_shop (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiSale) sale = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (self->payment == NULL)
    return;
  sale = ligdi_checkout_load_sale (self->checkout, self->payment, &error);
  if (sale == NULL)
    {
      ligdi_window_show_error (self, error, NULL);
      return;
    }
  lines = ligdi_receipt_write (&shop, ligdi_payment_get_record (self->payment), sale);
  if (lines != NULL)
    ligdi_receipt_print (GTK_WINDOW (self), lines);
}

/* A payment's sheet, and the window that asks where to put it. */
typedef struct
{
  LigdiWindow *window;
  GPtrArray *lines;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_ptr_array_unref (saving->lines);
  g_free (saving);
}

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Saving *saving = user_data;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));
  if (path != NULL
      && !ligdi_receipt_export_pdf (saving->lines, LIGDI_PAPER_A4, path, &error))
    {
      g_message ("%s", error != NULL ? error->message : "unknown");
      ligdi_notice_show (saving->window->notice, _("The proof sheet was not saved"),
                         _("Choose another folder, or a disk with room on it."));
    }
  g_object_unref (dialog);
}

static void
save (LigdiWindow *self, const LigdiPaymentRecord *record, GPtrArray *lines)
{
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (_("Save the proof sheet"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strconcat (record->reference, ".pdf", NULL);
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){ .window = self, .lines = g_ptr_array_ref (lines) };
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "saving", saving, saving_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_place_chosen), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copy (LigdiWindow *self, GPtrArray *lines)
{
  g_autofree char *text = ligdi_proof_to_text (lines);

  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD),
                          text, -1);
  ligdi_notice_show (self->notice, _("The proof sheet is copied"),
                     _("Paste it into a message to LigdiCash."));
}

static void
on_proof_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;
  LigdiPayment *payment = ligdi_history_page_get_selected (self->history_page);
  LigdiReceiptShop shop = get_receipt_shop (self);
  const char *way = g_variant_get_string (parameter, NULL);
  g_autofree char *invoice_id = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (!ligdi_window_is_in_history (self) || payment == NULL)
    return;
  invoice_id = ligdi_checkout_get_invoice_id (self->checkout, payment);
  lines = ligdi_proof_write (&shop, ligdi_payment_get_record (payment), invoice_id);
  if (g_str_equal (way, "print"))
    ligdi_receipt_print (GTK_WINDOW (self), lines);
  else if (g_str_equal (way, "save"))
    save (self, ligdi_payment_get_record (payment), lines);
  else
    copy (self, lines);
}

static const GActionEntry actions[] = {
  { .name = "proof", .activate = on_proof_activated, .parameter_type = "s" },
};

/**
 * ligdi_window_add_paper:
 * @self: a window with all its pages
 *
 * From now on receipts, statements and proof sheets can be made.
 */
void
ligdi_window_add_paper (LigdiWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect (self->result_page, "print", G_CALLBACK (on_print), self);
}
