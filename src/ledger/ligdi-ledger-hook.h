/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

/**
 * LigdiHookEvent:
 * @line: the line of the journal
 * @at: when it was written, ms since 1970
 * @state: what the payment came to then
 * @record: the payment as it stands now
 *
 * A verdict that somebody outside has not acknowledged.
 */
typedef struct
{
  gint64 line;
  gint64 at;
  LigdiPaymentState state;
  LigdiPaymentRecord *record;
} LigdiHookEvent;

void ligdi_hook_event_free (LigdiHookEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiHookEvent, ligdi_hook_event_free)

gboolean ligdi_ledger_set_hook (LigdiLedger *self, const char *kind, gboolean wanted,
                                GError **error);
LigdiHookEvent *ligdi_ledger_load_hook_event (LigdiLedger *self, const char *kind,
                                              GError **error);
gboolean ligdi_ledger_acknowledge (LigdiLedger *self, const char *kind, gint64 line,
                                   GError **error);

G_END_DECLS
