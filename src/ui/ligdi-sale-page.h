/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-item-search.h"
#include "ligdi-notice.h"
#include "ligdi-sale.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_SALE_PAGE (ligdi_sale_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSalePage, ligdi_sale_page, LIGDI, SALE_PAGE, GtkBox)

GtkWidget *ligdi_sale_page_new (void);
void ligdi_sale_page_set_limit (LigdiSalePage *self, gint64 limit);
void ligdi_sale_page_set_for_customer (LigdiSalePage *self, gboolean alone, gboolean fixed_prices);
LigdiItemSearch *ligdi_sale_page_get_search (LigdiSalePage *self);
void ligdi_sale_page_set_block (LigdiSalePage *self, const char *reason);
void ligdi_sale_page_charge (LigdiSalePage *self, int opening);
void ligdi_sale_page_reset (LigdiSalePage *self);
void ligdi_sale_page_restore_sale (LigdiSalePage *self, const LigdiSale *sale);
LigdiNotice *ligdi_sale_page_get_notice (LigdiSalePage *self);
gboolean ligdi_sale_page_is_empty (LigdiSalePage *self);

G_END_DECLS
