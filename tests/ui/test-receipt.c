/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-receipt"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-receipt.h"

/* What comes out of a printer, on a file instead. */

static const LigdiReceiptShop shop = {
  .name = "Alimentation Wend-Kuni",
  .till = "Caisse n° 2",
  .phone = "+226 25 30 00 00",
  .footer = "Merci et à bientôt !",
  .demonstration = TRUE,
};

static LigdiSale *
make_sale (guint n_lines)
{
  LigdiSale *sale = ligdi_sale_new ();

  for (guint i = 0; i < n_lines; i++)
    g_assert_true (ligdi_sale_add (sale, "Riz parfumé, sac de 5 kg, et encore un nom bien long", 2, 3750));
  return sale;
}

/* How many pages a PDF says it has. */
static int
count_pages (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  const char *count;

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  /* Between binary streams. */
  count = memmem (contents, length, "/Count ", strlen ("/Count "));
  g_assert_nonnull (count);
  return (int) g_ascii_strtoll (count + strlen ("/Count "), NULL, 10);
}

static int
export (const char *name, guint n_lines, LigdiPaper paper)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "receipt.pdf", NULL);
  g_autoptr (LigdiPayment) payment = made_up_payment (name, 1000000000);
  g_autoptr (LigdiSale) sale = make_sale (n_lines);
  g_autoptr (GPtrArray) lines
    = ligdi_receipt_write (&shop, ligdi_payment_get_record (payment), sale);
  g_autoptr (GError) error = NULL;

  g_assert_true (ligdi_receipt_export_pdf (lines, paper, path, &error));
  g_assert_no_error (error);
  return count_pages (path);
}

static void
test_pages (void)
{
  g_assert_cmpint (export ("paid", 3, LIGDI_PAPER_ROLL), ==, 1);
  g_assert_cmpint (export ("paid", 3, LIGDI_PAPER_A4), ==, 1);
  g_assert_cmpint (export ("too-little", 3, LIGDI_PAPER_A4), ==, 1);
  /* A roll is as long as it takes; sheets are several. */
  g_assert_cmpint (export ("paid", 120, LIGDI_PAPER_ROLL), ==, 1);
  g_assert_cmpint (export ("paid", 120, LIGDI_PAPER_A4), >, 2);
}

static void
test_failure_is_told (void)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("paid", 1000000000);
  g_autoptr (LigdiSale) sale = make_sale (1);
  g_autoptr (GPtrArray) lines
    = ligdi_receipt_write (&shop, ligdi_payment_get_record (payment), sale);
  g_autoptr (GError) error = NULL;

  g_assert_false (
    ligdi_receipt_export_pdf (lines, LIGDI_PAPER_A4, "/proc/nowhere/receipt.pdf", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/receipt/pages", test_pages);
  g_test_add_func ("/receipt/failure-is-told", test_failure_is_told);
  return g_test_run ();
}
