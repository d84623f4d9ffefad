/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

#include <libsoup/soup.h>

#include <string.h>

/* Where a payment's page is opened, and how it comes back from there. */

#define AMOUNT 12500
#define SHOP_PAGE "https://boutique.example/merci?langue=fr"

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay pending = { .body = LIGDI_TEST_CONFIRMED ("pending") };

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static LigdiPayment *
await (LigdiTestTill *till, LigdiOpening opening)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;
  LigdiPayment *payment;

  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  ligdi_test_peer_always_confirm (till->peer, pending);
  payment = ligdi_checkout_begin (till->checkout, sale, opening, NULL, &error);
  g_assert_no_error (error);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->opening, ==, opening);
  return payment;
}

static void
on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  *(gboolean *) user_data = TRUE;
}

/* What a browser does. Answers the status, 0 when nobody listens. */
static guint
visit (const char *uri, const char *host)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  gboolean done = FALSE;

  if (host != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host", host);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_visited, &done);
  ligdi_test_wait_until (done);
  return soup_message_get_status (message);
}

static void
test_addresses (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) here = await (till, LIGDI_OPENING_HERE);
  g_autoptr (LigdiPayment) phone = await (till, LIGDI_OPENING_PHONE);
  g_autoptr (LigdiPayment) browser = await (till, LIGDI_OPENING_BROWSER);
  g_autoptr (LigdiPayment) window = await (till, LIGDI_OPENING_WINDOW);
  g_autoptr (LigdiPayment) other = NULL;
  g_autoptr (LigdiPayment) plain = NULL;
  g_autoptr (LigdiPayment) bad = NULL;
  g_autoptr (LigdiPayment) none = NULL;
  const LigdiPaymentRecord *record;

  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (here)->return_url,
                                   "https://ligdipay.invalid/return/"));
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (here)->cancel_url,
                                   "https://ligdipay.invalid/cancel/"));
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (window)->return_url,
                                   "https://ligdipay.invalid/return/"));
  /* Without a page of the shop's, the phone comes back to nowhere. */
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (phone)->return_url,
                                   "https://ligdipay.invalid/return/"));
  /* The browser's way back is closed unless it was given words. */
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (browser)->return_url,
                                   "https://ligdipay.invalid/return/"));

  ligdi_checkout_set_return_page (till->checkout, SHOP_PAGE "#haut");
  other = await (till, LIGDI_OPENING_PHONE);
  record = ligdi_payment_get_record (other);
  g_assert_cmpstr (record->return_url, ==, SHOP_PAGE "&payment=returned");
  g_assert_cmpstr (record->cancel_url, ==, SHOP_PAGE "&payment=cancelled");
  ligdi_checkout_set_return_page (till->checkout, "https://boutique.example/merci");
  plain = await (till, LIGDI_OPENING_PHONE);
  g_assert_cmpstr (ligdi_payment_get_record (plain)->return_url, ==,
                   "https://boutique.example/merci?payment=returned");
  ligdi_checkout_set_return_page (till->checkout, NULL);
  none = await (till, LIGDI_OPENING_PHONE);
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (none)->return_url,
                                   "https://ligdipay.invalid/"));
  ligdi_checkout_set_return_page (till->checkout, "http://boutique.example/");
  bad = await (till, LIGDI_OPENING_PHONE);
  g_assert_true (g_str_has_prefix (ligdi_payment_get_record (bad)->return_url,
                                   "https://ligdipay.invalid/"));
}

static void
assert_left (LigdiPayment *payment, LigdiExit exit)
{
  ligdi_test_wait_until (ligdi_payment_get_state (payment) != LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, exit);
}

