/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-journal-entry.h"

/**
 * ligdi_journal_is_act:
 * @what: what happened
 *
 * Returns: whether somebody at the till did it; the rest comes from the gateway, the page and
 *   the clock
 */
gboolean
ligdi_journal_is_act (const char *what)
{
  static const char *const acts[] = {
    "intent",   "cashier-cancelled", "page-reopened",     "page-moved",       "set-aside", "cash",
    "given-up", "new-payment",       "not-charged-again", "follow-up-closed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (what, acts[i]))
      return TRUE;
  return FALSE;
}

/**
 * ligdi_journal_entry_new:
 * @at: ms since 1970
 * @what: what happened
 * @note: (nullable): more
 *
 * Returns: (transfer full): an entry
 */
LigdiJournalEntry *
ligdi_journal_entry_new (gint64 at, const char *what, const char *note)
{
  LigdiJournalEntry *entry = g_new0 (LigdiJournalEntry, 1);

  entry->at = at;
  entry->what = g_strdup (what);
  entry->note = g_strdup (note);
  return entry;
}

/**
 * ligdi_journal_entry_free:
 * @entry: (transfer full): an entry
 */
void
ligdi_journal_entry_free (LigdiJournalEntry *entry)
{
  g_free (entry->what);
  g_free (entry->note);
  g_free (entry->cashier);
  g_free (entry);
}
