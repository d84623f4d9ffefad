/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-template.h"

#include <gio/gio.h>

#include <string.h>

/* Fills in the pieces of HTML that lie in the program's resources. The first line of each is
 * a comment that names its licence, and stays behind. {{key}} is replaced by a
 * value with everything that means something in HTML escaped, {{{key}}} by a value that is HTML
 * already. A name of a shop can thus never become part of the page's structure. */

#define RESOURCES "/com/example/LigdiPay/simulator/"

static const char *
skip_first_line (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL ? end + 1 : text;
}

static void
append_value (GString *page, GHashTable *values, const char *key, gsize key_length, gboolean escape)
{
  g_autofree char *key_text = g_strndup (key, key_length);
  const char *value = g_hash_table_lookup (values, key_text);

  g_return_if_fail (value != NULL);

  if (escape)
    {
      g_autofree char *escaped = g_markup_escape_text (value, -1);

      g_string_append (page, escaped);
    }
  else
    {
      g_string_append (page, value);
    }
}

static char *
fill (const char *text, GHashTable *values)
{
  GString *page = g_string_new (NULL);
  const char *open = NULL;

  while ((open = strstr (text, "{{")) != NULL)
    {
      gboolean raw = g_str_has_prefix (open, "{{{");
      const char *key = open + (raw ? 3 : 2);
      const char *end = strstr (key, raw ? "}}}" : "}}");

      g_assert (end != NULL);
      g_string_append_len (page, text, open - text);
      append_value (page, values, key, end - key, !raw);
      text = end + (raw ? 3 : 2);
    }
  g_string_append (page, text);

  return g_string_free (page, FALSE);
}

/**
 * ligdi_sim_template_fill:
 * @name: a file among the resources
 * @...: pairs of a key and its value, ended by %NULL
 *
 * Returns: (transfer full): the filled text
 */
char *
ligdi_sim_template_fill (const char *name, ...)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  const char *key = NULL;
  va_list arguments;

  g_return_val_if_fail (bytes != NULL, g_strdup (""));

  va_start (arguments, name);
  while ((key = va_arg (arguments, const char *)) != NULL)
    g_hash_table_insert (values, (gpointer) key, va_arg (arguments, char *));
  va_end (arguments);

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return fill (skip_first_line (text), values);
}
