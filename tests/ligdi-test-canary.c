/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-canary.h"

#include <string.h>

/* Hears all that is logged, by whatever library at whatever level, and finds secrets in it. */

static GPtrArray *lines;

static void
hear (const char *line)
{
  static GMutex mutex;

  g_mutex_lock (&mutex);
  g_ptr_array_add (lines, g_strdup (line));
  g_mutex_unlock (&mutex);
}

static GLogWriterOutput
on_structured (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  GString *line = g_string_new (NULL);

  for (gsize i = 0; i < n_fields; i++)
    {
      gsize length = fields[i].length >= 0 ? (gsize) fields[i].length : strlen (fields[i].value);

      g_string_append_printf (line, "%s=", fields[i].key);
      g_string_append_len (line, fields[i].value, (gssize) length);
      g_string_append_c (line, '\n');
    }
  hear (line->str);
  g_string_free (line, TRUE);
  return G_LOG_WRITER_HANDLED;
}

static void
on_plain (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_autofree char *line
      = g_strdup_printf ("GLIB_DOMAIN=%s\n%s", domain != NULL ? domain : "", message);

  hear (line);
}

/**
 * ligdi_test_canary_listen:
 *
 * To be called once, after g_test_init().
 */
void
ligdi_test_canary_listen (void)
{
  lines = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (on_structured, NULL, NULL);
  g_log_set_default_handler (on_plain, NULL);
}

/**
 * ligdi_test_canary_count_lines:
 * @domain: a log domain
 *
 * Returns: how many lines of @domain were heard
 */
guint
ligdi_test_canary_count_lines (const char *domain)
{
  g_autofree char *field = g_strconcat ("GLIB_DOMAIN=", domain, "\n", NULL);
  guint n_lines = 0;

  for (guint i = 0; i < lines->len; i++)
    n_lines += strstr (g_ptr_array_index (lines, i), field) != NULL;
  return n_lines;
}

/**
 * ligdi_test_canary_assert_unheard:
 * @secret: what must never be logged
 */
void
ligdi_test_canary_assert_unheard (const char *secret)
{
  g_assert_cmpuint (strlen (secret), >, 4);
  for (guint i = 0; i < lines->len; i++)
    if (strstr (g_ptr_array_index (lines, i), secret) != NULL)
      g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC,
                           g_ptr_array_index (lines, i));
}
