/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-catalogue-import.h"

G_BEGIN_DECLS

const char *ligdi_import_words_for_fault (LigdiImportFault fault);
const char *ligdi_import_words_for_product (LigdiProductFault fault);
char *ligdi_import_words_for_lines (GArray *refused);

G_END_DECLS
