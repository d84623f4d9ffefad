/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-options.h"
#include "ligdi-sim-parent.h"
#include "ligdi-sim-scenario.h"
#include "ligdi-sim-server.h"

#include <glib-unix.h>

#include <locale.h>
#include <signal.h>
#include <stdio.h>

#define EXIT_CANNOT_RUN 1
#define EXIT_USAGE 2

static int
complain (const GError *error, int status)
{
  g_printerr ("ligdipay-simulator: %s\n", error->message);
  return status;
}

static gboolean
on_end_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static GLogWriterOutput
write_nothing (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
    return g_log_writer_default (level, fields, n_fields, user_data);
  return G_LOG_WRITER_HANDLED;
}

static int
run (LigdiSimOptions *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LigdiSimCredentials) credentials = NULL;
  g_autoptr (LigdiSimStore) store = NULL;
  g_autoptr (LigdiSimServer) server = NULL;
  g_autoptr (GError) error = NULL;

  if (options->exit_with_parent && !ligdi_sim_parent_watch (loop))
    return EXIT_SUCCESS;

  credentials = ligdi_sim_credentials_load (options->credentials_directory, &error);
  if (credentials == NULL)
    return complain (error, EXIT_CANNOT_RUN);
  store = ligdi_sim_store_new (options->state_path, &error);
  if (store == NULL)
    return complain (error, EXIT_CANNOT_RUN);

  server = ligdi_sim_server_new (store, &options->settings, credentials);
  if (!ligdi_sim_server_listen (server, options->address, (guint16) options->port, &error)
      || (options->page_certificate != NULL
          && !ligdi_sim_server_listen_for_pages (server, options->address,
                                                 (guint16) options->page_port,
                                                 options->page_certificate, options->page_host,
                                                 &error))
      || !ligdi_sim_store_save (store, &error))
    return complain (error, EXIT_CANNOT_RUN);

  g_unix_signal_add (SIGTERM, on_end_signal, loop);
  g_unix_signal_add (SIGINT, on_end_signal, loop);
  g_unix_signal_add (SIGHUP, on_end_signal, loop);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  g_print ("%s\n", ligdi_sim_server_get_base_url (server));
  fflush (stdout);

  g_main_loop_run (loop);

  if (!ligdi_sim_store_save (store, &error))
    return complain (error, EXIT_CANNOT_RUN);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autoptr (LigdiSimOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_log_writer_default_set_use_stderr (TRUE);

  options = ligdi_sim_options_parse (&argc, &argv, &error);
  if (options == NULL)
    return complain (error, EXIT_USAGE);

  if (options->show_version)
    {
      g_print ("ligdipay-simulator %s\n", LIGDI_VERSION);
      return EXIT_SUCCESS;
    }
  if (options->list_scenarios)
    {
      g_autofree char *list = ligdi_sim_scenario_print_list ();

      g_print ("%s", list);
      return EXIT_SUCCESS;
    }
  if (options->quiet)
    g_log_set_writer_func (write_nothing, NULL, NULL);

  return run (options);
}
