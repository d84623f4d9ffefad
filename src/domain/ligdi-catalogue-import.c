/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-catalogue-import.h"

#include "ligdi-csv.h"
#include "ligdi-money.h"

#include <string.h>

/* Reads what spreadsheets write, in French or English, new or old. What could be read in two ways
 * is refused: a wrong price is worse than a missing product. */

enum
{
  COLUMN_CODE,
  COLUMN_LABEL,
  COLUMN_PRICE,
  N_COLUMNS
};

/* Which cell is what, and how many there are. */
typedef struct
{
  guint at[N_COLUMNS];
  guint n_cells;
} Columns;

/* How a column that is meant begins, folded. */
static const char *const column_names[N_COLUMNS][12] = {
  { "code", "ean", "barcode", "gencod", "ref", "sku" },
  { "label", "libelle", "designation", "article", "nom", "produit", "product", "name", "item",
    "description", "intitule" },
  { "price", "prix", "tarif", "montant", "pu" },
};

static gboolean
has_name (guint column, const char *folded)
{
  for (guint i = 0; column_names[column][i] != NULL; i++)
    if (g_str_has_prefix (folded, column_names[column][i]))
      return TRUE;
  return FALSE;
}

static gboolean
begins_with (const char *bytes, gsize length, const char *what, gsize n)
{
  return length >= n && memcmp (bytes, what, n) == 0;
}

