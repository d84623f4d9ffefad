/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-money.h"
#include "ligdi-sale.h"

#include <string.h>

static void
assert_sums (const LigdiSale *sale, guint n_lines, gint64 n_items, gint64 total)
{
  gint64 sum = 0;
  gint64 items = 0;

  g_assert_cmpuint (ligdi_sale_get_n_lines (sale), ==, n_lines);
  g_assert_cmpint (ligdi_sale_get_n_items (sale), ==, n_items);
  g_assert_cmpint (ligdi_sale_get_total (sale), ==, total);
  for (guint i = 0; i < n_lines; i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);

      sum += line->quantity * line->unit_price;
      items += line->quantity;
    }
  g_assert_cmpint (sum, ==, total);
  g_assert_cmpint (items, ==, n_items);
}

static void
test_add (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  assert_sums (sale, 0, 0, 0);
  g_assert_true (ligdi_sale_add (sale, "Riz 5 kg", 2, 500));
  g_assert_true (ligdi_sale_add (sale, "Thé", 1, 250));
  assert_sums (sale, 2, 3, 1250);
  g_assert_cmpstr (ligdi_sale_get_line (sale, 0)->label, ==, "Riz 5 kg");
  g_assert_cmpstr (ligdi_sale_get_line (sale, 1)->label, ==, "Thé");
}

/* A value out of range changes nothing. */
static void
test_refuses (void)
{
  static const struct
  {
    const char *label;
    gint64 quantity, unit_price;
  } table[] = {
    { "", 1, 500 },
    { "x", 0, 500 },
    { "x", -1, 500 },
    { "x", LIGDI_SALE_MAX_QUANTITY + 1, 500 },
    { "x", G_MAXINT64, 500 },
    { "x", G_MININT64, 500 },
    { "x", 1, 0 },
    { "x", 1, -500 },
    { "x", -1, -500 },
    { "x", 1, LIGDI_MONEY_MAX },
    { "x", 1, G_MAXINT64 },
    { "x", 9999, G_MAXINT64 / 2 },
  };
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  g_assert_true (ligdi_sale_add (sale, "Riz", 3, 500));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_false (
          ligdi_sale_add (sale, table[i].label, table[i].quantity, table[i].unit_price));
      assert_sums (sale, 1, 3, 1500);
    }
}

/* The gateway takes UTF-8 and the ledger keeps what was sold for years. */
static void
test_refuses_what_is_not_utf8 (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  g_assert_false (ligdi_sale_add (sale, "Caf\xe9", 1, 500));
  g_assert_false (ligdi_sale_add (sale, "\xe2\x80", 1, 500));
  assert_sums (sale, 0, 0, 0);
}

static void
test_limits (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  g_assert_true (ligdi_sale_add (sale, "all there is", 1, LIGDI_MONEY_MAX));
  assert_sums (sale, 1, 1, LIGDI_MONEY_MAX);
  g_assert_false (ligdi_sale_add (sale, "a franc more", 1, 1));
  g_assert_false (ligdi_sale_set_quantity (sale, 0, 2));
  assert_sums (sale, 1, 1, LIGDI_MONEY_MAX);

  ligdi_sale_clear (sale);
  assert_sums (sale, 0, 0, 0);
  for (guint i = 0; i < LIGDI_SALE_MAX_LINES; i++)
    g_assert_true (ligdi_sale_add (sale, "line", LIGDI_SALE_MAX_QUANTITY, 1));
  g_assert_false (ligdi_sale_add (sale, "one too many", 1, 1));
  assert_sums (sale, LIGDI_SALE_MAX_LINES, LIGDI_SALE_MAX_LINES * LIGDI_SALE_MAX_QUANTITY,
               LIGDI_SALE_MAX_LINES * LIGDI_SALE_MAX_QUANTITY);
}

static void
test_set_quantity (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz", 2, 500);
  ligdi_sale_add (sale, "Thé", 1, 250);
  g_assert_true (ligdi_sale_set_quantity (sale, 0, 5));
  assert_sums (sale, 2, 6, 2750);
  g_assert_true (ligdi_sale_set_quantity (sale, 0, 1));
  assert_sums (sale, 2, 2, 750);
  g_assert_true (ligdi_sale_set_quantity (sale, 0, 1));
  assert_sums (sale, 2, 2, 750);
  g_assert_false (ligdi_sale_set_quantity (sale, 0, 0));
  g_assert_false (ligdi_sale_set_quantity (sale, 0, -1));
  g_assert_false (ligdi_sale_set_quantity (sale, 0, LIGDI_SALE_MAX_QUANTITY + 1));
  g_assert_false (ligdi_sale_set_quantity (sale, 0, G_MAXINT64));
  g_assert_false (ligdi_sale_set_quantity (sale, 0, G_MININT64));
  assert_sums (sale, 2, 2, 750);
}

static void
test_remove (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz", 2, 500);
  ligdi_sale_add (sale, "Thé", 1, 250);
  ligdi_sale_add (sale, "Sel", 3, 100);
  ligdi_sale_remove (sale, 1);
  assert_sums (sale, 2, 5, 1300);
  g_assert_cmpstr (ligdi_sale_get_line (sale, 1)->label, ==, "Sel");
  ligdi_sale_remove (sale, 1);
  ligdi_sale_remove (sale, 0);
  assert_sums (sale, 0, 0, 0);
  g_assert_true (ligdi_sale_add (sale, "Riz", 1, 500));
  assert_sums (sale, 1, 1, 500);
}

/* A payment is made for the sale as it was, whatever the cashier types meanwhile. */
static void
test_copy (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiSale) copy = NULL;

  ligdi_sale_add (sale, "Riz", 2, 500);
  copy = ligdi_sale_copy (sale);
  ligdi_sale_set_quantity (sale, 0, 9);
  ligdi_sale_add (sale, "Thé", 1, 250);
  assert_sums (copy, 1, 2, 1000);
  g_assert_true (ligdi_sale_get_line (copy, 0)->label != ligdi_sale_get_line (sale, 0)->label);
  ligdi_sale_clear (copy);
  assert_sums (sale, 2, 10, 4750);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/add", test_add);
  g_test_add_func ("/sale/refuses", test_refuses);
  g_test_add_func ("/sale/refuses-what-is-not-utf8", test_refuses_what_is_not_utf8);
  g_test_add_func ("/sale/limits", test_limits);
  g_test_add_func ("/sale/set-quantity", test_set_quantity);
  g_test_add_func ("/sale/remove", test_remove);
  g_test_add_func ("/sale/copy", test_copy);
  return g_test_run ();
}
