/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-private.h"

#include "ligdi-money.h"

#include <glib/gi18n.h>
#include <string.h>

/* Amounts as they are typed on a command line. */

static LigdiCommandStatus
complain_of_amount (const LigdiCommandPlace *place, const char *typed)
{
  return ligdi_command_misuse (
      place,
      /* Translators: %s is what somebody typed. */
      _("%s: not an amount. An amount is a whole number of francs, like 12500.\n"), typed);
}

/* What an option is about comes after it. */
static gboolean
is_of_option (const char *before)
{
  return g_str_has_prefix (before, "--") && !g_str_equal (before, "--json")
         && strchr (before, '=') == NULL;
}

/**
 * ligdi_command_find_negative:
 * @argc: how many words there are
 * @argv: the words of a command that takes an amount
 *
 * An option to GLib, and no help to whoever typed it.
 *
 * Returns: (transfer none) (nullable): a word that looks like an amount below zero, or %NULL
 */
const char *
ligdi_command_find_negative (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (argv[i][0] == '-' && g_ascii_isdigit (argv[i][1]) && !is_of_option (argv[i - 1]))
      return argv[i];
  return NULL;
}

/**
 * ligdi_command_read_amount:
 * @place: where the command runs
 * @typed: what somebody typed
 * @amount: (out): francs XOF
 * @status: (out): what the command ends with when it is no amount that can be charged
 *
 * Returns: whether it is one; otherwise that was said
 */
gboolean
ligdi_command_read_amount (const LigdiCommandPlace *place, const char *typed, gint64 *amount,
                           LigdiCommandStatus *status)
{
  g_autofree char *limit = NULL;

  if (!ligdi_money_parse (typed, amount) || *amount == 0)
    {
      *status = complain_of_amount (place, typed);
      return FALSE;
    }
  if (*amount <= place->limit)
    return TRUE;
  limit = ligdi_money_format (place->limit);
  *status = ligdi_command_misuse (
      place,
      /* Translators: 1 is what somebody typed, 2 an amount. */
      _("%1$s: too much. The largest amount of one payment is %2$s.\n"), typed, limit);
  return FALSE;
}
