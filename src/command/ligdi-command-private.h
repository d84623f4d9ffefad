/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-command.h"

G_BEGIN_DECLS

/* A command's own part of the command line; argv[0] is its last word. */
typedef LigdiCommandStatus (*LigdiCommandFunc) (const LigdiCommandPlace *place, int argc,
                                                char **argv);

/* The same for a command that has to wait. Takes the task over, and returns what the process
 * ends with by it. */
typedef void (*LigdiCommandStart) (const LigdiCommandPlace *place, int argc, char **argv,
                                   GTask *task);

LigdiCommandStatus ligdi_command_verify (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_back_up (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_restore (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_list (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_export (const LigdiCommandPlace *place, int argc, char **argv);
void ligdi_command_link (const LigdiCommandPlace *place, int argc, char **argv, GTask *task);
void ligdi_command_charge (const LigdiCommandPlace *place, int argc, char **argv, GTask *task);
void ligdi_command_check (const LigdiCommandPlace *place, int argc, char **argv, GTask *task);

gboolean ligdi_command_parse (const LigdiCommandPlace *place, const char *usage,
                              const char *description, const GOptionEntry *entries, int min,
                              int max, int *argc, char ***argv, LigdiCommandStatus *status);
LigdiCheckout *ligdi_command_open_checkout (const LigdiCommandPlace *place, gboolean may_create,
                                            LigdiCommandStatus *status);
const char *ligdi_command_find_negative (int argc, char **argv);
gboolean ligdi_command_read_amount (const LigdiCommandPlace *place, const char *typed,
                                    gint64 *amount, LigdiCommandStatus *status);
const char *ligdi_command_name_state (LigdiPaymentState state);
G_GNUC_PRINTF (2, 3)
void ligdi_command_say (const LigdiCommandPlace *place, const char *format, ...);
LigdiCommandStatus ligdi_command_get_status (const GError *error);
G_GNUC_PRINTF (2, 3)
LigdiCommandStatus ligdi_command_misuse (const LigdiCommandPlace *place, const char *format, ...);
LigdiCommandStatus ligdi_command_fail (const LigdiCommandPlace *place, const char *file,
                                       const GError *error);

G_END_DECLS
