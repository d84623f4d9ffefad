/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-receipt-text.h"

G_BEGIN_DECLS

/**
 * LigdiPaper:
 * @LIGDI_PAPER_ROLL: a roll of 80 mm, cut where the text ends
 * @LIGDI_PAPER_A4: A4
 *
 * What a receipt is printed on.
 */
typedef enum
{
  LIGDI_PAPER_ROLL,
  LIGDI_PAPER_A4,
} LigdiPaper;

void ligdi_receipt_print (GtkWindow *parent, GPtrArray *lines);
gboolean ligdi_receipt_export_pdf (GPtrArray *lines, LigdiPaper paper, const char *path,
                                   GError **error);

G_END_DECLS
