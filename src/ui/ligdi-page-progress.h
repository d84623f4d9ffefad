/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_PAGE_PROGRESS (ligdi_page_progress_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPageProgress, ligdi_page_progress, LIGDI, PAGE_PROGRESS, GtkProgressBar)

GtkWidget *ligdi_page_progress_new (void);
void ligdi_page_progress_set (LigdiPageProgress *self, double fraction);

G_END_DECLS
