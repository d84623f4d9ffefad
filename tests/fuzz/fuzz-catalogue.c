/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-catalogue-import.h"
#include "ligdi-fuzz.h"

#include <string.h>

static void
check_product (const LigdiCatalogue *catalogue, const LigdiProduct *product)
{
  g_autofree char *folded = ligdi_catalogue_fold (product->label);
  g_autoptr (GPtrArray) found = ligdi_catalogue_search (catalogue, folded, 1);

  g_assert_true (g_utf8_validate (product->code, -1, NULL));
  g_assert_true (g_utf8_validate (product->label, -1, NULL));
  g_assert_cmpint (product->price, >, 0);
  g_assert_cmpint (product->price, <=, LIGDI_PRODUCT_MAX_PRICE);
  g_assert_true (*product->label != '\0' && strpbrk (product->label, "\r\n\t") == NULL);
  if (*product->code != '\0')
    g_assert_true (ligdi_catalogue_find_code (catalogue, product->code) == product);
  if (*folded != '\0')
    g_assert_cmpuint (found->len, ==, 1);
}

/* Any file: each product that is taken can be found and charged, and what is written is read back
 * as it was. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (LigdiCatalogueImport) import = ligdi_catalogue_import ((const char *) data, size);
  g_autoptr (LigdiCatalogueImport) again = NULL;
  g_autofree char *written = NULL;
  guint last_line = 0;

  if (import->fault != LIGDI_IMPORT_FAULT_NONE)
    {
      g_assert_null (import->catalogue);
      return 0;
    }
  for (guint i = 0; i < import->refused->len; i++)
    {
      LigdiRefusedLine refused = g_array_index (import->refused, LigdiRefusedLine, i);

      g_assert_cmpint (refused.fault, !=, LIGDI_PRODUCT_FAULT_NONE);
      g_assert_cmpuint (refused.line, >, last_line);
      last_line = refused.line;
    }
  written = ligdi_catalogue_write (import->catalogue);
  again = ligdi_catalogue_import (written, strlen (written));
  if (ligdi_catalogue_get_n_products (import->catalogue) == 0)
    return 0;
  g_assert_cmpint (again->fault, ==, LIGDI_IMPORT_FAULT_NONE);
  g_assert_cmpuint (again->refused->len, ==, 0);
  g_assert_cmpuint (ligdi_catalogue_get_n_products (again->catalogue), ==,
                    ligdi_catalogue_get_n_products (import->catalogue));
  for (guint i = 0; i < ligdi_catalogue_get_n_products (import->catalogue); i++)
    {
      const LigdiProduct *product = ligdi_catalogue_get_product (import->catalogue, i);
      const LigdiProduct *read = ligdi_catalogue_get_product (again->catalogue, i);

      check_product (import->catalogue, product);
      g_assert_cmpstr (read->code, ==, product->code);
      g_assert_cmpstr (read->label, ==, product->label);
      g_assert_cmpint (read->price, ==, product->price);
    }
  return 0;
}
