/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a large shop's list of products takes to read, and how long whoever types waits for
 * what fits: within a frame. */

#include "ligdi-catalogue-import.h"

#include <stdio.h>
#include <string.h>

#define N_PRODUCTS 10000
#define N_FOUND 12
#define FRAME_US 16000

static char *
make_list (void)
{
  static const char *const words[] = { "Riz", "Huile végétale", "Savon", "Sucre", "Lait", "Épices" };
  GString *text = g_string_new ("code;label;price\n");

  for (int i = 0; i < N_PRODUCTS; i++)
    g_string_append_printf (text, "61112%08d;%s parfumé n° %d, sac de %d kg;%d\n", i,
                            words[i % (int) G_N_ELEMENTS (words)], i, i % 50, i % 5000 + 5);
  return g_string_free (text, FALSE);
}

int
main (void)
{
  static const char *const typed[] = { "r", "riz", "riz parf kg", "zzz", "ÉPI", "6111200009999" };
  g_autofree char *text = make_list ();
  gint64 worst = 0;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (LigdiCatalogueImport) import = ligdi_catalogue_import (text, strlen (text));

  printf ("%u products read in %.1f ms\n", ligdi_catalogue_get_n_products (import->catalogue),
          (double) (g_get_monotonic_time () - start) / 1000);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      gint64 taken;

      start = g_get_monotonic_time ();
      found = ligdi_catalogue_search (import->catalogue, typed[i], N_FOUND);
      taken = g_get_monotonic_time () - start;
      worst = MAX (worst, taken);
      printf ("“%s”: %u found in %.2f ms\n", typed[i], found->len, (double) taken / 1000);
    }
  return worst < FRAME_US ? 0 : 1;
}
