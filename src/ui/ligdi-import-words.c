/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-import-words.h"

#include <glib/gi18n.h>

/**
 * ligdi_import_words_for_fault:
 * @fault: why a file is no list of products
 *
 * Returns: what to do about it
 */
const char *
ligdi_import_words_for_fault (LigdiImportFault fault)
{
  switch (fault)
    {
    case LIGDI_IMPORT_FAULT_NONE:
      break;
    case LIGDI_IMPORT_FAULT_LARGE:
      return _("The file is too large: 4 MB at most.");
    case LIGDI_IMPORT_FAULT_WORKBOOK:
      return _("It is a spreadsheet’s own file. Save it as CSV there, and choose that one.");
    case LIGDI_IMPORT_FAULT_NO_TEXT:
      return _("It is no text. Save the list as CSV in the spreadsheet.");
    case LIGDI_IMPORT_FAULT_PRICES:
      return _("It has more than one column of prices. Keep the selling price only.");
    case LIGDI_IMPORT_FAULT_EMPTY:
      return _("There is no product in it: one a line, with its code, label and price.");
    }
  return "";
}

/**
 * ligdi_import_words_for_product:
 * @fault: why a line is not taken
 *
 * Returns: the reason in a few words
 */
const char *
ligdi_import_words_for_product (LigdiProductFault fault)
{
  switch (fault)
    {
    case LIGDI_PRODUCT_FAULT_NONE:
      break;
    case LIGDI_PRODUCT_FAULT_CELLS:
      return _("There are more cells than columns.");
    case LIGDI_PRODUCT_FAULT_QUOTES:
      return _("A quotation mark is in the wrong place.");
    case LIGDI_PRODUCT_FAULT_NO_LABEL:
      return _("It has no label.");
    case LIGDI_PRODUCT_FAULT_LONG_LABEL:
      return _("Its label is longer than 60 characters.");
    case LIGDI_PRODUCT_FAULT_CODE:
      return _("Its code has a blank in it, or more than 48 characters.");
    case LIGDI_PRODUCT_FAULT_SHORTENED_CODE:
      return _("The spreadsheet has shortened the code. Give its column the format Text.");
    case LIGDI_PRODUCT_FAULT_TWICE:
      return _("This code, or this label without a code, is there already.");
    case LIGDI_PRODUCT_FAULT_NO_PRICE:
      return _("It has no price.");
    case LIGDI_PRODUCT_FAULT_PRICE:
      return _("Its price is no whole number of francs, such as 1500.");
    case LIGDI_PRODUCT_FAULT_LOW_PRICE:
      return _("Its price is zero or less.");
    case LIGDI_PRODUCT_FAULT_HIGH_PRICE:
      return _("Its price is above 2,000,000 F CFA.");
    case LIGDI_PRODUCT_FAULT_FULL:
      return _("The list is full: 20,000 products at most.");
    }
  return "";
}

/**
 * ligdi_import_words_for_lines:
 * @refused: (element-type LigdiRefusedLine): what is not taken
 *
 * Returns: (transfer full): one line for each
 */
char *
ligdi_import_words_for_lines (GArray *refused)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < refused->len; i++)
    {
      LigdiRefusedLine line = g_array_index (refused, LigdiRefusedLine, i);
      /* Translators: 1 is the number of a file's line, 2 a sentence. */
      g_autofree char *words = g_strdup_printf (_("Line %1$u: %2$s"), line.line,
                                                ligdi_import_words_for_product (line.fault));

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, words);
    }
  return g_string_free (text, FALSE);
}
