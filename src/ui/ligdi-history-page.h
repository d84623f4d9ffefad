/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-checkout.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_PAGE (ligdi_history_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryPage, ligdi_history_page, LIGDI, HISTORY_PAGE, GtkBox)

GtkWidget *ligdi_history_page_new (void);
void ligdi_history_page_set_checkout (LigdiHistoryPage *self, LigdiCheckout *checkout);
void ligdi_history_page_set_shop (LigdiHistoryPage *self, const char *name, const char *till);
void ligdi_history_page_refresh (LigdiHistoryPage *self);

G_END_DECLS
