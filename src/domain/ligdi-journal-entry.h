/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiJournalEntry:
 * @at: ms since 1970
 * @what: "intent", an event's nick (see ligdi_payment_event_to_nick()), "attempt" for
 *   a question to confirm that decided nothing, "cash" or "new-payment" for what the
 *   cashier did, "late-reply" or "contradiction" for what came too late
 * @note: (nullable): more; never a secret
 * @cashier: (nullable): who did it
 * @approved: whether it was done with the manager's code
 *
 * One line of a payment's history.
 */
typedef struct
{
  gint64 at;
  char *what;
  char *note;
  char *cashier;
  gboolean approved;
} LigdiJournalEntry;

gboolean ligdi_journal_is_act (const char *what);

LigdiJournalEntry *ligdi_journal_entry_new (gint64 at, const char *what, const char *note);
void ligdi_journal_entry_free (LigdiJournalEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiJournalEntry, ligdi_journal_entry_free)

G_END_DECLS
