/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

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

/* It takes a while to make, and most days nobody looks at it. */
static LigdiPreferencesPage *
get_page (LigdiWindow *self)
{
  GtkWidget *page;

  if (self->preferences_page != NULL)
    return self->preferences_page;
  page = ligdi_preferences_page_new (self->settings);
  gtk_widget_show (page);
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  self->preferences_page = LIGDI_PREFERENCES_PAGE (page);
  ligdi_preferences_page_set_demonstration (self->preferences_page, self->demonstration);
  g_signal_connect (page, "saved", G_CALLBACK (on_saved), self);
  g_signal_connect (page, "left", G_CALLBACK (on_left), self);
  return self->preferences_page;
}

static void
on_undo_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ligdi_preferences_page_undo (LIGDI_WINDOW (user_data)->preferences_page);
}

static void
on_preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (self->settings == NULL || !gtk_widget_get_visible (self->counter)
      || ligdi_window_has_customer (self))
    return;
  if (self->place == LIGDI_PLACE_PREFERENCES)
    {
      ligdi_window_go_back (self);
      return;
    }
  ligdi_preferences_page_open (get_page (self));
  self->place = LIGDI_PLACE_PREFERENCES;
  ligdi_window_route (self);
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
