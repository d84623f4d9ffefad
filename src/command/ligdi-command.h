/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-checkout.h"

G_BEGIN_DECLS

/**
 * LigdiCommandStatus:
 * @LIGDI_COMMAND_DONE: it did what was asked
 * @LIGDI_COMMAND_NO: it ran, and the answer is no: the ledger is not whole, the payment is not
 *   paid
 * @LIGDI_COMMAND_MISUSED: the command line cannot be understood
 * @LIGDI_COMMAND_FAILED: it could not run, and says why
 *
 * What a command's process ends with.
 */
typedef enum
{
  LIGDI_COMMAND_DONE = 0,
  LIGDI_COMMAND_NO = 1,
  LIGDI_COMMAND_MISUSED = 2,
  LIGDI_COMMAND_FAILED = 3,
} LigdiCommandStatus;

/**
 * LigdiCommandPrint:
 * @text: whole lines
 */
typedef void (*LigdiCommandPrint) (const char *text);

/**
 * LigdiCommandOpenGateway:
 * @user_data: the place's
 * @error: return location, %LIGDI_ERROR_CREDENTIALS
 *
 * Returns: (transfer full): the gateway that the till would talk to, or %NULL
 */
typedef LigdiGateway *(*LigdiCommandOpenGateway) (gpointer user_data, GError **error);

/**
 * LigdiCommandPlace:
 * @ledger: the till's ledger
 * @print: where answers go
 * @print_error: where reasons go
 * @shop_name: the shop's name, may be empty
 * @shop_website: its site, may be empty
 * @return_page: its page for phones, may be empty
 * @limit: the largest amount of one payment, francs XOF
 * @open_gateway: called by commands that talk to the gateway, and by no others
 * @user_data: for @open_gateway
 *
 * Where a command runs.
 */
typedef struct
{
  const char *ledger;
  LigdiCommandPrint print;
  LigdiCommandPrint print_error;
  const char *shop_name;
  const char *shop_website;
  const char *return_page;
  gint64 limit;
  LigdiCommandOpenGateway open_gateway;
  gpointer user_data;
} LigdiCommandPlace;

gboolean ligdi_command_is_known (const char *name);
void ligdi_command_run_async (const LigdiCommandPlace *place, int argc, char **argv,
                              GAsyncReadyCallback callback, gpointer user_data);
LigdiCommandStatus ligdi_command_run_finish (GAsyncResult *result);
char *ligdi_command_describe (void);

G_END_DECLS
