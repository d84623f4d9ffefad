/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-fuzz.h"
#include "ligdi-money.h"

/* An amount as typed: refused, or a number that reads the same once it is written. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *number = NULL;
  gint64 francs = -1;
  gint64 again = -1;

  if (!ligdi_money_parse (text, &francs))
    {
      g_assert_cmpint (francs, ==, -1);
      return 0;
    }
  g_assert_true (francs >= 0 && francs <= LIGDI_MONEY_MAX);
  number = ligdi_money_format_number (francs);
  g_assert_true (ligdi_money_parse (number, &again) && again == francs);
  return 0;
}
