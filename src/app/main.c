/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-application.h"
#include "ligdi-command.h"
#include "ligdi-language.h"

#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>

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

static int
run_command (int argc, char *argv[])
{
  g_autofree char *ledger
      = g_build_filename (g_get_user_data_dir (), "ligdipay", "ledger.sqlite", NULL);
  LigdiCommandPlace place = { .ledger = ledger, .print = print, .print_error = print_error };
  LigdiCommandStatus status = ligdi_command_run (&place, argc - 1, argv + 1);

  /* What is written to a full disk is cut off, and nobody else would say so. */
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  g_printerr ("%s\n", g_strerror (errno));
  return LIGDI_COMMAND_FAILED;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (LigdiApplication) application = NULL;
  g_autofree char *language = NULL;
  const struct rlimit no_core = { 0, 0 };

  /* No core dumps: they would hold the keys. */
  setrlimit (RLIMIT_CORE, &no_core);

  g_set_prgname ("ligdipay");
  /* Once before the settings, whose backend may start threads, and again only where
   * the shop has chosen otherwise than the computer. */
  ligdi_language_apply ("auto");
  settings = g_settings_new ("com.example.LigdiPay");
  language = g_settings_get_string (settings, "language");
  if (!g_str_equal (language, "auto"))
    ligdi_language_apply (language);
  if (argc > 1 && ligdi_command_is_known (argv[1]))
    return run_command (argc, argv);
  gtk_disable_setlocale ();

  application = ligdi_application_new (settings);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
