/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger-hook.h"

G_BEGIN_DECLS

char *ligdi_hook_message_write (const LigdiHookEvent *event, gboolean demonstration);
char *ligdi_hook_message_sign (const char *message, const char *key);
char *ligdi_hook_message_load_key (const char *path, GError **error);

G_END_DECLS
