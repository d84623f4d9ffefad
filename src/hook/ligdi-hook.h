/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-ledger.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HOOK (ligdi_hook_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHook, ligdi_hook, LIGDI, HOOK, GObject)

LigdiHook *ligdi_hook_new (LigdiLedger *ledger, const char *key_path, gboolean demonstration);
void ligdi_hook_set_listeners (LigdiHook *self, const char *command, const char *address);
void ligdi_hook_wake (LigdiHook *self);

G_END_DECLS
