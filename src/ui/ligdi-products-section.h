/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-catalogue-import.h"
#include "ligdi-products.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PRODUCTS_SECTION (ligdi_products_section_get_type ())
G_DECLARE_FINAL_TYPE (LigdiProductsSection, ligdi_products_section, LIGDI, PRODUCTS_SECTION, GtkBox)

void ligdi_products_section_set_products (LigdiProductsSection *self, LigdiProducts *products);
void ligdi_products_section_review (LigdiProductsSection *self, LigdiCatalogueImport *import);

G_END_DECLS
