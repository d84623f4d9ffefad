/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-fuzz-command.h"

#include "ligdi-error.h"

static GDBusConnection *
open_no_bus (gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no bus here");
  return NULL;
}

static LigdiGateway *
open_no_gateway (gpointer user_data, GError **error)
{
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "a key is missing");
  return NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

LigdiCommandStatus
ligdi_fuzz_command_run (const char *ledger, LigdiCommandPrint print,
                        LigdiCommandPrint print_error, int n_words, char **words)
{
  LigdiCommandPlace place = {
    .ledger = ledger,
    .print = print,
    .print_error = print_error,
    .shop_name = "Wend-Kuni",
    .shop_website = "",
    .return_page = "",
    .limit = 500000,
    .open_gateway = open_no_gateway,
    .open_bus = open_no_bus,
  };
  g_autoptr (GAsyncResult) result = NULL;

  ligdi_command_run_async (&place, n_words, words, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return ligdi_command_run_finish (result);
}