/* The browser comes back to a port of ours, each payment to an address of its own. */
static void
test_browser (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = NULL;
  g_autoptr (LigdiPayment) second = NULL;
  g_autofree char *return_url = NULL;
  g_autofree char *cancel_url = NULL;
  g_autofree char *root = NULL;
  g_autofree char *elsewhere = NULL;

  ligdi_checkout_set_return_words (till->checkout, "Over", "Close this <page>.");
  first = await (till, LIGDI_OPENING_BROWSER);
  second = await (till, LIGDI_OPENING_BROWSER);
  return_url = g_strconcat (ligdi_payment_get_record (first)->return_url, "?token=x", NULL);
  cancel_url = g_strdup (ligdi_payment_get_record (second)->cancel_url);
  g_assert_true (g_str_has_prefix (return_url, "http://127.0.0.1:"));
  root = g_strndup (return_url, (gsize) (strstr (return_url, "/return/") - return_url));

  /* Neither a guess nor a name of somebody else's that leads to this computer. */
  elsewhere = g_strconcat (root, "/return/guess", NULL);
  g_assert_cmpuint (visit (elsewhere, NULL), ==, SOUP_STATUS_OK);
  g_assert_cmpuint (visit (return_url, "rebound.example"), ==, SOUP_STATUS_FORBIDDEN);
  g_assert_cmpint (ligdi_payment_get_state (first), ==, LIGDI_PAYMENT_STATE_AWAITING);

  g_assert_cmpuint (visit (return_url, NULL), ==, SOUP_STATUS_OK);
  assert_left (first, LIGDI_EXIT_RETURNED);
  g_assert_cmpint (ligdi_payment_get_state (second), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpuint (visit (cancel_url, NULL), ==, SOUP_STATUS_OK);
  assert_left (second, LIGDI_EXIT_CANCELLED);
  /* Nobody is expected any more. */
  g_assert_cmpuint (visit (return_url, NULL), ==, 0);
}

/* The way back stays open for a payment that may still take it: one whose invoice is on its way,
 * and one that was begun in the browser and moved; not for one that never was there. */
static void
test_way_back (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) here = NULL;
  g_autoptr (LigdiPayment) browser = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autofree char *root = NULL;
  g_autofree char *return_url = NULL;

  ligdi_checkout_set_return_words (till->checkout, "Over", "Close this page.");
  here = await (till, LIGDI_OPENING_HERE);
  ligdi_sale_add (sale, "Riz", 1, AMOUNT);
  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  browser = ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_BROWSER, NULL, NULL);
  return_url = g_strdup (ligdi_payment_get_record (browser)->return_url);
  root = g_strndup (return_url, (gsize) (strstr (return_url, "/return/") - return_url));
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 2);
  g_assert_true (ligdi_checkout_open_page (till->checkout, here, LIGDI_OPENING_WINDOW, NULL));
  g_assert_cmpuint (visit (root, NULL), ==, SOUP_STATUS_OK);

  ligdi_test_peer_release (till->peer);
  ligdi_test_till_wait_state (browser, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_true (ligdi_checkout_open_page (till->checkout, browser, LIGDI_OPENING_HERE, NULL));
  g_assert_cmpuint (visit (return_url, NULL), ==, SOUP_STATUS_OK);
  assert_left (browser, LIGDI_EXIT_RETURNED);
  g_assert_cmpint (ligdi_payment_get_state (here), ==, LIGDI_PAYMENT_STATE_AWAITING);
  g_assert_cmpuint (visit (root, NULL), ==, 0);
}

static void
assert_not_offered (LigdiTestTill *till, LigdiPayment *payment)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ligdi_checkout_offer_to_browser (till->checkout, payment, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
}

/* A command line can be read by others: what stands there leads to the page once, and holds no
 * secret. */
static void
test_offer (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = await (till, LIGDI_OPENING_BROWSER);
  g_autofree char *offered = NULL;
  g_autoptr (GError) error = NULL;

  /* It has no words to show yet, and so no port. */
  assert_not_offered (till, payment);
  ligdi_checkout_set_return_words (till->checkout, "Over", "Close this page.");
  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, NULL));
  assert_not_offered (till, payment);

  g_assert_true (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_BROWSER, NULL));
  offered = ligdi_checkout_offer_to_browser (till->checkout, payment, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (offered, "http://127.0.0.1:"));
  g_assert_null (strstr (offered, ligdi_payment_get_record (payment)->token));

  g_assert_true (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL));
  assert_not_offered (till, payment);
}

/* The first sale of all knows no page; the next ones connect to where the last one was. */
static void
test_expect (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *first = ligdi_checkout_expect_payment (till->checkout);
  g_autoptr (LigdiPayment) payment = await (till, LIGDI_OPENING_HERE);
  g_autofree char *next = ligdi_checkout_expect_payment (till->checkout);
  const char *page_url = ligdi_payment_get_record (payment)->page_url;

  g_assert_null (first);
  g_assert_true (g_str_has_prefix (page_url, next));
  g_assert_null (strstr (next, ligdi_payment_get_record (payment)->token));
}

