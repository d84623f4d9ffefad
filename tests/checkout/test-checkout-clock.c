/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-till.h"

#include <time.h>

/* The computer's clock is set while the till runs. */

#define AMOUNT 12500
#define HOUR_US (3600 * G_GINT64_CONSTANT (1000000))

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };

static gint64 offset;

/* Ours, in place of GLib's: the till reads this clock. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + offset;
}

/* Set back by an hour, it does not keep the gate shut for that hour. */
static void
test_set_back (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);
  gint64 checked_at = ligdi_payment_get_record (payment)->checked_at;

  offset = -HOUR_US;
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (ligdi_payment_get_record (payment)->checked_at, <, checked_at);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 2);
  offset = 0;
}

/* Set forward by an hour, nothing that was due meanwhile is lost. */
static void
test_set_forward (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_leave_unresolved (till, AMOUNT);

  offset = HOUR_US;
  ligdi_test_peer_always_confirm (till->peer, completed);
  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 2);
  offset = 0;
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
  add ("/checkout/clock/set-back", test_set_back);
  add ("/checkout/clock/set-forward", test_set_forward);
  return g_test_run ();
}
