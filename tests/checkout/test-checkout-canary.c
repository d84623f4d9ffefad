/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-canary.h"
#include "ligdi-test-till.h"

#include <string.h>

/* A whole life of a till, listened to: keys and tokens stay where they belong. */

#define AMOUNT 12500

static void
assert_absent (const char *text, gsize length, const char *secret)
{
  g_assert_null (memmem (text, length, secret, strlen (secret)));
}

static void
assert_silent (LigdiTestTill *till, const char *secret)
{
  g_autofree char *notes = ligdi_test_till_query (
      till, "SELECT coalesce (group_concat (what || coalesce (note, '')), '') FROM payment_event");

  ligdi_test_canary_assert_unheard (secret);
  assert_absent (notes, strlen (notes), secret);
  for (guint i = 0; i < till->create_errors->len; i++)
    g_assert_null (
        strstr (((GError *) g_ptr_array_index (till->create_errors, i))->message, secret));
  for (guint i = 0; i < till->ledger_errors->len; i++)
    g_assert_null (
        strstr (((GError *) g_ptr_array_index (till->ledger_errors, i))->message, secret));
}

static void
assert_not_on_disk (LigdiTestTill *till, const char *secret)
{
  static const char *const endings[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (till->path, endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        assert_absent (bytes, length, secret);
    }
}

static void
test_life (LigdiTestTill *till, gconstpointer data)
{
  static const LigdiTestPlay creates[] = {
    { .body = LIGDI_TEST_CREATED },
    { .body = LIGDI_TEST_REFUSED ("02") },
    { .body = "{\"response_code\":\"00\",\"token\":\"@TOKEN@\",\"response_text\":\"x@TOKEN@\"}" },
    { .kind = LIGDI_TEST_PLAY_BREAK, .body = "@TOKEN@" },
  };
  static const LigdiTestPlay confirms[] = {
    { .body = LIGDI_TEST_CONFIRMED ("pending") },
    { .body = LIGDI_TEST_CONFIRMED ("completed") },
    { .body = LIGDI_TEST_CONFIRMED ("notcompleted") },
    { .body = "{\"response_code\":\"01\",\"response_text\":\"@TOKEN@\"}" },
    { .body = "@TOKEN@" },
    { .status = 401, .body = "@TOKEN@" },
    { .kind = LIGDI_TEST_PLAY_BREAK, .body = "@TOKEN@" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (creates); i++)
    for (guint j = 0; j < G_N_ELEMENTS (confirms); j++)
      {
        g_autoptr (LigdiPayment) payment = NULL;
        g_autofree char *token = NULL;

        ligdi_test_peer_next_create (till->peer, creates[i]);
        payment = ligdi_test_till_begin (till, AMOUNT);
        ligdi_test_wait_until (ligdi_payment_get_state (payment) != LIGDI_PAYMENT_STATE_CREATING);
        token = g_strdup (
            ligdi_test_peer_get_create (till->peer,
                                        ligdi_test_peer_count_creates (till->peer) - 1)
                ->token);
        if (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_AWAITING)
          {
            ligdi_test_peer_next_confirm (till->peer, confirms[j]);
            ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL);
            ligdi_test_till_wait_check (payment, 1);
            ligdi_checkout_stop_waiting (till->checkout, payment, NULL);
            /* Said again of a payment that is past it. */
            ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_LOST, NULL);
          }
        assert_silent (till, token);
      }
  assert_silent (till, LIGDI_TEST_KEY);
  assert_silent (till, LIGDI_TEST_TOKEN);
  assert_not_on_disk (till, LIGDI_TEST_KEY);
  assert_not_on_disk (till, LIGDI_TEST_TOKEN);
  ligdi_test_till_close (till);
  assert_not_on_disk (till, LIGDI_TEST_KEY);
  /* It was there to be heard. */
  g_assert_cmpuint (ligdi_test_canary_count_lines ("ligdi-checkout"), >, 0);
  g_assert_cmpuint (ligdi_test_canary_count_lines ("ligdi-gateway"), >, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_init (&argc, &argv, NULL);
  ligdi_test_canary_listen ();
  g_test_add ("/checkout-canary/life", LigdiTestTill, NULL, ligdi_test_till_set_up, test_life,
              ligdi_test_till_tear_down);
  return g_test_run ();
}
