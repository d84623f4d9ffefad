/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-draft"

#include "ligdi-draft.h"

/* The sale being made: what is typed, added, named, taken away and brought back. */

static gint64
get_total (LigdiDraft *draft)
{
  g_autoptr (LigdiSale) whole = ligdi_draft_make_whole_sale (draft);

  g_assert_nonnull (whole);
  return ligdi_sale_get_total (whole);
}

static void
add (LigdiDraft *draft, const char *digits)
{
  g_assert_true (ligdi_draft_push_digits (draft, digits));
  g_assert_true (ligdi_draft_add_line (draft));
}

static void
test_typing (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_true (ligdi_draft_is_empty (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "4"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_cmpint (get_total (draft), ==, 0);
  g_assert_true (ligdi_draft_push_digits (draft, "5"));
  g_assert_true (ligdi_draft_push_digits (draft, "00"));
  g_assert_cmpint (get_total (draft), ==, 2000);

  g_assert_true (ligdi_draft_take_back (draft));
  g_assert_cmpint (get_total (draft), ==, 200);
  g_assert_true (ligdi_draft_take_back (draft));
  g_assert_true (ligdi_draft_take_back (draft));
  g_assert_cmpint (get_total (draft), ==, 0);
  g_assert_true (ligdi_draft_get_typing (draft)->has_quantity);
  g_assert_true (ligdi_draft_take_back (draft));
  g_assert_false (ligdi_draft_get_typing (draft)->has_quantity);
  g_assert_cmpint (get_total (draft), ==, 4);
  g_assert_true (ligdi_draft_take_back (draft));
  g_assert_false (ligdi_draft_take_back (draft));
  g_assert_true (ligdi_draft_is_empty (draft));
}

static void
test_zeros (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_true (ligdi_draft_push_digits (draft, "000"));
  g_assert_true (ligdi_draft_get_typing (draft)->has_price);
  g_assert_cmpint (get_total (draft), ==, 0);
  g_assert_false (ligdi_draft_add_line (draft));
  g_assert_false (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "7"));
  g_assert_cmpint (get_total (draft), ==, 7);
}

static void
test_too_large (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_true (ligdi_draft_push_digits (draft, "1000000000"));
  g_assert_true (ligdi_draft_push_digits (draft, "000"));
  g_assert_false (ligdi_draft_push_digits (draft, "0"));
  g_assert_cmpint (get_total (draft), ==, 1000000000000);
  g_assert_false (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_clear_typing (draft));

  /* Three zeros that do not fit leave none behind. */
  g_assert_true (ligdi_draft_push_digits (draft, "99999999999"));
  g_assert_false (ligdi_draft_push_digits (draft, "000"));
  g_assert_cmpint (get_total (draft), ==, 99999999999);

  g_assert_true (ligdi_draft_clear_typing (draft));
  g_assert_false (ligdi_draft_clear_typing (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "9999"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "100000000"));
  g_assert_false (ligdi_draft_push_digits (draft, "0"));
  g_assert_true (ligdi_draft_clear_typing (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "10000"));
  g_assert_false (ligdi_draft_multiply (draft));
}

static void
test_full_ticket (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  for (guint i = 0; i < LIGDI_SALE_MAX_LINES; i++)
    add (draft, "5");
  g_assert_true (ligdi_draft_push_digits (draft, "7"));
  g_assert_false (ligdi_draft_add_line (draft));
  g_assert_null (ligdi_draft_make_whole_sale (draft));
  g_assert_cmpint (ligdi_draft_get_typing (draft)->price, ==, 7);
}

static void
test_named_items (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");
  const LigdiSaleLine *line;

  g_assert_true (ligdi_draft_name_item (draft, "Soap"));
  g_assert_cmpstr (ligdi_draft_get_typing_label (draft), ==, "Soap");
  /* Scanned twice, or another one before its price: the first is not lost. */
  g_assert_true (ligdi_draft_name_item (draft, "Soap"));
  g_assert_false (ligdi_draft_name_item (draft, "Rice"));
  g_assert_cmpstr (ligdi_draft_get_typing_label (draft), ==, "Soap");
  g_assert_true (ligdi_draft_push_digits (draft, "250"));

  /* The next item finishes the line before. */
  g_assert_true (ligdi_draft_name_item (draft, "Rice"));
  g_assert_cmpuint (ligdi_sale_get_n_lines (ligdi_draft_get_sale (draft)), ==, 1);
  line = ligdi_sale_get_line (ligdi_draft_get_sale (draft), 0);
  g_assert_cmpstr (line->label, ==, "Soap");
  g_assert_cmpint (line->unit_price, ==, 250);
  g_assert_true (ligdi_draft_push_digits (draft, "3750"));
  g_assert_true (ligdi_draft_add_line (draft));

  /* A quantity typed before the name stays; a price without a name has the free one. */
  g_assert_true (ligdi_draft_push_digits (draft, "3"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_name_item (draft, "Oil"));
  g_assert_true (ligdi_draft_push_digits (draft, "100"));
  g_assert_true (ligdi_draft_add_line (draft));
  line = ligdi_sale_get_line (ligdi_draft_get_sale (draft), 2);
  g_assert_cmpstr (line->label, ==, "Oil");
  g_assert_cmpint (line->quantity, ==, 3);
  add (draft, "5");
  g_assert_cmpstr (ligdi_sale_get_line (ligdi_draft_get_sale (draft), 3)->label, ==, "Free");
  g_assert_cmpint (get_total (draft), ==, 250 + 3750 + 300 + 5);
}

static void
test_products (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");
  const LigdiSale *sale;

  g_assert_true (ligdi_draft_add_product (draft, "Rice", 3750));
  g_assert_true (ligdi_draft_push_digits (draft, "3"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_add_product (draft, "Rice", 3750));
  sale = ligdi_draft_get_sale (draft);
  g_assert_cmpuint (ligdi_sale_get_n_lines (sale), ==, 1);
  g_assert_cmpint (ligdi_sale_get_line (sale, 0)->quantity, ==, 4);
  g_assert_true (ligdi_typing_is_empty (ligdi_draft_get_typing (draft)));
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_cmpint (ligdi_sale_get_line (ligdi_draft_get_sale (draft), 0)->quantity, ==, 1);
  g_assert_cmpint (ligdi_draft_get_typing (draft)->quantity, ==, 3);

  /* At another price it is another line. */
  g_assert_true (ligdi_draft_clear_typing (draft));
  g_assert_true (ligdi_draft_add_product (draft, "Rice", 3500));
  g_assert_cmpuint (ligdi_sale_get_n_lines (ligdi_draft_get_sale (draft)), ==, 2);

  /* More than a line takes changes nothing. */
  g_assert_true (ligdi_draft_push_digits (draft, "9999"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_false (ligdi_draft_add_product (draft, "Rice", 3500));
  g_assert_cmpint (ligdi_draft_get_typing (draft)->quantity, ==, 9999);
  g_assert_cmpint (get_total (draft), ==, 7250);

  /* What waits for its price goes on waiting, with its quantity. */
  g_assert_true (ligdi_draft_clear_typing (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "2"));
  g_assert_true (ligdi_draft_multiply (draft));
  g_assert_true (ligdi_draft_name_item (draft, "Soap"));
  g_assert_true (ligdi_draft_add_product (draft, "Oil", 1500));
  g_assert_cmpint (get_total (draft), ==, 8750);
  g_assert_cmpstr (ligdi_draft_get_typing (draft)->label, ==, "Soap");
  g_assert_cmpint (ligdi_draft_get_typing (draft)->quantity, ==, 2);
}

static void
test_undo (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  g_assert_false (ligdi_draft_undo (draft));
  add (draft, "100");
  add (draft, "200");
  g_assert_true (ligdi_draft_set_quantity (draft, 0, 5));
  g_assert_cmpint (get_total (draft), ==, 700);
  g_assert_false (ligdi_draft_set_quantity (draft, 0, 0));
  ligdi_draft_remove (draft, 1);
  g_assert_true (ligdi_draft_push_digits (draft, "9"));
  ligdi_draft_clear (draft);
  g_assert_true (ligdi_draft_is_empty (draft));

  g_assert_true (ligdi_draft_undo (draft));
  g_assert_cmpint (get_total (draft), ==, 509);
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_cmpint (get_total (draft), ==, 700);
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_cmpint (get_total (draft), ==, 300);
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_cmpuint (ligdi_sale_get_n_lines (ligdi_draft_get_sale (draft)), ==, 0);
  g_assert_false (ligdi_draft_undo (draft));
}

static void
test_restart (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  add (draft, "100");
  g_assert_true (ligdi_sale_add (sale, "Rice", 2, 3750));
  ligdi_draft_restart (draft, sale);
  g_assert_cmpint (get_total (draft), ==, 7500);
  g_assert_false (ligdi_draft_undo (draft));
  ligdi_draft_restart (draft, NULL);
  g_assert_true (ligdi_draft_is_empty (draft));

  /* From its own lines too. */
  add (draft, "100");
  ligdi_draft_restart (draft, ligdi_draft_get_sale (draft));
  g_assert_cmpint (get_total (draft), ==, 100);
}

/* The first keys of a scan look like typing. */
static void
test_scan_is_withdrawn (void)
{
  g_autoptr (LigdiDraft) draft = ligdi_draft_new ("Free");

  ligdi_draft_return_to_mark (draft);
  add (draft, "100");
  g_assert_true (ligdi_draft_push_digits (draft, "4"));
  g_assert_true (ligdi_draft_multiply (draft));
  ligdi_draft_mark (draft);
  g_assert_true (ligdi_draft_push_digits (draft, "61"));
  g_assert_true (ligdi_draft_add_line (draft));
  g_assert_true (ligdi_draft_push_digits (draft, "12"));
  ligdi_draft_return_to_mark (draft);
  g_assert_cmpint (get_total (draft), ==, 100);
  g_assert_true (ligdi_draft_get_typing (draft)->has_quantity);
  g_assert_cmpint (ligdi_draft_get_typing (draft)->quantity, ==, 4);
  g_assert_false (ligdi_draft_get_typing (draft)->has_price);
  g_assert_true (ligdi_draft_undo (draft));
  g_assert_false (ligdi_draft_undo (draft));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/typing", test_typing);
  g_test_add_func ("/draft/zeros", test_zeros);
  g_test_add_func ("/draft/too-large", test_too_large);
  g_test_add_func ("/draft/full-ticket", test_full_ticket);
  g_test_add_func ("/draft/named-items", test_named_items);
  g_test_add_func ("/draft/products", test_products);
  g_test_add_func ("/draft/undo", test_undo);
  g_test_add_func ("/draft/restart", test_restart);
  g_test_add_func ("/draft/scan-is-withdrawn", test_scan_is_withdrawn);
  return g_test_run ();
}