/* One link everywhere, never a second invoice; a change of place asks confirm. */
static void
test_move (LigdiTestTill *till, gconstpointer data)
{
  static const LigdiOpening places[] = {
    LIGDI_OPENING_WINDOW,
    LIGDI_OPENING_BROWSER,
    LIGDI_OPENING_PHONE,
    LIGDI_OPENING_HERE,
  };
  g_autoptr (LigdiPayment) payment = await (till, LIGDI_OPENING_HERE);
  g_autofree char *page_url = g_strdup (ligdi_payment_get_record (payment)->page_url);
  g_autofree char *journal = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint n_confirms = ligdi_test_peer_count_confirms (till->peer);

      g_assert_true (ligdi_checkout_open_page (till->checkout, payment, places[i], NULL));
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
      g_assert_cmpint (ligdi_payment_get_record (payment)->opening, ==, places[i]);
      g_assert_cmpstr (ligdi_payment_get_record (payment)->page_url, ==, page_url);
      ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) > n_confirms);
    }
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 1);
  g_assert_false (ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_HERE, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  journal = ligdi_test_till_list_journal (till, payment);
  g_assert_nonnull (strstr (journal, "page-moved"));

  /* After a crash it opens where it was last. */
  ligdi_checkout_open_page (till->checkout, payment, LIGDI_OPENING_PHONE, NULL);
  g_clear_object (&payment);
  ligdi_test_till_close (till);
  ligdi_test_till_open (till);
  assert_text (ligdi_test_till_query (till, "SELECT opening FROM payment"), "phone");
}

/* The next customer is served while the first one pays on a phone. */
static void
test_aside (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) first = await (till, LIGDI_OPENING_PHONE);
  g_autoptr (LigdiPayment) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 0);
  g_assert_true (ligdi_checkout_set_aside (till->checkout, first, NULL));
  g_assert_true (ligdi_payment_record_is_aside (ligdi_payment_get_record (first)));
  g_assert_cmpuint (ligdi_checkout_count_to_follow (till->checkout), ==, 1);
  second = await (till, LIGDI_OPENING_PHONE);

  /* It comes back to the screen, and goes aside again. */
  g_assert_true (ligdi_checkout_open_page (till->checkout, first, LIGDI_OPENING_PHONE, NULL));
  g_assert_false (ligdi_payment_record_is_aside (ligdi_payment_get_record (first)));
  g_assert_true (ligdi_checkout_set_aside (till->checkout, first, NULL));

  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_checkout_check_now (till->checkout, first, NULL);
  ligdi_test_till_wait_state (first, LIGDI_PAYMENT_STATE_PAID);
  assert_text (ligdi_test_till_list_follow_ups (till, first), "");
  g_assert_false (ligdi_checkout_set_aside (till->checkout, first, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
}

/* Who has walked off with the code is asked about ever more seldom. */
static void
test_aside_for_long (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = await (till, LIGDI_OPENING_PHONE);
  g_autoptr (GPtrArray) listed = NULL;

  g_assert_true (ligdi_checkout_set_aside (till->checkout, payment, NULL));
  g_clear_object (&payment);
  ligdi_test_till_execute (till, "UPDATE payment SET left_at = left_at - 16 * 60000");
  ligdi_test_till_close (till);
  ligdi_test_till_open (till);
  listed = ligdi_checkout_list_payments (till->checkout, 0, G_MAXINT64, NULL);
  payment = g_object_ref (g_ptr_array_index (listed, 0));
  g_assert_true (ligdi_payment_record_is_aside (ligdi_payment_get_record (payment)));
  ligdi_checkout_check_now (till->checkout, payment, NULL);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_assert_cmpint (ligdi_payment_get_record (payment)->exit, ==, LIGDI_EXIT_NONE);
  g_assert_cmpint (ligdi_payment_get_record (payment)->next_check_at, >, 0);
}

static void
add (const char *path, void (*test) (LigdiTestTill *, gconstpointer))
{
  g_test_add (path, LigdiTestTill, NULL, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/checkout/opening/addresses", test_addresses);
  add ("/checkout/opening/browser", test_browser);
  add ("/checkout/opening/way-back", test_way_back);
  add ("/checkout/opening/offer", test_offer);
  add ("/checkout/opening/expect", test_expect);
  add ("/checkout/opening/move", test_move);
  add ("/checkout/opening/aside", test_aside);
  add ("/checkout/opening/aside-for-long", test_aside_for_long);
  return g_test_run ();
}
