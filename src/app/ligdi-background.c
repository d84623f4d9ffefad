/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-background.h"

/* Elsewhere the desktop's autostart has a file of ours. A program in flatpak has none there, and
 * must ask the desktop; also whether it may go on without a window. */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_message ("the desktop starts nothing by itself: %s", error->message);
}

static void
on_setting (GSettings *settings, const char *key, GDBusConnection *bus)
{
  static const char *const words[] = { "ligdipay", "--background", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (words, -1));
  g_variant_builder_add (&options, "{sv}", "autostart",
                         g_variant_new_boolean (g_settings_get_boolean (settings, key)));
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_answer, NULL);
}

/**
 * ligdi_background_follow:
 * @settings: what says whether the till watches while its window is closed
 * @bus: (nullable): the session's bus
 *
 * In flatpak, asks the desktop for what that takes, now and whenever the shop changes its mind.
 */
void
ligdi_background_follow (GSettings *settings, GDBusConnection *bus)
{
  static const char key[] = "watch-when-closed";

  if (bus == NULL || !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return;
  g_signal_connect_object (settings, "changed::watch-when-closed", G_CALLBACK (on_setting), bus, 0);
  /* Whoever has taken it back on the desktop is asked again at the next start. */
  if (g_settings_get_boolean (settings, key))
    on_setting (settings, key, bus);
}
