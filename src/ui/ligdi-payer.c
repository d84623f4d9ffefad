/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-payer.h"

#include <string.h>

#define HIDDEN_PAIR "\xe2\x80\xa2\xe2\x80\xa2"
#define NO_BREAK_SPACE "\xc2\xa0"

/* Where LigdiCash has operators: the country's prefix and the digits that follow it. */
static const struct
{
  const char *prefix;
  gsize length;
} countries[] = {
  { "226", 8 },  { "225", 10 }, { "223", 8 }, { "227", 8 },
  { "228", 8 },  { "229", 8 },  { "229", 10 },
};

static const char *
find_prefix (const char *digits)
{
  gsize length = strlen (digits);

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    if (length == 3 + countries[i].length && g_str_has_prefix (digits, countries[i].prefix))
      return countries[i].prefix;
  return NULL;
}

static char *
keep_digits (const char *number)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = number; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, FALSE);
}

/**
 * ligdi_payer_mask:
 * @number: (nullable): a payer's telephone number as the gateway wrote it
 *
 * Writes what may be seen of a payer's number: the country, the first and the last
 * two digits. A number of a shape we do not know shows its last two digits only.
 *
 * Returns: (transfer full) (nullable): for instance "+226 07 •• •• 45", or %NULL when
 *   there is no number
 */
char *
ligdi_payer_mask (const char *number)
{
  g_autofree char *digits = keep_digits (number != NULL ? number : "");
  gsize length = strlen (digits);
  const char *prefix = find_prefix (digits);
  GString *masked;

  if (length < 2)
    return NULL;
  if (prefix == NULL)
    return g_strconcat (HIDDEN_PAIR NO_BREAK_SPACE, digits + length - 2, NULL);

  masked = g_string_new (NULL);
  g_string_printf (masked, "+%s" NO_BREAK_SPACE "%.2s", prefix, digits + 3);
  for (gsize i = 5; i < length - 2; i += 2)
    g_string_append (masked, NO_BREAK_SPACE HIDDEN_PAIR);
  g_string_append (masked, NO_BREAK_SPACE);
  g_string_append (masked, digits + length - 2);
  return g_string_free (masked, FALSE);
}
