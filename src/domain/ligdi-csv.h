/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LIGDI_CSV_MARK:
 *
 * What a file begins with, so that spreadsheets take it for UTF-8.
 */
#define LIGDI_CSV_MARK "\357\273\277"

void ligdi_csv_add_text (GString *csv, const char *text);
void ligdi_csv_add_number (GString *csv, gint64 number);
void ligdi_csv_end_row (GString *csv);
gboolean ligdi_csv_read_row (const char **at, char separator, GPtrArray *cells, guint *n_lines);

G_END_DECLS
