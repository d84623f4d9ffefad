/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LigdiLedgerFacts:
 *
 * Asks a database for facts. Every step of a payment asks twice, so that its questions are
 * kept ready.
 */
typedef struct _LigdiLedgerFacts LigdiLedgerFacts;

LigdiLedgerFacts *ligdi_ledger_facts_new (sqlite3 *db, GError **error);
void ligdi_ledger_facts_free (LigdiLedgerFacts *self);
GHashTable *ligdi_ledger_facts_load (LigdiLedgerFacts *self, gint64 payment, GError **error);
GHashTable *ligdi_ledger_facts_load_again (LigdiLedgerFacts *self, gint64 payment,
                                           GError **error);
void ligdi_ledger_facts_know (LigdiLedgerFacts *self, gint64 payment, GHashTable *facts);
void ligdi_ledger_facts_forget (LigdiLedgerFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiLedgerFacts, ligdi_ledger_facts_free)

char *ligdi_ledger_facts_compare (GHashTable *before, GHashTable *after);
void ligdi_ledger_facts_fold (GHashTable *facts, const char *changes);
gboolean ligdi_ledger_facts_are_of_sale (const char *name);

G_END_DECLS
