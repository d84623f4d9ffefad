/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-journal-entry.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_JOURNAL_ROW (ligdi_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (LigdiJournalRow, ligdi_journal_row, LIGDI, JOURNAL_ROW, GtkBox)

GtkWidget *ligdi_journal_row_new (const LigdiJournalEntry *entry, int check, gboolean again,
                                  gboolean last);

G_END_DECLS
