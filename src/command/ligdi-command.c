/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-private.h"

#include "ligdi-error.h"

#include <glib/gi18n.h>

/* The command line: what can be done with a till that has no screen. */

static const struct
{
  const char *name;
  const char *part; /* the word after it, if it has parts */
  LigdiCommandFunc run;
  LigdiCommandStart start; /* in place of @run, if it has to wait */
  const char *arguments;
  const char *summary;
} commands[] = {
  { "charge", NULL, NULL, ligdi_command_charge,
    "AMOUNT [--reference TEXT] [--item ITEM] [--from NAME] [--timeout SECONDS] [--json]",
    N_ ("Puts a sale before the cashier and waits for the result") },
  { "link", NULL, NULL, ligdi_command_link, "AMOUNT [--description TEXT] [--json]",
    N_ ("Makes a payment link, for a customer who is elsewhere") },
  { "check", NULL, NULL, ligdi_command_check, "[REFERENCE] [--json]",
    N_ ("Asks LigdiCash about a payment, or about all that have no result") },
  { "list", NULL, ligdi_command_list, NULL, "[--day DAY] [--json]", N_ ("Lists a day’s payments") },
  { "export", NULL, ligdi_command_export, NULL, "[--from DAY] [--until DAY] [--json]",
    N_ ("Writes out payments for a spreadsheet, or a JSON object a line") },
  { "journal", "verify", ligdi_command_verify, NULL, "[FILE] [--json]",
    N_ ("Looks whether the ledger is what was written") },
  { "journal", "backup", ligdi_command_back_up, NULL, "FILE",
    N_ ("Copies the ledger, while selling") },
  { "journal", "restore", ligdi_command_restore, NULL, "FILE",
    N_ ("Puts a copy in the ledger’s place, if nothing is lost by it") },
};

static void
print_usage (const LigdiCommandPlace *place)
{
  g_autofree char *text = ligdi_command_describe ();

  place->print_error (text);
}

/* A command's failures as sentences for whoever keeps the till. */
static const char *
get_sentence (const GError *error)
{
  if (error->domain != LIGDI_ERROR)
    return _("It could not be done.");
  switch ((LigdiError) error->code)
    {
    case LIGDI_ERROR_LEDGER_LOCKED:
      return _("Another program holds the ledger. Close LigdiPay and try again.");
    case LIGDI_ERROR_LEDGER_CORRUPT:
      return _("The ledger is not what was written.");
    case LIGDI_ERROR_LEDGER_NEWER:
      return _("A newer LigdiPay wrote this ledger.");
    case LIGDI_ERROR_LEDGER_REMOTE:
      return _("A ledger must lie on this computer’s own disk, not on the network.");
    case LIGDI_ERROR_LEDGER_FULL:
      return _("There is no room on the disk.");
    case LIGDI_ERROR_STATE:
      return _("Nothing was done: something would be written over.");
    case LIGDI_ERROR_LEDGER:
      return _("The ledger cannot be read here.");
    case LIGDI_ERROR_OFFLINE:
      return _("LigdiCash cannot be reached.");
    case LIGDI_ERROR_REFUSED:
      return _("LigdiCash refused to make the payment.");
    case LIGDI_ERROR_PROTOCOL:
      return _("LigdiCash gave an answer that makes no sense.");
    case LIGDI_ERROR_CREDENTIALS:
      return _("LigdiCash does not accept the keys.");
    case LIGDI_ERROR_KEYRING:
    case LIGDI_ERROR_OPEN_ATTEMPT:
      break;
    }
  return _("It could not be done.");
}

/**
 * ligdi_command_say:
 * @place: where the command runs
 * @format: whole lines
 * @...: what goes in
 */
void
ligdi_command_say (const LigdiCommandPlace *place, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  place->print (text);
}

/**
 * ligdi_command_get_status:
 * @error: why a command failed
 *
 * Returns: what it ends with
 */
LigdiCommandStatus
ligdi_command_get_status (const GError *error)
{
  return g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT) ? LIGDI_COMMAND_NO
                                                                          : LIGDI_COMMAND_FAILED;
}

