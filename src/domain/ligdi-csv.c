/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-csv.h"

#include <string.h>

/* Rows for spreadsheets as they are set up in French: a semicolon between two cells, and no
 * cell that a spreadsheet would calculate. */

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
