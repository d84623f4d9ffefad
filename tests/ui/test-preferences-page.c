/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-preferences-page"
#define G_SETTINGS_ENABLE_BACKEND

#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-preferences-page.h"
#include "ligdi-settings-file.h"

#include <gio/gsettingsbackend.h>

/* Settings as an administrator has left them: the shop's name is set for good. */

#define LOCKED_KEY "/com/example/LigdiPay/shop-name"

#define LOCKED_TYPE_BACKEND (locked_backend_get_type ())
G_DECLARE_FINAL_TYPE (LockedBackend, locked_backend, LOCKED, BACKEND, GSettingsBackend)

struct _LockedBackend
{
  GSettingsBackend parent_instance;

  GHashTable *values;
};

G_DEFINE_FINAL_TYPE (LockedBackend, locked_backend, G_TYPE_SETTINGS_BACKEND)

static GVariant *
locked_backend_read (GSettingsBackend *backend, const char *key, const GVariantType *type,
                     gboolean default_value)
{
  GVariant *value = default_value ? NULL
                                  : g_hash_table_lookup (LOCKED_BACKEND (backend)->values, key);

  return value != NULL ? g_variant_ref (value) : NULL;
}

static gboolean
locked_backend_get_writable (GSettingsBackend *backend, const char *key)
{
  return !g_str_equal (key, LOCKED_KEY);
}

static gboolean
locked_backend_write (GSettingsBackend *backend, const char *key, GVariant *value, gpointer tag)
{
  g_assert_true (locked_backend_get_writable (backend, key));
  g_hash_table_replace (LOCKED_BACKEND (backend)->values, g_strdup (key),
                        g_variant_ref_sink (value));
  g_settings_backend_changed (backend, key, tag);
  return TRUE;
}

static void
locked_backend_subscribe (GSettingsBackend *backend, const char *name)
{
}

static GPermission *
locked_backend_get_permission (GSettingsBackend *backend, const char *path)
{
  return g_simple_permission_new (TRUE);
}

static void
locked_backend_finalize (GObject *object)
{
  g_hash_table_unref (LOCKED_BACKEND (object)->values);
  G_OBJECT_CLASS (locked_backend_parent_class)->finalize (object);
}

static void
locked_backend_class_init (LockedBackendClass *klass)
{
  GSettingsBackendClass *backend_class = G_SETTINGS_BACKEND_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = locked_backend_finalize;
  backend_class->read = locked_backend_read;
  backend_class->get_writable = locked_backend_get_writable;
  backend_class->write = locked_backend_write;
  backend_class->subscribe = locked_backend_subscribe;
  backend_class->unsubscribe = locked_backend_subscribe;
  backend_class->get_permission = locked_backend_get_permission;
}

static void
locked_backend_init (LockedBackend *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_variant_unref);
}

static GSettings *
new_settings (void)
{
  g_autoptr (GSettingsBackend) backend = g_object_new (LOCKED_TYPE_BACKEND, NULL);

  g_hash_table_insert (LOCKED_BACKEND (backend)->values, g_strdup (LOCKED_KEY),
                       g_variant_ref_sink (g_variant_new_string ("Chez Awa")));
  return g_settings_new_with_backend ("com.example.LigdiPay", backend);
}

static gboolean
has_state (AtkObject *object, AtkStateType state)
{
  g_autoptr (AtkStateSet) states = atk_object_ref_state_set (object);

  return atk_state_set_contains_state (states, state);
}

static void
test_locked (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (PageTest) test = page_test_show (ligdi_preferences_page_new (settings));
  AtkObject *name = page_test_find (test, ATK_ROLE_TEXT, "Name");
  AtkObject *till = page_test_find (test, ATK_ROLE_TEXT, "Till");

  g_assert_nonnull (name);
  g_assert_nonnull (till);
  g_assert_false (has_state (name, ATK_STATE_SENSITIVE));
  g_assert_cmpstr (atk_object_get_description (name), ==, "Set by the administrator");
  g_assert_true (has_state (till, ATK_STATE_SENSITIVE));
  g_assert_cmpstr (atk_object_get_description (till), ==, "Its number or its name");
}

