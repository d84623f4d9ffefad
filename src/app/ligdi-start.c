/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-start.h"

#include <glib/gi18n.h>

#include <stdlib.h>

/* The options of the window, and what becomes of them where a till runs already. */

static const GOptionEntry options[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Play with play money, whatever is set up"), NULL },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Let customers use it by themselves; Ctrl+Shift+Q and a code lead out"), NULL },
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Watch what has no result yet, without a window, if the shop wants it"), NULL },
  { "sale", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the sale, also in a till that runs already"),
    NULL },
  { "history", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show the history, also in a till that runs already"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  { NULL },
};

/* Whether another till runs in this session. */
static gboolean
runs_already (GApplication *application)
{
  return g_application_register (application, NULL, NULL)
         && g_application_get_is_remote (application);
}

/**
 * ligdi_start_add_options:
 * @application: an application that has not run yet
 *
 * Makes the options known, and --help say them.
 */
void
ligdi_start_add_options (GApplication *application)
{
  g_application_add_main_option_entries (application, options);
}

/**
 * ligdi_start_read:
 * @self: (out caller-allocates): what is asked for
 * @application: the application
 * @given: the options given, as #GApplication::handle-local-options has them
 * @settings: what the shop has set
 *
 * Returns: what the process ends with, or -1 to go on
 */
int
ligdi_start_read (LigdiStart *self, GApplication *application, GVariantDict *given,
                  GSettings *settings)
{
  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("LigdiPay %s\n", LIGDI_VERSION);
      return EXIT_SUCCESS;
    }
  self->demonstration = g_variant_dict_contains (given, "demo");
  self->kiosk = g_variant_dict_contains (given, "kiosk");
  self->background = g_variant_dict_contains (given, "background");
  if (g_variant_dict_contains (given, "history"))
    self->page = "history";
  else if (g_variant_dict_contains (given, "sale"))
    self->page = "sale";
  else
    self->page = NULL;

  /* Whoever runs already is no kiosk, and must not be taken for one. */
  if (self->kiosk && runs_already (application))
    {
      g_printerr ("%s\n", _("LigdiPay runs already. Close it first."));
      return EXIT_FAILURE;
    }
  /* Whoever runs already watches. */
  if (self->background
      && (!g_settings_get_boolean (settings, "watch-when-closed")
          || !g_application_register (application, NULL, NULL)
          || g_application_get_is_remote (application)))
    return EXIT_SUCCESS;
  /* The message is out before the process ends: g_application_run () sees to it. */
  if (self->page != NULL && runs_already (application))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), self->page, NULL);
      return EXIT_SUCCESS;
    }
  return -1;
}
