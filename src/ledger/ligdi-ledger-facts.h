/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

GHashTable *ligdi_ledger_facts_load (sqlite3 *db, gint64 payment, GError **error);
char *ligdi_ledger_facts_compare (GHashTable *before, GHashTable *after);
void ligdi_ledger_facts_fold (GHashTable *facts, const char *changes);
gboolean ligdi_ledger_facts_are_of_sale (const char *name);

G_END_DECLS
