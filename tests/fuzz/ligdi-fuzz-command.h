/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-command.h"

G_BEGIN_DECLS

/* Runs a command to its end on a ledger, with a shop that has no keys. */
LigdiCommandStatus ligdi_fuzz_command_run (const char *ledger, LigdiCommandPrint print,
                                           LigdiCommandPrint print_error, int n_words,
                                           char **words);

G_END_DECLS
