/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ligdi-catalogue.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PRODUCTS (ligdi_products_get_type ())
G_DECLARE_FINAL_TYPE (LigdiProducts, ligdi_products, LIGDI, PRODUCTS, GObject)

LigdiProducts *ligdi_products_new (LigdiCatalogue *catalogue);
LigdiCatalogue *ligdi_products_get_catalogue (LigdiProducts *self);
gboolean ligdi_products_replace (LigdiProducts *self, LigdiCatalogue *catalogue);

G_END_DECLS
