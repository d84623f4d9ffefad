/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiCommandStatus:
 * @LIGDI_COMMAND_DONE: it did what was asked
 * @LIGDI_COMMAND_NO: it ran, and the answer is no: the ledger is not whole
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
 * LigdiCommandPlace:
 * @ledger: the till's ledger
 * @print: where answers go
 * @print_error: where reasons go
 *
 * Where a command runs.
 */
typedef struct
{
  const char *ledger;
  LigdiCommandPrint print;
  LigdiCommandPrint print_error;
} LigdiCommandPlace;

gboolean ligdi_command_is_known (const char *name);
LigdiCommandStatus ligdi_command_run (const LigdiCommandPlace *place, int argc, char **argv);
char *ligdi_command_describe (void);

G_END_DECLS
