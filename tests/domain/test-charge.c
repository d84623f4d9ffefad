/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-charge.h"

#include <string.h>

/* What another program may ask for, and what it may not. */

#define LIMIT 1000000

static LigdiSale *
make_sale (const char *label, gint64 amount)
{
  LigdiSale *sale = ligdi_sale_new ();

  g_assert_true (ligdi_sale_add (sale, label, 1, amount));
  return sale;
}

static void
test_faults (void)
{
  static const struct
  {
    const char *reference;
    const char *sender;
    const char *label;
    gint64 amount; /* 0 for no line at all */
    const char *fault;
  } table[] = {
    { "A", "", "Riz", 1, NULL },
    { "Commande n° 17 / été", "Atelier « Zoé »", "Riz", LIMIT, NULL },
    { "", "", "Riz", 1, "reference" },
    { "a\nb", "", "Riz", 1, "reference" },
    { "a\xff", "", "Riz", 1, "reference" },
    { "a\u202e" "b", "", "Riz", 1, "reference" },
    { "a\u2028" "b", "", "Riz", 1, "reference" },
    { "a\u2029" "b", "", "Riz", 1, "reference" },
    { "A", "a\tb", "Riz", 1, "sender" },
    { "A", "", NULL, 0, "nothing" },
    { "A", "", "Riz", LIMIT + 1, "limit" },
    { "A", "", "Riz\n1 F", 1, "label" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiSale) sale = table[i].label != NULL
                                       ? make_sale (table[i].label, table[i].amount)
                                       : ligdi_sale_new ();
      const char *fault
          = ligdi_charge_find_fault (table[i].reference, table[i].sender, sale, LIMIT);

      if (table[i].fault == NULL)
        g_assert_cmpstr (fault, ==, NULL);
      else
        g_assert_nonnull (strstr (fault, table[i].fault));
    }
}

/* Counted in letters, not in bytes. */
static void
test_lengths (void)
{
  static const struct
  {
    int n_reference;
    int n_sender;
    int n_label;
    const char *fault;
  } table[] = {
    { LIGDI_CHARGE_MAX_REFERENCE, LIGDI_CHARGE_MAX_SENDER, LIGDI_CHARGE_MAX_LABEL, NULL },
    { LIGDI_CHARGE_MAX_REFERENCE + 1, 1, 1, "reference" },
    { 1, LIGDI_CHARGE_MAX_SENDER + 1, 1, "sender" },
    { 1, 1, LIGDI_CHARGE_MAX_LABEL + 1, "label" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *reference = g_strnfill ((gsize) table[i].n_reference, 'A');
      g_autoptr (GString) sender = g_string_new (NULL);
      g_autofree char *label = g_strnfill ((gsize) table[i].n_label, 'r');
      g_autoptr (LigdiSale) sale = make_sale (label, 500);
      const char *fault;

      for (int n = 0; n < table[i].n_sender; n++)
        g_string_append (sender, "é");
      fault = ligdi_charge_find_fault (reference, sender->str, sale, LIMIT);
      if (table[i].fault == NULL)
        g_assert_cmpstr (fault, ==, NULL);
      else
        g_assert_nonnull (strstr (fault, table[i].fault));
    }
}

static void
test_copy (void)
{
  g_autoptr (LigdiSale) sale = make_sale ("Riz", 12500);
  LigdiCharge *charge = ligdi_charge_new ("A-17", "Atelier", sale);
  g_autoptr (LigdiCharge) copy = ligdi_charge_copy (charge);

  ligdi_sale_clear (sale);
  ligdi_charge_free (charge);
  g_assert_cmpstr (copy->reference, ==, "A-17");
  g_assert_cmpstr (copy->sender, ==, "Atelier");
  g_assert_cmpint (ligdi_sale_get_total (copy->sale), ==, 12500);
}

static void
test_address (void)
{
  g_autoptr (LigdiCharge) full = ligdi_charge_parse (
      "ligdipay://charge?amount=12500&reference=A-17&from=Atelier+Zo%C3%A9&label=Pain%20de%20mie",
      "Free amount", LIMIT);
  g_autoptr (LigdiCharge) bare
      = ligdi_charge_parse ("LIGDIPAY://charge/?amount=500", "Free amount", LIMIT);
  g_autoptr (LigdiCharge) other
      = ligdi_charge_parse ("ligdipay://charge?amount=500", "Free amount", LIMIT);

  g_assert_cmpstr (full->reference, ==, "A-17");
  g_assert_cmpstr (full->sender, ==, "Atelier Zoé");
  g_assert_cmpint (ligdi_sale_get_total (full->sale), ==, 12500);
  g_assert_cmpstr (ligdi_sale_get_line (full->sale, 0)->label, ==, "Pain de mie");
  g_assert_cmpstr (bare->sender, ==, "");
  g_assert_cmpstr (ligdi_sale_get_line (bare->sale, 0)->label, ==, "Free amount");
  g_assert_cmpstr (bare->reference, !=, "");
  g_assert_cmpstr (bare->reference, !=, other->reference);
}

static void
test_no_address (void)
{
  static const char *const table[] = {
    "",
    "12500",
    "ligdipay:",
    "ligdipay://charge",
    "ligdipay://charge?",
    "ligdipay://charge?reference=A",
    "ligdipay://charge?amount=",
    "ligdipay://charge?amount=0",
    "ligdipay://charge?amount=-5",
    "ligdipay://charge?amount=1e3",
    "ligdipay://charge?amount=1000001",
    "ligdipay://charge?amount=99999999999999999999",
    "ligdipay://charge?amount=500&reference=",
    "ligdipay://charge?amount=500&reference=a%0Ab",
    "ligdipay://charge?amount=500&label=",
    "ligdipay://charge?amount=500&from=%FF",
    "ligdipay://charge?amount=500&from=%zz",
    "ligdipay://refund?amount=500",
    "ligdipay://charge.example?amount=500",
    "ligdipay:charge?amount=500",
    "https://charge?amount=500",
    "file:///charge?amount=500",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiCharge) charge = ligdi_charge_parse (table[i], "Free amount", LIMIT);

      if (charge != NULL)
        g_error ("taken for a charge: %s", table[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/charge/faults", test_faults);
  g_test_add_func ("/domain/charge/lengths", test_lengths);
  g_test_add_func ("/domain/charge/copy", test_copy);
  g_test_add_func ("/domain/charge/address", test_address);
  g_test_add_func ("/domain/charge/no-address", test_no_address);
  return g_test_run ();
}
