/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-settings-file.h"
#include "ligdi-window-private.h"

#include <glib/gi18n.h>

/* The way to what the shop sets, and back. */

static void
on_saved (LigdiPreferencesPage *page, gboolean undoable, gpointer user_data)
{
  LigdiWindow *self = user_data;
  GAction *undo = g_action_map_lookup_action (G_ACTION_MAP (self), "undo");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (undo), undoable);
}

static void
on_left (LigdiPreferencesPage *page, gpointer user_data)
{
  ligdi_window_go_back (user_data);
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
  text = ligdi_preferences_page_export (self->preferences_page);
  if (g_file_set_contents (path, text, -1, &error))
    {
      ligdi_notice_show (self->notice, _("The settings are saved"),
                         _("Open the file on the other till. The keys are not in it."));
      return;
    }
  g_message ("%s", error->message);
  ligdi_notice_show (self->notice, _("The settings were not saved"),
                     _("Choose another folder, or a disk with room on it."));
}

static void
on_import_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LigdiWindow *self = user_data;
  g_autofree char *path = ligdi_window_take_path (dialog, response);
  g_autoptr (GKeyFile) file = path != NULL ? ligdi_settings_file_open (path) : NULL;
  g_autofree char *title = NULL;
  guint n_changed;

  if (path == NULL)
    return;
  if (file == NULL)
    {
      ligdi_notice_show (self->notice, _("That file holds no settings"),
                         _("Choose one that a till of yours has exported."));
      return;
    }
  n_changed = ligdi_preferences_page_import (self->preferences_page, file);
  title = g_strdup_printf (
      ngettext ("%u setting changed", "%u settings changed", n_changed), n_changed);
  ligdi_notice_show (self->notice, title, _("The till’s number is left as it is."));
}

static void
on_export (LigdiPreferencesPage *page, gpointer user_data)
{
  GtkFileChooserNative *dialog
    = ligdi_window_choose_file (user_data, _("Export the settings"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                G_CALLBACK (on_export_chosen));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "ligdipay.conf");
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_import (LigdiPreferencesPage *page, gpointer user_data)
{
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (
      ligdi_window_choose_file (user_data, _("Import settings"), GTK_FILE_CHOOSER_ACTION_OPEN,
                                G_CALLBACK (on_import_chosen))));
}

/* It takes a while to make, and most days nobody looks at it. */
static LigdiPreferencesPage *
get_page (LigdiWindow *self)
{
  LigdiAccountForm *form;
  GtkWidget *page;

  if (self->preferences_page != NULL)
    return self->preferences_page;
  page = ligdi_preferences_page_new (self->settings);
  gtk_widget_show (page);
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  self->preferences_page = LIGDI_PREFERENCES_PAGE (page);
  form = ligdi_preferences_page_get_account_form (self->preferences_page);
  ligdi_account_form_set_demonstration (form, self->demonstration);
  g_signal_connect_swapped (form, "switch-money", G_CALLBACK (ligdi_window_enter_money), self);
  ligdi_window_add_account_form (self, form);
  ligdi_window_add_products (self);
  ligdi_window_add_staff (self);
  g_signal_connect (page, "saved", G_CALLBACK (on_saved), self);
  g_signal_connect (page, "left", G_CALLBACK (on_left), self);
  g_signal_connect (page, "export", G_CALLBACK (on_export), self);
  g_signal_connect (page, "import", G_CALLBACK (on_import), self);
  return self->preferences_page;
}

static void
on_undo_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->place == LIGDI_PLACE_PREFERENCES)
    ligdi_preferences_page_undo (self->preferences_page);
}

static void
open_preferences (LigdiWindow *self)
{
  ligdi_preferences_page_open (get_page (self));
  self->place = LIGDI_PLACE_PREFERENCES;
  ligdi_window_route (self);
}

static void
on_preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->settings == NULL || !gtk_widget_get_visible (self->counter)
      || ligdi_window_has_customer (self) || ligdi_window_is_guided (self))
    return;
  if (self->place == LIGDI_PLACE_PREFERENCES)
    {
      ligdi_window_go_back (self);
      return;
    }
  ligdi_window_approve (self, open_preferences);
}

static void
on_back_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ligdi_window_go_back (user_data);
}

static const GActionEntry actions[] = {
  { .name = "back", .activate = on_back_activated },
  { .name = "preferences", .activate = on_preferences_activated },
  { .name = "undo", .activate = on_undo_activated },
};

/**
 * ligdi_window_add_preferences:
 * @self: a window
 *
 * Makes the actions that lead to the preferences.
 */
void
ligdi_window_add_preferences (LigdiWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  on_saved (NULL, FALSE, self);
}

/**
 * ligdi_window_set_settings:
 * @self: a window
 * @settings: what the shop sets
 *
 * Lets it be changed here.
 */
void
ligdi_window_set_settings (LigdiWindow *self, GSettings *settings)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
}

/**
 * ligdi_window_choose_file:
 * @self: a window
 * @title: what for
 * @action: to open or to save
 * @chosen: called for #GtkNativeDialog::response, with @self; see ligdi_window_take_path()
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkFileChooserNative *
ligdi_window_choose_file (LigdiWindow *self, const char *title, GtkFileChooserAction action,
                          GCallback chosen)
{
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);

  /* What GTK shows otherwise, the files that were used last, is nothing to somebody with a stick. */
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), g_get_home_dir ());
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", chosen, self, 0);
  g_set_weak_pointer (&self->dialog, GTK_NATIVE_DIALOG (dialog));
  return dialog;
}

/**
 * ligdi_window_take_path:
 * @dialog: (transfer full): what ligdi_window_choose_file() gave
 * @response: how it was left
 *
 * Returns: (transfer full) (nullable): the file, or %NULL when none was chosen
 */
char *
ligdi_window_take_path (GtkNativeDialog *dialog, int response)
{
  char *path = response == GTK_RESPONSE_ACCEPT
                   ? gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog))
                   : NULL;

  g_object_unref (dialog);
  return path;
}

/**
 * ligdi_window_close_dialog:
 * @self: a window
 *
 * Nobody chooses a file any more.
 */
void
ligdi_window_close_dialog (LigdiWindow *self)
{
  GtkNativeDialog *dialog = self->dialog;

  if (dialog == NULL)
    return;
  g_clear_weak_pointer (&self->dialog);
  gtk_native_dialog_hide (dialog);
  g_object_unref (dialog);
}
