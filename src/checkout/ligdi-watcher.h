/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-gateway.h"
#include "ligdi-ledger.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_WATCHER (ligdi_watcher_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWatcher, ligdi_watcher, LIGDI, WATCHER, GObject)

LigdiWatcher *ligdi_watcher_new (LigdiGateway *gateway, LigdiLedger *ledger);
void ligdi_watcher_add (LigdiWatcher *self, LigdiPayment *payment);
void ligdi_watcher_ask (LigdiWatcher *self, LigdiPayment *payment, gboolean skip_gate);
void ligdi_watcher_remove (LigdiWatcher *self, LigdiPayment *payment);
void ligdi_watcher_expect (LigdiWatcher *self, GPtrArray *payments, gint64 horizon);
gboolean ligdi_watcher_is_busy (LigdiWatcher *self);
void ligdi_watcher_stop (LigdiWatcher *self);

G_END_DECLS
