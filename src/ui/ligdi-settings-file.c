/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-settings-file.h"

/* What a shop has set, in a file for its other tills. The gateway's keys are no settings, and so
 * are never in it. */

#define GROUP "LigdiPay"
/* No such file is a tenth as long. */
#define MAX_BYTES (64 * 1024)

/**
 * ligdi_settings_file_write:
 * @settings: what the shop has set
 * @keys: (array zero-terminated=1): which of it
 *
 * Returns: (transfer full): the file's text
 */
char *
ligdi_settings_file_write (GSettings *settings, const char *const *keys)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i]);
      g_autofree char *text = g_variant_print (value, FALSE);

      g_key_file_set_value (file, GROUP, keys[i], text);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * ligdi_settings_file_open:
 * @path: a file that somebody has chosen
 *
 * Returns: (transfer full) (nullable): what is in it, or %NULL when that is no settings
 */
GKeyFile *
ligdi_settings_file_open (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GMappedFile) content = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  content = g_mapped_file_new (path, FALSE, NULL);
  if (content == NULL || g_mapped_file_get_length (content) > MAX_BYTES
      || !g_key_file_load_from_data (file, g_mapped_file_get_contents (content),
                                     g_mapped_file_get_length (content), G_KEY_FILE_NONE, NULL)
      || !g_key_file_has_group (file, GROUP))
    return NULL;
  return g_steal_pointer (&file);
}

/**
 * ligdi_settings_file_read:
 * @settings: what knows which values there can be
 * @file: what ligdi_settings_file_open() gave
 * @key: a setting's name
 *
 * Returns: (transfer full) (nullable): its value in @file, or %NULL when there is none or none
 *   that can be
 */
GVariant *
ligdi_settings_file_read (GSettings *settings, GKeyFile *file, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) description = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  text = g_key_file_get_value (file, GROUP, key, NULL);
  if (text == NULL)
    return NULL;
  g_object_get (settings, "settings-schema", &schema, NULL);
  description = g_settings_schema_get_key (schema, key);
  value = g_variant_parse (g_settings_schema_key_get_value_type (description), text, NULL, NULL,
                           NULL);
  if (value == NULL || !g_settings_schema_key_range_check (description, value))
    return NULL;
  return g_steal_pointer (&value);
}
