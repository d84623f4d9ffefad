/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-product-file.h"

#include "ligdi-catalogue-import.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

/* The shop's products, in a file of their own beside the ledger. It is as good as one that was
 * exported, so that whoever has lost everything else can still read it. */

/* Codes that begin with 2 are given by shops themselves. */
static LigdiCatalogue *
make_demonstration (void)
{
  LigdiCatalogue *catalogue = ligdi_catalogue_new ();

  ligdi_catalogue_add (catalogue, "2000000000015", _("Scented rice, 5 kg"), 3750);
  ligdi_catalogue_add (catalogue, "2000000000022", _("Vegetable oil, 1 L"), 1500);
  ligdi_catalogue_add (catalogue, "2000000000039", _("Caster sugar, 1 kg"), 750);
  ligdi_catalogue_add (catalogue, "2000000000046", _("Household soap"), 250);
  ligdi_catalogue_add (catalogue, "2000000000053", _("Milk powder, 400 g"), 2200);
  ligdi_catalogue_add (catalogue, "", _("Tray of eggs"), 2500);
  return catalogue;
}

static LigdiCatalogue *
read_list (const char *path, gboolean demonstration)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiCatalogueImport) import = NULL;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("%s", error->message);
      else if (demonstration)
        return make_demonstration ();
      return ligdi_catalogue_new ();
    }
  import = ligdi_catalogue_import (text, length);
  if (import->refused->len > 0)
    g_message ("%s: %u lines cannot be read", path, import->refused->len);
  return import->catalogue != NULL ? g_steal_pointer (&import->catalogue) : ligdi_catalogue_new ();
}

static gboolean
on_save (LigdiProducts *products, LigdiCatalogue *catalogue, const char *path)
{
  g_autofree char *text = ligdi_catalogue_write (catalogue);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (directory, 0700) == 0
      && g_file_set_contents_full (path, text, (gssize) strlen (text),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &error))
    return TRUE;
  g_message ("%s: %s", path, error != NULL ? error->message : g_strerror (errno));
  return FALSE;
}

static void
free_path (gpointer path, GClosure *closure)
{
  g_free (path);
}

/**
 * ligdi_product_file_load:
 * @directory: where the shop's data is
 * @demonstration: whether to make some products up where the shop has no list
 *
 * Returns: (transfer full): what the shop sells; what it is replaced by is saved there
 */
LigdiProducts *
ligdi_product_file_load (const char *directory, gboolean demonstration)
{
  g_autofree char *path = g_build_filename (directory, "products.csv", NULL);
  g_autoptr (LigdiCatalogue) catalogue = read_list (path, demonstration);
  LigdiProducts *products = ligdi_products_new (catalogue);

  g_signal_connect_data (products, "save", G_CALLBACK (on_save), g_steal_pointer (&path),
                         free_path, 0);
  return products;
}
