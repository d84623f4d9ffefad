/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-checkout.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_HISTORY_PAGE (ligdi_history_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHistoryPage, ligdi_history_page, LIGDI, HISTORY_PAGE, GtkBox)

GtkWidget *ligdi_history_page_new (void);
void ligdi_history_page_set_checkout (LigdiHistoryPage *self, LigdiCheckout *checkout);
void ligdi_history_page_set_till (LigdiHistoryPage *self, const char *till);
void ligdi_history_page_set_to_follow (LigdiHistoryPage *self, gboolean to_follow);
LigdiPayment *ligdi_history_page_get_selected (LigdiHistoryPage *self);
void ligdi_history_page_refresh (LigdiHistoryPage *self);
void ligdi_history_page_close_follow_up (LigdiHistoryPage *self);
void ligdi_history_page_hear_of (LigdiHistoryPage *self, LigdiPayment *payment);

G_END_DECLS
