/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-catalogue"

#include "ligdi-catalogue.h"

#include <string.h>

static LigdiCatalogue *
make_catalogue (void)
{
  static const LigdiProduct products[] = {
    { (char *) "6111234500017", (char *) "Riz parfumé, sac 5 kg", 3750 },
    { (char *) "0012345678905", (char *) "Huile végétale 1 L", 1500 },
    { (char *) "SAV-72", (char *) "Savon de ménage", 250 },
    { (char *) "", (char *) "Œufs, plateau", 2500 },
    { (char *) "500", (char *) "Sucre en poudre 1 kg", 750 },
    { (char *) "", (char *) "Gros riz, 1 kg", 500 },
    { (char *) "", (char *) "33", 600 },
  };
  LigdiCatalogue *catalogue = ligdi_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    g_assert_cmpint (ligdi_catalogue_add (catalogue, products[i].code, products[i].label,
                                          products[i].price),
                     ==, LIGDI_PRODUCT_FAULT_NONE);
  return catalogue;
}

static void
test_faults (void)
{
  static const struct
  {
    const char *code;
    const char *label;
    gint64 price;
    LigdiProductFault fault;
  } table[] = {
    { "1", "", 100, LIGDI_PRODUCT_FAULT_NO_LABEL },
    { "1", "Riz", 0, LIGDI_PRODUCT_FAULT_LOW_PRICE },
    { "1", "Riz", -5, LIGDI_PRODUCT_FAULT_LOW_PRICE },
    { "1", "Riz", 2000001, LIGDI_PRODUCT_FAULT_HIGH_PRICE },
    { "1", "Riz", G_MAXINT64, LIGDI_PRODUCT_FAULT_HIGH_PRICE },
    { "a b", "Riz", 100, LIGDI_PRODUCT_FAULT_CODE },
    { "1234567890123456789012345678901234567890123456789", "Riz", 100, LIGDI_PRODUCT_FAULT_CODE },
    { "6,11123E+12", "Riz", 100, LIGDI_PRODUCT_FAULT_SHORTENED_CODE },
    { "6E+12", "Riz", 100, LIGDI_PRODUCT_FAULT_SHORTENED_CODE },
    { "6.11123e+12", "Riz", 100, LIGDI_PRODUCT_FAULT_SHORTENED_CODE },
    { "1", "1234567890123456789012345678901234567890123456789012345678901", 100,
      LIGDI_PRODUCT_FAULT_LONG_LABEL },
    { "6111234500017", "Another", 100, LIGDI_PRODUCT_FAULT_TWICE },
    { "12345678905", "Without its zeros", 100, LIGDI_PRODUCT_FAULT_TWICE },
    { "sav-72", "In small letters", 100, LIGDI_PRODUCT_FAULT_TWICE },
    { "", "oeufs  PLATEAU", 100, LIGDI_PRODUCT_FAULT_TWICE },
    { "0500", "A short code keeps its zero", 2000000, LIGDI_PRODUCT_FAULT_NONE },
    { "6E12", "A code as good as any", 1, LIGDI_PRODUCT_FAULT_NONE },
  };
  g_autoptr (LigdiCatalogue) catalogue = make_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (
        ligdi_catalogue_add (catalogue, table[i].code, table[i].label, table[i].price), ==,
        table[i].fault);
  g_assert_cmpuint (ligdi_catalogue_get_n_products (catalogue), ==, 9);
}

static void
test_full (void)
{
  g_autoptr (LigdiCatalogue) catalogue = ligdi_catalogue_new ();

  for (guint i = 0; i <= LIGDI_CATALOGUE_MAX_PRODUCTS; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%u", i);

      g_assert_cmpint (ligdi_catalogue_add (catalogue, code, "Riz", 100), ==,
                       i < LIGDI_CATALOGUE_MAX_PRODUCTS ? LIGDI_PRODUCT_FAULT_NONE
                                                        : LIGDI_PRODUCT_FAULT_FULL);
    }
}

