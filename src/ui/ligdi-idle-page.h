/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_IDLE_PAGE (ligdi_idle_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiIdlePage, ligdi_idle_page, LIGDI, IDLE_PAGE, GtkButton)

GtkWidget *ligdi_idle_page_new (void);
void ligdi_idle_page_set_shop (LigdiIdlePage *self, const char *name, const char *phone);
void ligdi_idle_page_set_open (LigdiIdlePage *self, gboolean open);

G_END_DECLS
