/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-customer-window"

#include "made-up.h"
#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-customer-window.h"
#include "ligdi-dates.h"

/* The customer's screen is made from the payment's record and from nothing else. */

#define PAGE "https://client.ligdicash.com/directpayment/invoice/made-up"

static PageTest *
show_window (void)
{
  PageTest *test = g_new0 (PageTest, 1);

  test->window = ligdi_customer_window_new (FALSE);
  test->page = test->window;
  ligdi_customer_window_set_shop (LIGDI_CUSTOMER_WINDOW (test->window), "Wend-Kuni");
  gtk_widget_show (test->window);
  ligdi_customer_window_show_record (LIGDI_CUSTOMER_WINDOW (test->window), NULL);
  ligdi_test_wait_until (page_test_find (test, ATK_ROLE_LABEL, "Wend-Kuni") != NULL);
  return test;
}

static void
show (PageTest *test, const char *name, LigdiOpening opening, const char *return_url)
{
  g_autoptr (LigdiPayment) payment
      = name != NULL ? made_up_payment (name, ligdi_dates_now ()) : NULL;
  g_autoptr (LigdiPaymentRecord) record
      = payment != NULL ? ligdi_payment_record_copy (ligdi_payment_get_record (payment)) : NULL;

  if (record != NULL)
    {
      record->opening = opening;
      g_free (record->page_url);
      record->page_url = g_strdup (PAGE);
      g_free (record->return_url);
      record->return_url = g_strdup (return_url);
    }
  ligdi_customer_window_show_record (LIGDI_CUSTOMER_WINDOW (test->window), record);
  page_test_settle ();
}

static gboolean
says (PageTest *test, const char *text)
{
  return page_test_find (test, ATK_ROLE_LABEL, text) != NULL;
}

/* Whatever was shown before, the same record looks the same, and nothing of the other is left. */
static void
test_pure (void)
{
  static const struct
  {
    const char *name;
    const char *word; /* NULL for a code */
  } table[] = {
    { "awaiting", NULL },        { "verifying", "Checking payment…" },
    { "paid", "PAID" },          { "notpaid", "NOT PAID" },
    { "pending", "PENDING" },    { "closed", "CLOSED, NOT CONFIRMED" },
    { "offline", "RESULT UNKNOWN" }, { "too-little", "WRONG AMOUNT" },
    { "aborted", "Wend-Kuni" },  { NULL, "Wend-Kuni" },
  };
  g_autoptr (PageTest) test = show_window ();

  for (guint before = 0; before < G_N_ELEMENTS (table); before++)
    for (guint now = 0; now < G_N_ELEMENTS (table); now++)
      {
        gboolean code = table[now].word == NULL;

        show (test, table[before].name, LIGDI_OPENING_PHONE, "https://ligdipay.invalid/r");
        show (test, table[now].name, LIGDI_OPENING_PHONE, "https://ligdipay.invalid/r");
        g_test_message ("%s after %s", table[now].name, table[before].name);
        /* A page is there for screen readers when it has been drawn. */
        if (code)
          ligdi_test_wait_until (says (test, "To pay"));
        else
          ligdi_test_wait_until (says (test, table[now].word));
        g_assert_cmpint (page_test_find (test, ATK_ROLE_IMAGE, "QR code of the payment page") != NULL,
                         ==, code);
        for (guint i = 0; i < G_N_ELEMENTS (table); i++)
          if (table[i].word != NULL && !(code && g_str_equal (table[i].word, "Wend-Kuni")))
            g_assert_cmpint (says (test, table[i].word), ==,
                             g_strcmp0 (table[i].word, table[now].word) == 0);
      }
}

static void
test_words (void)
{
  static const char error_note[] = "The phone may show an error at the end: only the till counts.";
  g_autoptr (PageTest) test = show_window ();

  show (test, "awaiting", LIGDI_OPENING_HERE, "https://ligdipay.invalid/r");
  ligdi_test_wait_until (says (test, "12 500"));
  ligdi_test_wait_until (says (test, "F CFA"));
  ligdi_test_wait_until (says (test, "or pay on the till"));
  ligdi_test_wait_until (!says (test, error_note));
  show (test, "awaiting", LIGDI_OPENING_PHONE, "https://ligdipay.invalid/r");
  ligdi_test_wait_until (!says (test, "or pay on the till"));
  ligdi_test_wait_until (says (test, error_note));
  show (test, "awaiting", LIGDI_OPENING_PHONE, "https://boutique.example/merci");
  ligdi_test_wait_until (!says (test, error_note));
  show (test, "awaiting", LIGDI_OPENING_WINDOW, "https://ligdipay.invalid/r");
  ligdi_test_wait_until (!says (test, "To pay"));
}

static void
test_closing (void)
{
  g_autoptr (PageTest) test = show_window ();
  guint n;

  page_test_count (test->window, "closed", &n);
  gtk_window_close (GTK_WINDOW (test->window));
  page_test_settle ();
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (gtk_widget_get_visible (test->window));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/customer-window/pure", test_pure);
  g_test_add_func ("/customer-window/words", test_words);
  g_test_add_func ("/customer-window/closing", test_closing);
  return g_test_run ();
}
