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
 * @LIGDI_COMMAND_UNRESOLVED: nobody knows yet whether what was asked for is paid
 * @LIGDI_COMMAND_WRONG_AMOUNT: it is paid, but not as much as was asked for, or more
 * @LIGDI_COMMAND_REFUSED: the cashier did not want to charge it, or has given it up
 * @LIGDI_COMMAND_CASH: the cashier took cash
 *
 * What a command's process ends with.
 */
typedef enum
{
  LIGDI_COMMAND_DONE = 0,
  LIGDI_COMMAND_NO = 1,
  LIGDI_COMMAND_MISUSED = 2,
  LIGDI_COMMAND_FAILED = 3,
  LIGDI_COMMAND_UNRESOLVED = 4,
  LIGDI_COMMAND_WRONG_AMOUNT = 5,
  LIGDI_COMMAND_REFUSED = 6,
  LIGDI_COMMAND_CASH = 7,
} LigdiCommandStatus;

/**
 * LigdiCommandPrint:
 * @text: whole lines
 */
typedef void (*LigdiCommandPrint) (const char *text);

/**
 * LigdiCommandOpenGateway:
 * @user_data: the place's
 * @error: return location, %LIGDI_ERROR_CREDENTIALS or %LIGDI_ERROR_KEYRING
 *
 * Returns: (transfer full): the gateway that the till would talk to, or %NULL
 */
typedef LigdiGateway *(*LigdiCommandOpenGateway) (gpointer user_data, GError **error);

/**
 * LigdiCommandOpenBus:
 * @user_data: the place's
 * @error: return location, as for g_bus_get_sync()
 *
 * Returns: (transfer full): the bus that the till can be found on, or %NULL
 */
typedef GDBusConnection *(*LigdiCommandOpenBus) (gpointer user_data, GError **error);

/**
 * LigdiCommandStartTill:
 * @user_data: the place's
 * @error: return location, as for g_spawn_async()
 *
 * Starts the cashier's window where none runs, and nothing else knows how.
 *
 * Returns: %FALSE on failure
 */
typedef gboolean (*LigdiCommandStartTill) (gpointer user_data, GError **error);

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
 * @open_bus: called by commands that need the cashier
 * @start_till: likewise, where no till runs
 * @user_data: for what is called
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
  LigdiCommandOpenBus open_bus;
  LigdiCommandStartTill start_till;
  gpointer user_data;
} LigdiCommandPlace;

gboolean ligdi_command_is_known (const char *name);
void ligdi_command_run_async (const LigdiCommandPlace *place, int argc, char **argv,
                              GAsyncReadyCallback callback, gpointer user_data);
LigdiCommandStatus ligdi_command_run_finish (GAsyncResult *result);
char *ligdi_command_describe (void);

G_END_DECLS
