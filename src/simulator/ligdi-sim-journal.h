/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LigdiSimJournal:
 *
 * The state file: a line of JSON for the store, then a line for each invoice that was made or
 * changed. The last line about an invoice counts.
 */
typedef struct _LigdiSimJournal LigdiSimJournal;

LigdiSimJournal *ligdi_sim_journal_new (const char *path);
void ligdi_sim_journal_free (LigdiSimJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSimJournal, ligdi_sim_journal_free)

GPtrArray *ligdi_sim_journal_read (LigdiSimJournal *journal, GError **error);
gboolean ligdi_sim_journal_write (LigdiSimJournal *journal, GPtrArray *lines, GError **error);
gboolean ligdi_sim_journal_append (LigdiSimJournal *journal, JsonNode *line, GError **error);
gboolean ligdi_sim_journal_is_long (LigdiSimJournal *journal);

gboolean ligdi_sim_journal_refuse (LigdiSimJournal *journal, GError **error);

G_END_DECLS