static void
test_find_code (void)
{
  static const struct
  {
    const char *code;
    const char *label;
  } table[] = {
    { "6111234500017", "Riz parfumé, sac 5 kg" },
    { "12345678905", "Huile végétale 1 L" },
    { "0012345678905", "Huile végétale 1 L" },
    { "sav-72", "Savon de ménage" },
    { "500", "Sucre en poudre 1 kg" },
    { "0500", NULL },
    { "50", NULL },
    { "", NULL },
    { " oeufs plateau", NULL },
    { " gros riz 1 kg", NULL },
    { " 33", NULL },
    { "611123450001", NULL },
  };
  g_autoptr (LigdiCatalogue) catalogue = make_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const LigdiProduct *product = ligdi_catalogue_find_code (catalogue, table[i].code);

      g_assert_cmpstr (product != NULL ? product->label : NULL, ==, table[i].label);
    }
}

static void
test_find_label (void)
{
  g_autoptr (LigdiCatalogue) catalogue = make_catalogue ();

  g_assert_cmpint (ligdi_catalogue_find_label (catalogue, " savon de MENAGE")->price, ==, 250);
  g_assert_cmpint (ligdi_catalogue_find_label (catalogue, "oeufs plateau")->price, ==, 2500);
  g_assert_null (ligdi_catalogue_find_label (catalogue, "savon"));
  g_assert_null (ligdi_catalogue_find_label (catalogue, ""));
  /* The same name at two prices is no answer. */
  g_assert_cmpint (ligdi_catalogue_add (catalogue, "S2", "Savon de ménage", 300), ==,
                   LIGDI_PRODUCT_FAULT_NONE);
  g_assert_null (ligdi_catalogue_find_label (catalogue, "savon de ménage"));
}

static void
test_search (void)
{
  static const struct
  {
    const char *words;
    const char *found; /* the labels, apart by "|" */
  } table[] = {
    { "riz", "Riz parfumé, sac 5 kg|Gros riz, 1 kg" },
    { "RIZ PARF", "Riz parfumé, sac 5 kg" },
    { "kg riz", "Riz parfumé, sac 5 kg|Gros riz, 1 kg" },
    { "parfume", "Riz parfumé, sac 5 kg" },
    { "végét", "Huile végétale 1 L" },
    { "oeuf", "Œufs, plateau" },
    { "œUF", "Œufs, plateau" },
    { "611", "Riz parfumé, sac 5 kg" },
    { "sav", "Savon de ménage" },
    { "von", "Savon de ménage" },
    { "500", "Sucre en poudre 1 kg" },
    { "1 kg", "Sucre en poudre 1 kg|Gros riz, 1 kg" },
    { "café", "" },
    { "", "" },
    { " ", "" },
    { "%", "" },
  };
  g_autoptr (LigdiCatalogue) catalogue = make_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) found = ligdi_catalogue_search (catalogue, table[i].words, 8);
      g_autoptr (GString) labels = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        g_string_append_printf (labels, "%s%s", j > 0 ? "|" : "",
                                ((const LigdiProduct *) g_ptr_array_index (found, j))->label);
      g_assert_cmpstr (labels->str, ==, table[i].found);
    }
}

/* Who sells goes on with the list it has when another one takes its place. */
static void
test_shared (void)
{
  LigdiCatalogue *catalogue = make_catalogue ();
  LigdiCatalogue *mine = ligdi_catalogue_ref (catalogue);

  ligdi_catalogue_unref (catalogue);
  g_assert_nonnull (ligdi_catalogue_find_code (mine, "500"));
  ligdi_catalogue_unref (mine);
}

static void
test_search_is_short (void)
{
  g_autoptr (LigdiCatalogue) catalogue = make_catalogue ();
  g_autoptr (GPtrArray) found = ligdi_catalogue_search (catalogue, "k", 2);

  g_assert_cmpuint (found->len, ==, 2);
}

static void
test_fold (void)
{
  static const char *const table[][2] = {
    { "Épices  & CŒUR", "epices coeur" }, { "  a ", "a" },     { "5 kg", "5 kg" },
    { "½ l", "1 2 l" },                   { "Straße", "strasse" }, { "", "" },
    { "\xff", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *folded = ligdi_catalogue_fold (table[i][0]);

      g_assert_cmpstr (folded, ==, table[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/faults", test_faults);
  g_test_add_func ("/catalogue/full", test_full);
  g_test_add_func ("/catalogue/find-code", test_find_code);
  g_test_add_func ("/catalogue/find-label", test_find_label);
  g_test_add_func ("/catalogue/search", test_search);
  g_test_add_func ("/catalogue/search-is-short", test_search_is_short);
  g_test_add_func ("/catalogue/shared", test_shared);
  g_test_add_func ("/catalogue/fold", test_fold);
  return g_test_run ();
}
