/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-csv.h"
#include "ligdi-fuzz.h"

#include <string.h>

/* The text of a quoted cell, and where it ends. */
static char *
read_cell (const char **at)
{
  GString *text = g_string_new (NULL);
  const char *c = *at;

  g_assert_true (*c == '"');
  for (c++; *c != '\0' && (*c != '"' || c[1] == '"'); c++)
    {
      g_string_append_c (text, *c);
      c += *c == '"';
    }
  g_assert_true (*c == '"');
  *at = c + 1;
  return g_string_free (text, FALSE);
}

static gboolean
would_be_calculated (const char *text)
{
  const char *start = text + strspn (text, " \t\r\n");

  return *start != '\0' && strchr ("=+-@", *start) != NULL;
}

/* Cells of any text, a line each: read back as any spreadsheet reads them they are the same, but
 * for the apostrophe before what would be calculated. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_auto (GStrv) cells = g_strsplit (text, "\x1f", 16);
  g_autoptr (GString) csv = g_string_new (size % 2 == 0 ? LIGDI_CSV_MARK : NULL);
  g_autofree char *number = NULL;
  const char *at;

  for (guint i = 0; cells[i] != NULL; i++)
    ligdi_csv_add_text (csv, cells[i]);
  ligdi_csv_add_number (csv, (gint64) size);
  ligdi_csv_end_row (csv);

  at = csv->str + (size % 2 == 0 ? strlen (LIGDI_CSV_MARK) : 0);
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_autofree char *cell = read_cell (&at);

      g_assert_true (*at == ';');
      at++;
      g_assert_false (would_be_calculated (cell));
      g_assert_cmpstr (cell + would_be_calculated (cells[i]), ==, cells[i]);
    }
  number = g_strdup_printf ("%" G_GSIZE_FORMAT "\r\n", size);
  g_assert_cmpstr (at, ==, number);
  return 0;
}
