/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-products.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PRICE_LIST (ligdi_price_list_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPriceList, ligdi_price_list, LIGDI, PRICE_LIST, GtkBox)

void ligdi_price_list_set_products (LigdiPriceList *self, LigdiProducts *products);

G_END_DECLS
