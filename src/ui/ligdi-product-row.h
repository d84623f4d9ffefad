/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-catalogue.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PRODUCT_ROW (ligdi_product_row_get_type ())
G_DECLARE_FINAL_TYPE (LigdiProductRow, ligdi_product_row, LIGDI, PRODUCT_ROW, GtkListBoxRow)

GtkWidget *ligdi_product_row_new (const LigdiProduct *product);
GtkWidget *ligdi_product_row_new_other (const char *text);
const LigdiProduct *ligdi_product_row_get_product (LigdiProductRow *self);

G_END_DECLS
