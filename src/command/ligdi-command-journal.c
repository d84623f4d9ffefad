/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"
#include "ligdi-command-private.h"

#include "ligdi-ledger-backup.h"
#include "ligdi-ledger-verify.h"

#include <glib/gi18n.h>

/* The ledger as a file: whether it is whole, a copy of it, and the way back. */

static void
say_whole (const LigdiCommandPlace *place, const char *file, const LigdiLedgerCount *count)
{
  /* Translators: 1 is a file; then numbers of lines of the journal, sales, payments, days. */
  ligdi_command_say (place,
                     _("%1$s: whole. Journal lines: %2$d, sales: %3$d, payments: %4$d, sealed "
                       "days: %5$d.\n"),
                     file, (int) count->n_lines, (int) count->n_sales, (int) count->n_payments,
                     (int) count->n_days);
}

static LigdiCommandStatus
answer_in_json (const LigdiCommandPlace *place, const LigdiLedgerCount *count, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ligdi_command_json_add_boolean (builder, "whole", error == NULL);
  if (error != NULL)
    ligdi_command_json_add_text (builder, "reason", error->message);
  else
    {
      ligdi_command_json_add_number (builder, "lines", count->n_lines);
      ligdi_command_json_add_number (builder, "sales", count->n_sales);
      ligdi_command_json_add_number (builder, "payments", count->n_payments);
      ligdi_command_json_add_number (builder, "days", count->n_days);
    }
  json_builder_end_object (builder);
  ligdi_command_json_print (place, builder);
  return error == NULL ? LIGDI_COMMAND_DONE : ligdi_command_get_status (error);
}

/**
 * ligdi_command_verify:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 *
 * Looks whether a ledger is what was written, and names the first thing that is not.
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_verify (const LigdiCommandPlace *place, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { LIGDI_COMMAND_JSON_OPTION (&json), { NULL } };
  LigdiCommandStatus status;
  LigdiLedgerCount count = { 0 };
  g_autoptr (GError) error = NULL;
  const char *file;

  if (!ligdi_command_parse (place, "[FILE]", NULL, entries, 0, 1, &argc, &argv, &status))
    return status;
  file = argc > 1 ? argv[1] : place->ledger;
  ligdi_ledger_verify_file (file, &count, &error);
  if (json)
    return answer_in_json (place, &count, error);
  if (error != NULL)
    return ligdi_command_fail (place, file, error);
  say_whole (place, file, &count);
  return LIGDI_COMMAND_DONE;
}

/**
 * ligdi_command_back_up:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 *
 * Copies the ledger while the till goes on selling.
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_back_up (const LigdiCommandPlace *place, int argc, char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  LigdiCommandStatus status;
  g_autoptr (GError) error = NULL;

  if (!ligdi_command_parse (place, "FILE", NULL, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (!ligdi_ledger_back_up (place->ledger, argv[1], &error))
    return ligdi_command_fail (place, argv[1], error);
  /* Translators: %s is a file. */
  ligdi_command_say (place, _("%s: a whole copy. It opens payment pages; keep it to yourself.\n"),
                     argv[1]);
  return LIGDI_COMMAND_DONE;
}

/**
 * ligdi_command_restore:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 *
 * Puts a copy in the ledger's place, unless the ledger holds anything that the copy does not.
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_restore (const LigdiCommandPlace *place, int argc, char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  LigdiCommandStatus status;
  g_autoptr (GError) error = NULL;

  if (!ligdi_command_parse (place, "FILE", NULL, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (!ligdi_ledger_restore (argv[1], place->ledger, &error))
    return ligdi_command_fail (place, argv[1], error);
  /* Translators: %s is a file. */
  ligdi_command_say (place, _("%s: in place. The ledger that was there is kept beside it.\n"),
                     place->ledger);
  return LIGDI_COMMAND_DONE;
}
