/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_CODE_PAGE (ligdi_code_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiCodePage, ligdi_code_page, LIGDI, CODE_PAGE, GtkBox)

GtkWidget *ligdi_code_page_new (void);
void ligdi_code_page_ask (LigdiCodePage *self, const char *title, guint n_digits);
void ligdi_code_page_choose (LigdiCodePage *self, const char *title, const char *sentence,
                             guint n_digits);
void ligdi_code_page_refuse (LigdiCodePage *self, gint64 wait);
void ligdi_code_page_clear (LigdiCodePage *self);

G_END_DECLS
