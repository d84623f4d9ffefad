/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-products.h"

G_BEGIN_DECLS

LigdiProducts *ligdi_product_file_load (const char *directory, gboolean demonstration);

G_END_DECLS
