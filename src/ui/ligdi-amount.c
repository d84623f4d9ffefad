/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-amount.h"

#include "ligdi-money.h"

#include <string.h>

#define NARROW_SPACE "\xe2\x80\xaf"
#define NO_BREAK_SPACE "\xc2\xa0"

/* Cantarell's U+202F is a tenth of an em, too tight between thousands. Letter spacing
 * would have to know the size of the text; a larger space does the same at any size, and
 * the small line height keeps the space from pushing the line apart. */
#define WIDE_SPACE "<span size='170%' line_height='0.15'>" NARROW_SPACE "</span>"

/* Spaces of a size between the number's and the currency's, or both would look like one. */
#define CURRENCY                                                                                  \
  "<span size='75%'>" NO_BREAK_SPACE "</span><span size='42%'>F</span>"                           \
  "<span size='60%'>" NO_BREAK_SPACE "</span><span size='42%'>CFA</span>"

static char *
widen (const char *escaped)
{
  g_auto (GStrv) parts = g_strsplit (escaped, NARROW_SPACE, -1);

  return g_strjoinv (WIDE_SPACE, parts);
}

/**
 * ligdi_amount_markup:
 * @francs: francs XOF
 *
 * Writes an amount for a large label: figures of one width, thousands apart, and the
 * currency at 0.42 of the size. Without its tags it is what ligdi_money_format() writes.
 *
 * Returns: (transfer full): Pango markup
 */
char *
ligdi_amount_markup (gint64 francs)
{
  g_autofree char *number = ligdi_amount_markup_number (francs);

  return g_strconcat (number, CURRENCY, NULL);
}

/**
 * ligdi_amount_markup_number:
 * @francs: francs XOF
 *
 * Writes the number alone, where the currency is understood.
 *
 * Returns: (transfer full): Pango markup
 */
char *
ligdi_amount_markup_number (gint64 francs)
{
  g_autofree char *number = ligdi_money_format_number (francs);
  g_autofree char *wide = widen (number);

  return g_strdup_printf ("<span font_features='tnum'>%s</span>", wide);
}

/**
 * ligdi_amount_markup_text:
 * @text: plain text with amounts in it, for instance the label of a button
 *
 * Returns: (transfer full): Pango markup of the same text, with the thousands apart
 */
char *
ligdi_amount_markup_text (const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  escaped = g_markup_escape_text (text, -1);
  return widen (escaped);
}

/**
 * ligdi_amount_embolden:
 * @text: a sentence
 * @amount: what ligdi_money_format() gave
 *
 * Returns: (transfer full): Pango markup of @text, in which the figures of @amount stand out
 */
char *
ligdi_amount_embolden (const char *text, const char *amount)
{
  const char *found = strstr (text, amount);
  g_autofree char *head = found != NULL ? g_strndup (text, (gsize) (found - text)) : NULL;
  g_autofree char *head_markup = NULL;
  g_autofree char *amount_markup = NULL;
  g_autofree char *tail_markup = NULL;

  if (found == NULL)
    return ligdi_amount_markup_text (text);
  head_markup = ligdi_amount_markup_text (head);
  amount_markup = ligdi_amount_markup_text (amount);
  tail_markup = ligdi_amount_markup_text (found + strlen (amount));
  return g_strdup_printf ("%s<b>%s</b>%s", head_markup, amount_markup, tail_markup);
}
