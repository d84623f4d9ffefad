/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-catalogue.h"

G_BEGIN_DECLS

/**
 * LIGDI_CATALOGUE_MAX_BYTES:
 *
 * The largest file: no list of products is half as large.
 */
#define LIGDI_CATALOGUE_MAX_BYTES (4 * 1024 * 1024)

/**
 * LigdiImportFault:
 * @LIGDI_IMPORT_FAULT_NONE: it can be read
 * @LIGDI_IMPORT_FAULT_LARGE: it is above %LIGDI_CATALOGUE_MAX_BYTES
 * @LIGDI_IMPORT_FAULT_WORKBOOK: it is a spreadsheet's own file
 * @LIGDI_IMPORT_FAULT_NO_TEXT: it is no text
 * @LIGDI_IMPORT_FAULT_PRICES: more than one of its columns is a price
 * @LIGDI_IMPORT_FAULT_EMPTY: it has no line
 *
 * Why a file is no list of products at all.
 */
typedef enum
{
  LIGDI_IMPORT_FAULT_NONE,
  LIGDI_IMPORT_FAULT_LARGE,
  LIGDI_IMPORT_FAULT_WORKBOOK,
  LIGDI_IMPORT_FAULT_NO_TEXT,
  LIGDI_IMPORT_FAULT_PRICES,
  LIGDI_IMPORT_FAULT_EMPTY,
} LigdiImportFault;

/**
 * LigdiRefusedLine:
 * @line: which line of the file, from 1
 * @fault: why it is not taken
 *
 * A line that does not come into the list.
 */
typedef struct
{
  guint line;
  LigdiProductFault fault;
} LigdiRefusedLine;

/**
 * LigdiCatalogueImport:
 * @fault: why nothing can be read at all
 * @catalogue: (nullable): what can be, unless @fault
 * @refused: (element-type LigdiRefusedLine): what cannot, as in the file
 *
 * What a file holds.
 */
typedef struct
{
  LigdiImportFault fault;
  LigdiCatalogue *catalogue;
  GArray *refused;
} LigdiCatalogueImport;

LigdiCatalogueImport *ligdi_catalogue_import (const char *bytes, gsize length);
void ligdi_catalogue_import_free (LigdiCatalogueImport *import);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiCatalogueImport, ligdi_catalogue_import_free)

G_END_DECLS
