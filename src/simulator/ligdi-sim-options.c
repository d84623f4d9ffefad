/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-options.h"
#include "ligdi-sim-credentials.h"
#include "ligdi-sim-outcome.h"
#include "ligdi-sim-scenario.h"

#include <string.h>

/* The command line. */

#define SUMMARY \
  "A LigdiCash gateway for demonstrations and tests. It runs on this computer, for this\n" \
  "computer only, and moves no money. The first line of its output is the base URL."

#define DESCRIPTION \
  "Unless told otherwise it expects the public demonstration keys:\n" \
  "  Apikey: " LIGDI_SIM_DEMO_API_KEY "\n" \
  "  Authorization: Bearer " LIGDI_SIM_DEMO_API_TOKEN "\n" \
  "\n" \
  "Tests steer it over HTTP, with the header \"X-Ligdi-Simulator: 1\":\n" \
  "  GET  /simulator/invoices                      what was created and asked, as JSON\n" \
  "  POST /simulator/outcome?token=TOKEN&outcome=NAME\n" \
  "                                                paid, declined, pending, cancelled, network-cut,\n" \
  "                                                amount-mismatch, left\n" \
  "  POST /simulator/fault?name=NAME               a fault of --list-scenarios, or none\n" \
  "\n" \
  "Exit status: 0 after SIGTERM or SIGINT, 1 when it cannot run, 2 for a wrong command line."

typedef struct
{
  const char *name;
  int value;
} Word;

static const Word profiles[] = {
  { "current", LIGDI_SIM_PROFILE_CURRENT },
  { "legacy-2024", LIGDI_SIM_PROFILE_LEGACY_2024 },
  { NULL, 0 },
};

static const Word redirects[] = {
  { "302", LIGDI_SIM_REDIRECT_302 },
  { "script", LIGDI_SIM_REDIRECT_SCRIPT },
  { "form", LIGDI_SIM_REDIRECT_FORM },
  { "meta", LIGDI_SIM_REDIRECT_META },
  { NULL, 0 },
};

static const Word callback_modes[] = {
  { "none", LIGDI_SIM_CALLBACK_NONE },
  { "one", LIGDI_SIM_CALLBACK_ONE },
  { "both", LIGDI_SIM_CALLBACK_BOTH },
  { "duplicate", LIGDI_SIM_CALLBACK_DUPLICATE },
  { "late", LIGDI_SIM_CALLBACK_LATE },
  { "before-redirect", LIGDI_SIM_CALLBACK_BEFORE_REDIRECT },
  { NULL, 0 },
};

static const Word callback_styles[] = {
  { "json", LIGDI_SIM_CALLBACK_STYLE_JSON },
  { "keys", LIGDI_SIM_CALLBACK_STYLE_KEYS },
  { "entries", LIGDI_SIM_CALLBACK_STYLE_ENTRIES },
  { "empty", LIGDI_SIM_CALLBACK_STYLE_EMPTY },
  { NULL, 0 },
};

static gboolean
refuse_value (const char *option, const char *value, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s does not know \"%s\".", option,
               value);
  return FALSE;
}

static gboolean
read_word (const char *option, const char *value, const Word *words, int *result, GError **error)
{
  if (value == NULL)
    return TRUE;

  for (; words->name != NULL; words++)
    if (strcmp (words->name, value) == 0)
      {
        *result = words->value;
        return TRUE;
      }
  return refuse_value (option, value, error);
}

static gboolean
read_scenarios (char **names, LigdiSimSettings *settings, GError **error)
{
  for (int i = 0; names != NULL && names[i] != NULL; i++)
    {
      const LigdiSimScenario *scenario = ligdi_sim_scenario_from_name (names[i]);

      if (scenario == NULL)
        return refuse_value ("--scenario", names[i], error);
      if (scenario->outcome != LIGDI_SIM_OUTCOME_PAID)
        settings->outcome = scenario->outcome;
      settings->faults = ligdi_sim_faults_add (settings->faults, scenario->fault);
    }
  return TRUE;
}