/* Nor does a file change it, and all that it does change is taken back at once. */
static void
test_locked_for_files (void)
{
  static const char text[] = "[LigdiPay]\nshop-name='Chez Binta'\nshop-phone='25 30 00 00'\n"
                             "patience=5\nappearance='dark'\ntill='9'\ncustomer-display='yes'\n";
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "settings.conf", NULL);
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (PageTest) test = page_test_show (ligdi_preferences_page_new (settings));
  LigdiPreferencesPage *page = LIGDI_PREFERENCES_PAGE (test->page);
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *phone_before = NULL;
  g_autofree char *appearance = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  file = ligdi_settings_file_open (path);
  g_assert_nonnull (file);
  g_assert_cmpuint (ligdi_preferences_page_import (page, file), ==, 2);
  name = g_settings_get_string (settings, "shop-name");
  phone = g_settings_get_string (settings, "shop-phone");
  g_assert_cmpstr (name, ==, "Chez Awa");
  g_assert_cmpstr (phone, ==, "25 30 00 00");
  g_assert_cmpuint (g_settings_get_uint (settings, "patience"), ==, 45);

  ligdi_preferences_page_undo (page);
  phone_before = g_settings_get_string (settings, "shop-phone");
  appearance = g_settings_get_string (settings, "appearance");
  g_assert_cmpstr (phone_before, ==, "");
  g_assert_cmpstr (appearance, ==, "auto");
}

/* Nobody is told of what is wrong with a value that they did not give. */
static void
test_passing_by (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (PageTest) test = page_test_show (ligdi_preferences_page_new (settings));
  AtkObject *phone = page_test_find (test, ATK_ROLE_TEXT, "Telephone");
  GtkWidget *entry = gtk_accessible_get_widget (GTK_ACCESSIBLE (phone));

  g_settings_set_string (settings, "shop-phone", "at the shop");
  gtk_widget_grab_focus (entry);
  gtk_widget_child_focus (test->window, GTK_DIR_TAB_FORWARD);
  g_assert_false (gtk_widget_has_focus (entry));
  g_assert_cmpstr (atk_object_get_description (phone), ==, "Printed on the receipt");

  gtk_widget_grab_focus (entry);
  gtk_entry_set_text (GTK_ENTRY (entry), "at home");
  gtk_widget_child_focus (test->window, GTK_DIR_TAB_FORWARD);
  g_assert_cmpstr (atk_object_get_description (phone), ==, "A telephone number has no letters.");
}

/* Who moves the page with the wheel sets nothing on the way. */
static void
test_wheel (void)
{
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (PageTest) test = page_test_show (ligdi_preferences_page_new (settings));
  AtkObject *patience = NULL;
  GtkWidget *spin;
  g_autoptr (GdkEvent) event = gdk_event_new (GDK_SCROLL);

  /* It is further down until there are two columns. */
  ligdi_test_wait_until ((patience = page_test_find (test, ATK_ROLE_SPIN_BUTTON,
                                                     "Stop waiting after"))
                         != NULL);
  spin = gtk_accessible_get_widget (GTK_ACCESSIBLE (patience));
  event->scroll.window = g_object_ref (gtk_widget_get_window (spin));
  event->scroll.direction = GDK_SCROLL_UP;
  gdk_event_set_device (event,
                        gdk_seat_get_pointer (gdk_display_get_default_seat (
                            gtk_widget_get_display (spin))));
  g_assert_false (gtk_widget_event (spin, event));
  g_assert_cmpuint (g_settings_get_uint (settings, "patience"), ==, 45);
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 5);
  g_assert_cmpuint (g_settings_get_uint (settings, "patience"), ==, 50);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/preferences-page/locked", test_locked);
  g_test_add_func ("/preferences-page/locked-for-files", test_locked_for_files);
  g_test_add_func ("/preferences-page/passing-by", test_passing_by);
  g_test_add_func ("/preferences-page/wheel", test_wheel);
  return g_test_run ();
}
