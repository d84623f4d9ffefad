/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-receipt-text"

#include "made-up.h"

#include "ligdi-receipt-text.h"

/* What is put on paper, and for whom there is none. */

static const LigdiReceiptShop shop = {
  .name = "Wend-Kuni",
  .till = "Till no. 2",
  .phone = "+226 25 30 00 00",
  .footer = "Thank you",
};

static LigdiSale *
make_sale (void)
{
  LigdiSale *sale = ligdi_sale_new ();

  g_assert_true (ligdi_sale_add (sale, "Rice", 2, 3750));
  g_assert_true (ligdi_sale_add (sale, "Oil", 1, 5000));
  return sale;
}

static GPtrArray *
write_paper (const char *name, gboolean demonstration)
{
  g_autoptr (LigdiPayment) payment = made_up_payment (name, 1000000000);
  g_autoptr (LigdiSale) sale = make_sale ();
  LigdiReceiptShop seller = shop;

  seller.demonstration = demonstration;
  return ligdi_receipt_write (&seller, ligdi_payment_get_record (payment), sale);
}

static char *
join (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const LigdiReceiptLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%s|%s\n", line->left != NULL ? line->left : "",
                              line->right != NULL ? line->right : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_receipt (void)
{
  g_autoptr (GPtrArray) lines = write_paper ("paid", FALSE);
  g_autofree char *text = join (lines);

  g_assert_nonnull (strstr (text, "Wend-Kuni|"));
  g_assert_nonnull (strstr (text, "Receipt|"));
  g_assert_nonnull (strstr (text, "Ticket|0147"));
  g_assert_nonnull (strstr (text, "Cashier|Moussa"));
  g_assert_nonnull (strstr (text, "Rice|\n2\xc2\xa0×\xc2\xa0" "3\xe2\x80\xaf" "750|7\xe2\x80\xaf" "500"));
  g_assert_nonnull (strstr (text, "Oil|5\xe2\x80\xaf" "000"));
  g_assert_nonnull (strstr (text, "Total paid|12\xe2\x80\xaf" "500\xc2\xa0" "F\xc2\xa0" "CFA"));
  g_assert_nonnull (strstr (text, "Operator|Orange Money"));
  g_assert_nonnull (strstr (text, "Reference|LGD-7K2M-9QXA"));
  g_assert_nonnull (strstr (text, "Thank you|"));
  g_assert_null (strstr (text, "DEMONSTRATION"));
}

static void
test_no_full_number (void)
{
  g_autoptr (GPtrArray) receipt = write_paper ("paid", FALSE);
  g_autoptr (GPtrArray) statement = write_paper ("too-little", FALSE);
  g_autofree char *receipt_text = join (receipt);
  g_autofree char *statement_text = join (statement);

  g_assert_null (strstr (receipt_text, "123445"));
  g_assert_null (strstr (statement_text, "123445"));
  g_assert_nonnull (strstr (receipt_text, "••\xc2\xa0" "45"));
}

static void
test_play_money_is_marked_at_both_ends (void)
{
  static const char *const names[] = { "paid", "too-little" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autoptr (GPtrArray) lines = write_paper (names[n], TRUE);
      const LigdiReceiptLine *last = g_ptr_array_index (lines, lines->len - 1);
      guint n_banners = 0;

      for (guint i = 0; i < lines->len; i++)
        {
          const LigdiReceiptLine *line = g_ptr_array_index (lines, i);

          n_banners += line->kind == LIGDI_RECEIPT_BANNER;
          /* Before the word "receipt" and before any amount. */
          if (line->kind == LIGDI_RECEIPT_HEADING)
            g_assert_cmpuint (n_banners, ==, 1);
        }
      g_assert_cmpuint (n_banners, ==, 2);
      g_assert_cmpint (last->kind, ==, LIGDI_RECEIPT_BANNER);
    }
}

static void
test_statement (void)
{
  g_autoptr (GPtrArray) lines = write_paper ("too-little", FALSE);
  g_autofree char *text = join (lines);

  g_assert_null (strstr (text, "Receipt"));
  g_assert_null (strstr (text, "Total paid"));
  g_assert_nonnull (strstr (text, "Statement: payment to review|"));
  g_assert_nonnull (strstr (text, "Requested|12\xe2\x80\xaf" "500"));
  g_assert_nonnull (strstr (text, "Received|2\xe2\x80\xaf" "500"));
  g_assert_nonnull (strstr (text, "missing."));
  g_assert_nonnull (strstr (text, "no proof of payment"));
}

static void
test_no_paper_for_the_rest (void)
{
  static const char *const names[] = { "notpaid", "pending", "closed",    "unclear", "offline",
                                       "aborted", "awaiting", "verifying" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (write_paper (names[i], FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt-text/receipt", test_receipt);
  g_test_add_func ("/receipt-text/no-full-number", test_no_full_number);
  g_test_add_func ("/receipt-text/play-money-is-marked-at-both-ends",
                   test_play_money_is_marked_at_both_ends);
  g_test_add_func ("/receipt-text/statement", test_statement);
  g_test_add_func ("/receipt-text/no-paper-for-the-rest", test_no_paper_for_the_rest);
  return g_test_run ();
}
