/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-csv.h"

#include <string.h>

/* Rows for spreadsheets as they are set up in French: a semicolon between two cells, and no
 * cell that a spreadsheet would calculate. And rows from spreadsheets, however set up. */

/* A cell that is longer was never closed. */
#define MAX_CELL 2000

#define SEPARATOR ';'
/* A row that has begun ends with one of these two. */
#define ROW_END "\r\n"

static void
separate (GString *csv)
{
  if (csv->len > 0 && !g_str_has_suffix (csv->str, ROW_END)
      && !g_str_equal (csv->str, LIGDI_CSV_MARK))
    g_string_append_c (csv, SEPARATOR);
}

/* Spreadsheets run what begins so as a formula, also behind white space. */
static gboolean
is_formula (const char *text)
{
  const char *start = text + strspn (text, " \t\r\n");

  return *start != '\0' && strchr ("=+-@", *start) != NULL;
}

static gboolean
is_row_end (char c)
{
  return c == '\0' || c == '\r' || c == '\n';
}

/* Steps over a row's end, however it is written. */
static const char *
skip_row_end (const char *at)
{
  if (*at == '\r')
    return at + (at[1] == '\n' ? 2 : 1);
  return at + (*at == '\n' ? 1 : 0);
}

/* Returns where the cell ends, or NULL when its quotation marks are wrong. */
static const char *
read_quoted (const char *at, GString *cell, guint *n_lines)
{
  for (at++; *at != '\0' && cell->len <= MAX_CELL; at++)
    {
      if (*at == '"' && at[1] != '"')
        return at + 1;
      if (*at == '"')
        at++;
      *n_lines += *at == '\n' || (*at == '\r' && at[1] != '\n');
      g_string_append_c (cell, *at);
    }
  return NULL;
}

/**
 * ligdi_csv_add_text:
 * @csv: rows
 * @text: (nullable): any text; %NULL for an empty cell
 *
 * Adds a cell. One that begins as a formula gets an apostrophe before it, which spreadsheets
 * do not show.
 */
void
ligdi_csv_add_text (GString *csv, const char *text)
{
  g_return_if_fail (csv != NULL);

  separate (csv);
  /* Quoted always: an empty cell at a row's end would be no cell otherwise. */
  g_string_append_c (csv, '"');
  if (text != NULL && is_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

/**
 * ligdi_csv_add_number:
 * @csv: rows
 * @number: a whole number, such as francs XOF
 *
 * Adds a cell. A number is written bare, and so calculated with; one below zero too.
 */
void
ligdi_csv_add_number (GString *csv, gint64 number)
{
  g_return_if_fail (csv != NULL);

  separate (csv);
  g_string_append_printf (csv, "%" G_GINT64_FORMAT, number);
}

/**
 * ligdi_csv_end_row:
 * @csv: rows
 */
void
ligdi_csv_end_row (GString *csv)
{
  g_return_if_fail (csv != NULL);

  g_string_append (csv, ROW_END);
}

/**
 * ligdi_csv_read_row:
 * @at: (inout): where a row begins; then where the next one does
 * @separator: what is between two cells
 * @cells: (element-type utf8): gets the row's cells
 * @n_lines: (inout): grows by the lines of the text that the row takes
 *
 * Returns: %FALSE when quotation marks are wrong; then only one line was read
 */
gboolean
ligdi_csv_read_row (const char **at, char separator, GPtrArray *cells, guint *n_lines)
{
  const char *start = *at;
  const char *c = start;
  guint n_inside = 0;

  g_return_val_if_fail (cells != NULL && n_lines != NULL, FALSE);

  *n_lines += 1;
  for (;;)
    {
      GString *cell = g_string_new (NULL);

      if (*c == '"')
        c = read_quoted (c, cell, &n_inside);
      else
        for (; !is_row_end (*c) && *c != separator; c++)
          g_string_append_c (cell, *c);
      g_ptr_array_add (cells, g_string_free (cell, FALSE));
      if (c == NULL || (!is_row_end (*c) && *c != separator))
        {
          *at = skip_row_end (start + strcspn (start, "\r\n"));
          return FALSE;
        }
      if (*c != separator)
        break;
      c++;
    }
  *at = skip_row_end (c);
  *n_lines += n_inside;
  return TRUE;
}