static gboolean
read_seconds (const char *option, int value, guint *seconds, GError **error)
{
  if (value < 0 || value > 86400)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "%s takes 0 to 86400 seconds.", option);
      return FALSE;
    }
  *seconds = (guint) value;
  return TRUE;
}

static gboolean
check_port (const char *option, int port, GError **error)
{
  if (port >= 0 && port <= G_MAXUINT16)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s takes 0 to 65535.", option);
  return FALSE;
}

static gboolean
read_address (LigdiSimOptions *options, const char *text, GError **error)
{
  options->address = g_inet_address_new_from_string (text != NULL ? text : "127.0.0.1");

  if (options->address != NULL && g_inet_address_get_is_loopback (options->address))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "The simulator listens on this computer's own addresses only, like 127.0.0.1 and "
               "::1, not on \"%s\".",
               text);
  return FALSE;
}

/* The directory systemd names may hold the keys of other programs only. */
static char *
find_credentials_directory (void)
{
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = NULL;

  if (directory == NULL || *directory == '\0')
    return NULL;

  path = g_build_filename (directory, "ligdipay-api-key", NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_strdup (directory) : NULL;
}

/**
 * ligdi_sim_options_free:
 * @options: (transfer full) (nullable): the options
 */
void
ligdi_sim_options_free (LigdiSimOptions *options)
{
  if (options == NULL)
    return;

  g_clear_object (&options->address);
  g_free (options->state_path);
  g_free (options->page_certificate);
  g_free (options->page_host);
  g_free (options->credentials_directory);
  g_free (options);
}

/**
 * ligdi_sim_options_parse:
 * @argc: (inout): the number of arguments
 * @argv: (inout): the arguments
 * @error: return location: a sentence about what is wrong
 *
 * Returns: (transfer full) (nullable): the options
 */
LigdiSimOptions *
ligdi_sim_options_parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (LigdiSimOptions) options = g_new0 (LigdiSimOptions, 1);
  LigdiSimSettings *settings = &options->settings;
  g_autofree char *address = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *callback_mode = NULL;
  g_autofree char *callback_style = NULL;
  g_auto (GStrv) scenarios = NULL;
  gboolean no_token = FALSE;
  gboolean public_keys = FALSE;
  int pending_seconds = 120;
  int cut_seconds = 120;
  int slow_seconds = 8;
  int late_seconds = 10;
  int operator_seconds = 0;
  int profile_value = LIGDI_SIM_PROFILE_CURRENT;
  int redirect_value = LIGDI_SIM_REDIRECT_302;
  int mode_value = LIGDI_SIM_CALLBACK_BOTH;
  int style_value = LIGDI_SIM_CALLBACK_STYLE_JSON;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port,
      "Listen on this port; 0 (the default) for the one in the state file, or any", "PORT" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &address,
      "Listen on this loopback address (127.0.0.1)", "ADDRESS" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state_path,
      "Keep the latest 2000 invoices and the port in this file", "FILE" },
    { "credentials", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_directory,
      "Expect the keys in the files ligdipay-api-key and ligdipay-api-token of this directory "
      "($CREDENTIALS_DIRECTORY, where they exist)",
      "DIRECTORY" },
    { "public-keys", 0, 0, G_OPTION_ARG_NONE, &public_keys,
      "Expect the public demonstration keys, whatever the environment says", NULL },
    { "page-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->page_certificate,
      "Serve payment pages by https on a port of their own, with the certificate and key in this "
      "PEM file, or one that nobody signed",
      "FILE|self-signed" },
    { "page-port", 0, 0, G_OPTION_ARG_INT, &options->page_port,
      "On this port; 0 (the default) for any", "PORT" },
    { "page-host", 0, 0, G_OPTION_ARG_STRING, &options->page_host,
      "What their links call this computer (the address)", "NAME" },
    { "scenario", 's', 0, G_OPTION_ARG_STRING_ARRAY, &scenarios,
      "What happens to payments; can be given several times", "NAME" },
    { "list-scenarios", 'l', 0, G_OPTION_ARG_NONE, &options->list_scenarios,
      "List the scenarios and the amounts that play them", NULL },
    { "automatic", 'a', 0, G_OPTION_ARG_NONE, &settings->automatic,
      "Play the scenario as soon as the payment page is opened", NULL },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile,
      "Answer confirm as documented today, or as the libraries of 2024 need it",
      "current|legacy-2024" },
    { "redirect-by", 0, 0, G_OPTION_ARG_STRING, &redirect,
      "How the page goes back to the shop", "302|script|form|meta" },
    { "no-token", 0, 0, G_OPTION_ARG_NONE, &no_token,
      "Append nothing to the return and cancel addresses", NULL },
    { "strict-parameter", 0, 0, G_OPTION_ARG_NONE, &settings->strict_parameter,
      "Confirm knows \"invoiceToken\" only, not \"token\"", NULL },
    { "callback", 0, 0, G_OPTION_ARG_STRING, &callback_mode,
      "Which callbacks are sent, to this computer only",
      "none|one|both|duplicate|late|before-redirect" },
    { "callback-style", 0, 0, G_OPTION_ARG_STRING, &callback_style,
      "How the form carries custom_data", "json|keys|entries|empty" },
    { "callback-token", 0, 0, G_OPTION_ARG_NONE, &settings->other_callback_token,
      "Callbacks carry another token that works, instead of none", NULL },
    { "pending-seconds", 0, 0, G_OPTION_ARG_INT, &pending_seconds,
      "How long \"pending\" stays pending (120)", "SECONDS" },
    { "cut-seconds", 0, 0, G_OPTION_ARG_INT, &cut_seconds,
      "How long \"network-cut\" cuts (120)", "SECONDS" },
    { "slow-seconds", 0, 0, G_OPTION_ARG_INT, &slow_seconds,
      "How slow the slow faults are (8)", "SECONDS" },
    { "late-seconds", 0, 0, G_OPTION_ARG_INT, &late_seconds,
      "How late late callbacks are (10)", "SECONDS" },
    { "operator-seconds", 0, 0, G_OPTION_ARG_INT, &operator_seconds,
      "How long operators take before the page goes back to the shop (0)", "SECONDS" },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_parent,
      "End when the program that started this one ends", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet,
      "Do not write what happens to standard error", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->show_version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, DESCRIPTION);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return NULL;

  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "\"%s\" is not expected.",
                   (*argv)[1]);
      return NULL;
    }
  if (!check_port ("--port", options->port, error)
      || !check_port ("--page-port", options->page_port, error)
      || !read_address (options, address, error)
      || !read_scenarios (scenarios, settings, error)
      || !read_word ("--profile", profile, profiles, &profile_value, error)
      || !read_word ("--redirect-by", redirect, redirects, &redirect_value, error)
      || !read_word ("--callback", callback_mode, callback_modes, &mode_value, error)
      || !read_word ("--callback-style", callback_style, callback_styles, &style_value, error)
      || !read_seconds ("--pending-seconds", pending_seconds, &settings->pending_seconds, error)
      || !read_seconds ("--cut-seconds", cut_seconds, &settings->cut_seconds, error)
      || !read_seconds ("--slow-seconds", slow_seconds, &settings->slow_seconds, error)
      || !read_seconds ("--late-seconds", late_seconds, &settings->late_seconds, error)
      || !read_seconds ("--operator-seconds", operator_seconds, &settings->operator_seconds,
                        error))
    return NULL;

  settings->profile = (LigdiSimProfile) profile_value;
  settings->redirect = (LigdiSimRedirect) redirect_value;
  settings->callback_mode = (LigdiSimCallbackMode) mode_value;
  settings->callback_style = (LigdiSimCallbackStyle) style_value;
  settings->append_token = !no_token;
  if (public_keys)
    g_clear_pointer (&options->credentials_directory, g_free);
  else if (options->credentials_directory == NULL)
    options->credentials_directory = find_credentials_directory ();

  return g_steal_pointer (&options);
}
