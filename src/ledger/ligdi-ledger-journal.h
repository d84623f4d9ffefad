/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LigdiJournalLine:
 * @id: its place in the journal, from 1
 * @payment: the payment's row
 * @at: ms since 1970
 * @what: see #LigdiJournalEntry
 * @from_state: (nullable): the payment's state before, or %NULL for an intent
 * @to_state: its state after
 * @note: (nullable): more; never a secret
 * @changes: which facts became what, as ligdi_ledger_facts_compare() says
 * @cashier: (nullable): the name of whoever did it; %NULL where nobody did, or nobody has names
 * @approved: 1 when it was done with the manager's code, or 0
 *
 * One line of the journal, as it is sealed.
 */
typedef struct
{
  gint64 id;
  gint64 payment;
  gint64 at;
  const char *what;
  const char *from_state;
  const char *to_state;
  const char *note;
  const char *changes;
  const char *cashier;
  gint64 approved;
} LigdiJournalLine;

/* The columns that ligdi_ledger_journal_read_line() reads, of payment_event; the line's own
 * seal follows. */
#define LIGDI_LEDGER_LINE_COLUMNS                                                                  \
  "id, payment, at, what, from_state, to_state, note, changes, cashier, hash, approved "
#define LIGDI_LEDGER_LINE_WHAT 3
#define LIGDI_LEDGER_LINE_HASH 9

/**
 * LigdiLedgerJournal:
 *
 * Writes lines. Every step of a payment writes one, so that its statements are kept ready.
 */
typedef struct _LigdiLedgerJournal LigdiLedgerJournal;

LigdiLedgerJournal *ligdi_ledger_journal_new (sqlite3 *db, GError **error);
void ligdi_ledger_journal_free (LigdiLedgerJournal *self);
void ligdi_ledger_journal_set_cashier (LigdiLedgerJournal *self, const char *name,
                                       gboolean approved);
const char *ligdi_ledger_journal_get_cashier (LigdiLedgerJournal *self);
gboolean ligdi_ledger_journal_append (LigdiLedgerJournal *self, LigdiJournalLine *line,
                                      GError **error);
gboolean ligdi_ledger_journal_adopt (sqlite3 *db, GError **error);
void ligdi_ledger_journal_read_line (sqlite3_stmt *row, LigdiJournalLine *line);
char *ligdi_ledger_journal_seal_line (const char *previous, const LigdiJournalLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiLedgerJournal, ligdi_ledger_journal_free)

G_END_DECLS
