/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-money.h"

#define NARROW_SPACE "\xe2\x80\xaf"  /* U+202F between thousands */
#define NO_BREAK_SPACE "\xc2\xa0"    /* U+00A0 before F and before CFA */

static gboolean
within_bounds (gint64 francs)
{
  return francs >= -LIGDI_MONEY_MAX && francs <= LIGDI_MONEY_MAX;
}

/**
 * ligdi_money_add:
 * @a: francs XOF
 * @b: francs XOF
 * @result: (out): the sum in francs XOF; untouched on failure
 *
 * Returns: %FALSE when the sum is beyond %LIGDI_MONEY_MAX either way
 */
gboolean
ligdi_money_add (gint64 a, gint64 b, gint64 *result)
{
  gint64 sum;

  g_return_val_if_fail (result != NULL, FALSE);

  if (__builtin_add_overflow (a, b, &sum) || !within_bounds (sum))
    return FALSE;
  *result = sum;
  return TRUE;
}

/**
 * ligdi_money_multiply:
 * @unit_price: francs XOF
 * @quantity: how many
 * @result: (out): the product in francs XOF; untouched on failure
 *
 * Returns: %FALSE when the product is beyond %LIGDI_MONEY_MAX either way
 */
gboolean
ligdi_money_multiply (gint64 unit_price, gint64 quantity, gint64 *result)
{
  gint64 product;

  g_return_val_if_fail (result != NULL, FALSE);

  if (__builtin_mul_overflow (unit_price, quantity, &product) || !within_bounds (product))
    return FALSE;
  *result = product;
  return TRUE;
}

/**
 * ligdi_money_parse:
 * @text: what somebody typed or a machine sent
 * @result: (out): francs XOF, zero or more; untouched on failure
 *
 * Reads a whole number of francs. Spaces of any kind between digits are
 * forgiven, because ligdi_money_format() writes them; signs, decimals,
 * separators and anything else are not.
 *
 * Returns: %FALSE when @text is not such a number or is above %LIGDI_MONEY_MAX
 */
gboolean
ligdi_money_parse (const char *text, gint64 *result)
{
  gint64 value = 0;
  gboolean any_digit = FALSE;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        continue;
      if (!g_ascii_isdigit (*p))
        return FALSE;
      any_digit = TRUE;
      value = value * 10 + (*p - '0');
      if (value > LIGDI_MONEY_MAX)
        return FALSE;
    }
  if (!any_digit)
    return FALSE;
  *result = value;
  return TRUE;
}

/**
 * ligdi_money_format_number:
 * @francs: francs XOF
 *
 * Writes the number alone, thousands apart by U+202F, whatever the locale.
 *
 * Returns: (transfer full): for instance "12 500"
 */
char *
ligdi_money_format_number (gint64 francs)
{
  char digits[32];
  guint length;
  GString *text = g_string_new (francs < 0 ? "\xe2\x88\x92" : NULL);
  guint64 magnitude = francs < 0 ? -(guint64) francs : (guint64) francs;

  length = (guint) g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, magnitude);
  for (guint i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, NARROW_SPACE);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * ligdi_money_format:
 * @francs: francs XOF
 *
 * Writes an amount as the shop writes it, whatever the locale.
 *
 * Returns: (transfer full): for instance "12 500 F CFA" with U+202F and U+00A0
 */
char *
ligdi_money_format (gint64 francs)
{
  g_autofree char *number = ligdi_money_format_number (francs);

  return g_strconcat (number, NO_BREAK_SPACE "F" NO_BREAK_SPACE "CFA", NULL);
}