/**
 * ligdi_command_misuse:
 * @place: where the command runs
 * @format: what is wrong with what was typed, a line
 * @...: what goes in
 *
 * Returns: what the command ends with
 */
LigdiCommandStatus
ligdi_command_misuse (const LigdiCommandPlace *place, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  place->print_error (text);
  return LIGDI_COMMAND_MISUSED;
}

/**
 * ligdi_command_fail:
 * @place: where the command runs
 * @file: which file or payment it was about
 * @error: why
 *
 * Says why in a sentence, and in the program's own words for whoever mends it.
 *
 * Returns: what the command ends with
 */
LigdiCommandStatus
ligdi_command_fail (const LigdiCommandPlace *place, const char *file, const GError *error)
{
  g_autofree char *text
      = g_strdup_printf ("%s: %s\n  (%s)\n", file, get_sentence (error), error->message);

  place->print_error (text);
  return ligdi_command_get_status (error);
}

/**
 * ligdi_command_parse:
 * @place: where the command runs
 * @usage: (nullable): its arguments, for --help
 * @description: (nullable): what else is to be known, for --help
 * @entries: its options
 * @min: how many arguments it needs besides
 * @max: how many it takes
 * @argc: (inout): how many words there are
 * @argv: (inout): the words; options are taken out
 * @status: (out): what the command ends with when it is not to go on
 *
 * Returns: whether the command is to go on
 */
gboolean
ligdi_command_parse (const LigdiCommandPlace *place, const char *usage, const char *description,
                     const GOptionEntry *entries, int min, int max, int *argc, char ***argv,
                     LigdiCommandStatus *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  GOptionGroup *group = g_option_group_new ("ligdipay", NULL, NULL, NULL, NULL);
  gboolean help = FALSE;
  const GOptionEntry help_entry[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this text"), NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  /* GLib's own would print by itself. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_description (context, description);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entry, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error) && !help && *argc - 1 >= min
      && *argc - 1 <= max)
    return TRUE;
  text = g_option_context_get_help (context, TRUE, NULL);
  *status = help ? LIGDI_COMMAND_DONE : LIGDI_COMMAND_MISUSED;
  if (help)
    place->print (text);
  else
    place->print_error (text);
  return FALSE;
}

/**
 * ligdi_command_is_known:
 * @name: a word of the command line
 *
 * Returns: whether a command begins with it
 */
gboolean
ligdi_command_is_known (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return TRUE;
  return FALSE;
}

/**
 * ligdi_command_describe:
 *
 * Returns: (transfer full): the commands, one a line
 */
char *
ligdi_command_describe (void)
{
  GString *text = g_string_new (_("Commands:"));

  g_string_append_c (text, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  ligdipay %s%s%s %s\n      %s\n", commands[i].name,
                            commands[i].part != NULL ? " " : "",
                            commands[i].part != NULL ? commands[i].part : "",
                            commands[i].arguments, _(commands[i].summary));
  return g_string_free (text, FALSE);
}

/**
 * ligdi_command_run_async:
 * @place: where it runs; must outlive the call
 * @argc: how many words there are
 * @argv: the words, a known command first
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs a command. Most are done at once; some wait for the gateway, and need a main loop.
 */
void
ligdi_command_run_async (const LigdiCommandPlace *place, int argc, char **argv,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (place != NULL);
  g_return_if_fail (argc > 0);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, ligdi_command_run_async);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      int skipped = commands[i].part != NULL ? 1 : 0;

      if (!g_str_equal (argv[0], commands[i].name)
          || (skipped > 0 && (argc < 2 || !g_str_equal (argv[1], commands[i].part))))
        continue;
      if (commands[i].start != NULL)
        commands[i].start (place, argc - skipped, argv + skipped, g_steal_pointer (&task));
      else
        g_task_return_int (task, commands[i].run (place, argc - skipped, argv + skipped));
      return;
    }
  print_usage (place);
  g_task_return_int (task, LIGDI_COMMAND_MISUSED);
}

/**
 * ligdi_command_run_finish:
 * @result: what the callback got
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_run_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), LIGDI_COMMAND_FAILED);

  return (LigdiCommandStatus) g_task_propagate_int (G_TASK (result), NULL);
}
