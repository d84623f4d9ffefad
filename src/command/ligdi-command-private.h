/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-command.h"

G_BEGIN_DECLS

/* A command's own part of the command line; argv[0] is its last word. */
typedef LigdiCommandStatus (*LigdiCommandFunc) (const LigdiCommandPlace *place, int argc,
                                                char **argv);

LigdiCommandStatus ligdi_command_verify (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_back_up (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_restore (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_list (const LigdiCommandPlace *place, int argc, char **argv);
LigdiCommandStatus ligdi_command_export (const LigdiCommandPlace *place, int argc, char **argv);

gboolean ligdi_command_parse (const LigdiCommandPlace *place, const char *usage,
                              const GOptionEntry *entries, int min, int max, int *argc,
                              char ***argv, LigdiCommandStatus *status);
G_GNUC_PRINTF (2, 3)
void ligdi_command_say (const LigdiCommandPlace *place, const char *format, ...);
LigdiCommandStatus ligdi_command_get_status (const GError *error);
LigdiCommandStatus ligdi_command_fail (const LigdiCommandPlace *place, const char *file,
                                       const GError *error);

G_END_DECLS
