/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-products.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_ITEM_SEARCH (ligdi_item_search_get_type ())
G_DECLARE_FINAL_TYPE (LigdiItemSearch, ligdi_item_search, LIGDI, ITEM_SEARCH, GtkBox)

void ligdi_item_search_set_products (LigdiItemSearch *self, LigdiProducts *products);
LigdiProducts *ligdi_item_search_get_products (LigdiItemSearch *self);
gboolean ligdi_item_search_has_products (LigdiItemSearch *self);
gboolean ligdi_item_search_has_text (LigdiItemSearch *self);
gboolean ligdi_item_search_is_focus (LigdiItemSearch *self);
void ligdi_item_search_focus (LigdiItemSearch *self);
void ligdi_item_search_go_on (LigdiItemSearch *self);
void ligdi_item_search_clear (LigdiItemSearch *self);
void ligdi_item_search_finish (LigdiItemSearch *self);
void ligdi_item_search_follow_scan (LigdiItemSearch *self, const char *const *readings);
void ligdi_item_search_finish_scan (LigdiItemSearch *self, const char *const *readings,
                                    gboolean typed);

G_END_DECLS
