/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-application.h"
#include "ligdi-background.h"
#include "ligdi-command.h"
#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-key-store.h"
#include "ligdi-language.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* As it is, whatever the locale: a spreadsheet and a program want UTF-8. */
static void
print (const char *text)
{
  fputs (text, stdout);
}

static void
print_error (const char *text)
{
  g_printerr ("%s", text);
}

static LigdiGateway *
open_gateway (gpointer user_data, GError **error)
{
  g_autofree char *setting = g_settings_get_string (user_data, "base-url");
  const char *base_url = g_getenv ("LIGDIPAY_BASE_URL");
  g_autoptr (LigdiKeyStore) store = ligdi_key_store_new (user_data);
  g_autoptr (LigdiCredentials) credentials = ligdi_key_store_load (store);

  if (credentials != NULL)
    return ligdi_gateway_new (base_url != NULL ? base_url : setting, credentials->api_key,
                              credentials->api_token, error);
  g_set_error_literal (error, LIGDI_ERROR,
                       ligdi_key_store_get_place (store) == LIGDI_KEY_PLACE_KEYRING
                           ? LIGDI_ERROR_KEYRING
                           : LIGDI_ERROR_CREDENTIALS,
                       "a key is missing");
  return NULL;
}

static GDBusConnection *
open_bus (gpointer user_data, GError **error)
{
  return g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
}

static void
leave_session (gpointer user_data)
{
  setsid ();
}

/* Beside this process and not below it, and with nothing of it: whoever waits for our answer must
 * not wait for the till to close. */
static gboolean
start_till (gpointer user_data, GError **error)
{
  char *words[] = { (char *) "/proc/self/exe", (char *) "ligdipay", NULL };

  return g_spawn_async (NULL, words, NULL,
                        G_SPAWN_FILE_AND_ARGV_ZERO | G_SPAWN_STDOUT_TO_DEV_NULL
                            | G_SPAWN_STDERR_TO_DEV_NULL,
                        leave_session, NULL, NULL, error);
}

/* A command on its way, and what it ended with. */
typedef struct
{
  GMainLoop *loop;
  LigdiCommandStatus status;
} Run;

static void
on_command_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->status = ligdi_command_run_finish (result);
  g_main_loop_quit (run->loop);
}

static int
run_command (GSettings *settings, int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *ledger
      = g_build_filename (g_get_user_data_dir (), "ligdipay", "ledger.sqlite", NULL);
  g_autofree char *name = g_settings_get_string (settings, "shop-name");
  g_autofree char *website = g_settings_get_string (settings, "shop-website");
  g_autofree char *return_page = g_settings_get_string (settings, "return-page");
  LigdiCommandPlace place = {
    .ledger = ledger,
    .print = print,
    .print_error = print_error,
    .shop_name = g_strstrip (name),
    .shop_website = website,
    .return_page = return_page,
    .limit = g_settings_get_int64 (settings, "payment-limit"),
    .open_gateway = open_gateway,
    .open_bus = open_bus,
    .start_till = start_till,
    .user_data = settings,
  };
  Run run = { .loop = loop };

  ligdi_command_run_async (&place, argc - 1, argv + 1, on_command_ready, &run);
  g_main_loop_run (loop);

  /* What is written to a full disk is cut off, and nobody else would say so. */
  if (fflush (stdout) == 0 && !ferror (stdout))
    return run.status;
  g_printerr ("%s\n", g_strerror (errno));
  return LIGDI_COMMAND_FAILED;
}

/* What is set now decides, and not what was asked for on the command line; but a kiosk stays one. */
static int
start_again (char *argv[], char **environment)
{
  static char kiosk[] = "--kiosk";
  gboolean was_kiosk = g_strv_contains ((const char *const *) argv, kiosk);
  char *const again[] = { argv[0], was_kiosk ? kiosk : NULL, NULL };

  g_settings_sync ();
  execve ("/proc/self/exe", again, environment);
  g_printerr ("%s\n", g_strerror (errno));
  return EXIT_FAILURE;
}

static void
on_startup (GApplication *application, gpointer user_data)
{
  ligdi_background_follow (user_data, g_application_get_dbus_connection (application));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (LigdiApplication) application = NULL;
  /* Before anything of it is changed here. */
  g_auto (GStrv) environment = g_get_environ ();
  g_autofree char *language = NULL;
  int status;
  const struct rlimit no_core = { 0, 0 };

  /* No core dumps: they would hold the keys. */
  setrlimit (RLIMIT_CORE, &no_core);

  g_set_prgname ("ligdipay");
  /* Standard output is for the answers of commands, also where debugging is on. */
  g_log_writer_default_set_use_stderr (TRUE);
  /* Once before the settings, whose backend may start threads, and again only where
   * the shop has chosen otherwise than the computer. */
  ligdi_language_apply ("auto");
  settings = g_settings_new ("com.example.LigdiPay");
  language = g_settings_get_string (settings, "language");
  if (!g_str_equal (language, "auto"))
    ligdi_language_apply (language);
  if (argc > 1 && ligdi_command_is_known (argv[1]))
    return run_command (settings, argc, argv);
  if (argc > 1 && *argv[1] != '-' && g_ascii_strncasecmp (argv[1], "ligdipay:", 9) != 0)
    {
      g_autofree char *commands = ligdi_command_describe ();

      print_error (commands);
      return LIGDI_COMMAND_MISUSED;
    }
  gtk_disable_setlocale ();

  application = ligdi_application_new (settings);
  g_signal_connect_object (application, "startup", G_CALLBACK (on_startup), settings, 0);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return ligdi_application_wants_restart (application) ? start_again (argv, environment) : status;
}
