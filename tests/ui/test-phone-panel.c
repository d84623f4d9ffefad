/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-phone-panel"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-dates.h"
#include "ligdi-phone-panel.h"

#define PAGE "https://client.ligdicash.com/directpayment/invoice/"
#define TOO_LONG "This payment’s link is too long for a code. Open the page another way."
#define ERROR_NOTE "The phone may show an error at the end: only the till counts."

static void
show (PageTest *test, gsize token_length, const char *return_url)
{
  g_autoptr (LigdiPayment) payment = made_up_payment ("awaiting", ligdi_dates_now ());
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_payment_record_copy (ligdi_payment_get_record (payment));
  g_autofree char *token = g_strnfill (token_length, 'e');

  g_free (record->page_url);
  record->page_url = g_strconcat (PAGE, token, NULL);
  g_free (record->return_url);
  record->return_url = g_strdup (return_url);
  ligdi_phone_panel_set_record (LIGDI_PHONE_PANEL (test->page), record);
}

static gboolean
has_code (PageTest *test)
{
  return page_test_find (test, ATK_ROLE_IMAGE, "QR code of the payment page") != NULL;
}

static gboolean
says (PageTest *test, const char *text)
{
  return page_test_find (test, ATK_ROLE_LABEL, text) != NULL;
}

static void
test_code (void)
{
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_PHONE_PANEL, NULL));
  guint n;

  page_test_count (test->page, "next-customer", &n);
  show (test, 300, "https://ligdipay.invalid/return/made-up");
  ligdi_test_wait_until (has_code (test));
  g_assert_false (says (test, TOO_LONG));
  ligdi_test_wait_until (says (test, ERROR_NOTE));
  page_test_click (test, "Next customer");
  g_assert_cmpuint (n, ==, 1);

  show (test, 300, "https://shop.example/thanks?payment=returned");
  ligdi_test_wait_until (!says (test, ERROR_NOTE));
  g_assert_true (has_code (test));
}

/* A code that cannot be drawn is not a white square: the way on is said. */
static void
test_too_long (void)
{
  g_autoptr (PageTest) test = page_test_show (g_object_new (LIGDI_TYPE_PHONE_PANEL, NULL));

  show (test, 4000, "https://ligdipay.invalid/return/made-up");
  ligdi_test_wait_until (says (test, TOO_LONG));
  g_assert_false (has_code (test));
  show (test, 300, "https://ligdipay.invalid/return/made-up");
  ligdi_test_wait_until (has_code (test));
  g_assert_false (says (test, TOO_LONG));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/phone-panel/code", test_code);
  g_test_add_func ("/phone-panel/too-long", test_too_long);
  return g_test_run ();
}
