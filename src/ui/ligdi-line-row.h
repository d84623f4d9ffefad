/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-draft.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_LINE_ROW (ligdi_line_row_get_type ())
G_DECLARE_FINAL_TYPE (LigdiLineRow, ligdi_line_row, LIGDI, LINE_ROW, GtkListBoxRow)

GtkWidget *ligdi_line_row_new (void);
void ligdi_line_row_set_line (LigdiLineRow *self, const LigdiSaleLine *line);
void ligdi_line_row_set_typing (LigdiLineRow *self, const LigdiTyping *typing, const char *label);
void ligdi_line_row_fill (GtkListBox *lines, const LigdiDraft *draft);

G_END_DECLS