/* Old spreadsheets write one byte a letter, as Windows did. */
static char *
convert (const char *bytes, gsize length)
{
  char *text;

  if (begins_with (bytes, length, "\xff\xfe", 2) || begins_with (bytes, length, "\xfe\xff", 2))
    return g_convert (bytes, (gssize) length, "UTF-8", "UTF-16", NULL, NULL, NULL);
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  if (g_utf8_validate_len (bytes, length, NULL))
    return g_strndup (bytes, length);
  /* It leaves five bytes without a letter; the other one has something for each. */
  text = g_convert (bytes, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  return text != NULL ? text
                      : g_convert (bytes, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

static LigdiImportFault
read_text (const char *bytes, gsize length, char **text)
{
  if (length > LIGDI_CATALOGUE_MAX_BYTES)
    return LIGDI_IMPORT_FAULT_LARGE;
  if (begins_with (bytes, length, "PK\3\4", 4) || begins_with (bytes, length, "\xd0\xcf\x11\xe0", 4))
    return LIGDI_IMPORT_FAULT_WORKBOOK;
  *text = length > 0 ? convert (bytes, length) : g_strdup ("");
  return *text != NULL ? LIGDI_IMPORT_FAULT_NONE : LIGDI_IMPORT_FAULT_NO_TEXT;
}

/* A spreadsheet names it in a first line of its own; otherwise the first line has one between
 * three cells at least. */
static char
find_separator (const char **at, guint *line)
{
  static const char separators[] = ";\t,";
  char separator = ';';

  if (g_ascii_strncasecmp (*at, "sep=", 4) == 0 && (*at)[4] != '\0'
      && strchr (separators, (*at)[4]) != NULL)
    {
      separator = (*at)[4];
      *at += 5;
      *at += strspn (*at, "\r");
      *at += **at == '\n' ? 1 : 0;
      *line += 1;
      return separator;
    }
  for (const char *s = separators; *s != '\0'; s++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      const char *first = *at + strspn (*at, "\r\n");
      guint n_lines = 0;

      ligdi_csv_read_row (&first, *s, cells, &n_lines);
      if (cells->len >= N_COLUMNS)
        return *s;
    }
  return separator;
}

static gboolean
is_formula_shown_as_text (const char *text)
{
  const char *behind = text + strspn (text, "'");

  behind += strspn (behind, " ");
  return *text == '\'' && *behind != '\0' && strchr ("=+-@", *behind) != NULL;
}

/* One blank where there are several, and none of what does not show. */
static char *
clean (const char *cell)
{
  GString *text = g_string_new (NULL);

  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isgraph (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }
  if (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  /* The apostrophe that this program, too, puts before a formula. */
  while (is_formula_shown_as_text (text->str))
    g_string_erase (text, 0, 1);
  g_strchug (text->str);
  return g_string_free (text, FALSE);
}

static const char *
get_cell (GPtrArray *cells, guint index)
{
  return index < cells->len ? g_ptr_array_index (cells, index) : "";
}

static gboolean
is_blank (GPtrArray *cells, guint from)
{
  for (guint i = from; i < cells->len; i++)
    {
      g_autofree char *text = clean (g_ptr_array_index (cells, i));

      if (*text != '\0')
        return FALSE;
    }
  return TRUE;
}

/* "F", "F CFA", "FCFA", "CFA" or "XOF" behind a number. */
static void
cut_currency (char *price)
{
  static const char *const currencies[] = { "XOF", "CFA", "F" };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      gsize length = strlen (price);
      gsize n = strlen (currencies[i]);

      if (length < n || g_ascii_strcasecmp (price + length - n, currencies[i]) != 0)
        continue;
      price[length - n] = '\0';
      g_strchomp (price);
    }
}

static LigdiProductFault
read_price (const char *cell, gint64 *price)
{
  g_autofree char *text = clean (cell);
  gsize length;
  gboolean negative;

  if (*text == '\0')
    return LIGDI_PRODUCT_FAULT_NO_PRICE;
  cut_currency (text);
  length = strlen (text);
  if (length > 3 && (text[length - 3] == ',' || text[length - 3] == '.')
      && g_str_has_suffix (text, "00"))
    text[length - 3] = '\0';
  negative = *text == '-';
  if (!ligdi_money_parse (text + (negative ? 1 : 0), price))
    return strspn (text, "0123456789 ") == strlen (text) && *text != '\0'
               ? LIGDI_PRODUCT_FAULT_HIGH_PRICE
               : LIGDI_PRODUCT_FAULT_PRICE;
  return negative ? LIGDI_PRODUCT_FAULT_LOW_PRICE : LIGDI_PRODUCT_FAULT_NONE;
}

static LigdiProductFault
add_row (LigdiCatalogue *catalogue, const Columns *columns, GPtrArray *cells)
{
  g_autofree char *code = clean (get_cell (cells, columns->at[COLUMN_CODE]));
  g_autofree char *label = clean (get_cell (cells, columns->at[COLUMN_LABEL]));
  LigdiProductFault fault;
  gint64 price = 0;

  if (!is_blank (cells, columns->n_cells))
    return LIGDI_PRODUCT_FAULT_CELLS;
  if (*label == '\0')
    return LIGDI_PRODUCT_FAULT_NO_LABEL;
  fault = read_price (get_cell (cells, columns->at[COLUMN_PRICE]), &price);
  if (fault != LIGDI_PRODUCT_FAULT_NONE)
    return fault;
  return ligdi_catalogue_add (catalogue, code, label, price);
}

/* The first line may say what the columns are: a label and a price at least. */
static gboolean
read_header (GPtrArray *cells, Columns *columns, guint *n_prices)
{
  Columns named = { .at = { G_MAXUINT, G_MAXUINT, G_MAXUINT }, .n_cells = cells->len };

  *n_prices = 0;
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *folded = ligdi_catalogue_fold (g_ptr_array_index (cells, i));

      for (guint column = 0; column < N_COLUMNS; column++)
        if (has_name (column, folded))
          {
            *n_prices += column == COLUMN_PRICE;
            if (named.at[column] == G_MAXUINT)
              named.at[column] = i;
            break;
          }
    }
  if (named.at[COLUMN_LABEL] == G_MAXUINT || named.at[COLUMN_PRICE] == G_MAXUINT)
    return FALSE;
  *columns = named;
  return TRUE;
}

static void
refuse (LigdiCatalogueImport *import, guint line, LigdiProductFault fault)
{
  LigdiRefusedLine refused = { .line = line, .fault = fault };

  g_array_append_val (import->refused, refused);
}

static LigdiImportFault
read_rows (LigdiCatalogueImport *import, const char *at, guint line)
{
  Columns columns = { .at = { 0, 1, 2 }, .n_cells = N_COLUMNS };
  char separator = find_separator (&at, &line);
  gboolean first = TRUE;

  while (*at != '\0')
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      guint n_lines = 0;
      guint n_prices = 0;
      gboolean whole = ligdi_csv_read_row (&at, separator, cells, &n_lines);
      gboolean header = whole && first && read_header (cells, &columns, &n_prices);
      LigdiProductFault fault = LIGDI_PRODUCT_FAULT_QUOTES;

      if (header && n_prices > 1)
        return LIGDI_IMPORT_FAULT_PRICES;
      if (whole && !header)
        fault = is_blank (cells, 0) ? LIGDI_PRODUCT_FAULT_NONE
                                    : add_row (import->catalogue, &columns, cells);
      if (!header && fault != LIGDI_PRODUCT_FAULT_NONE)
        refuse (import, line, fault);
      first = first && whole && !header && is_blank (cells, 0);
      line += n_lines;
    }
  return ligdi_catalogue_get_n_products (import->catalogue) == 0 && import->refused->len == 0
             ? LIGDI_IMPORT_FAULT_EMPTY
             : LIGDI_IMPORT_FAULT_NONE;
}

/**
 * ligdi_catalogue_import:
 * @bytes: (array length=length): a file
 * @length: how long it is
 *
 * Reads a list of products: code, label and price in this order, or as the first line says, with
 * semicolons, tabulators or commas between them.
 *
 * Returns: (transfer full): what is in it
 */
LigdiCatalogueImport *
ligdi_catalogue_import (const char *bytes, gsize length)
{
  LigdiCatalogueImport *import = g_new0 (LigdiCatalogueImport, 1);
  g_autofree char *text = NULL;
  const char *at;

  g_return_val_if_fail (bytes != NULL || length == 0, import);

  import->refused = g_array_new (FALSE, FALSE, sizeof (LigdiRefusedLine));
  import->fault = read_text (bytes, length, &text);
  if (import->fault != LIGDI_IMPORT_FAULT_NONE)
    return import;
  import->catalogue = ligdi_catalogue_new ();
  at = text + (g_str_has_prefix (text, LIGDI_CSV_MARK) ? strlen (LIGDI_CSV_MARK) : 0);
  import->fault = read_rows (import, at, 1);
  if (import->fault != LIGDI_IMPORT_FAULT_NONE)
    g_clear_pointer (&import->catalogue, ligdi_catalogue_unref);
  return import;
}

/**
 * ligdi_catalogue_import_free:
 * @import: (transfer full): what a file holds
 */
void
ligdi_catalogue_import_free (LigdiCatalogueImport *import)
{
  g_clear_pointer (&import->catalogue, ligdi_catalogue_unref);
  g_array_unref (import->refused);
  g_free (import);
}
