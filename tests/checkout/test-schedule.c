/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-schedule.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NOW G_GINT64_CONSTANT (1760000000000)

/* A payment whose page was left is asked about at once, and then for a week. */
static void
test_a_week (void)
{
  static const struct
  {
    guint times;
    gint64 step;
  } expected[] = {
    { 10, 3 * SECOND }, { 24, 5 * SECOND },   { 30, 15 * SECOND },
    { 50, MINUTE },     { 92, 15 * MINUTE }, { 144, HOUR },
  };
  static const LigdiPaymentState states[]
      = { LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_PAYMENT_STATE_UNRESOLVED };

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      gint64 since_left = 0;
      gint64 n_checks = 1;

      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        for (guint j = 0; j < expected[i].times; j++)
          {
            gint64 step = ligdi_schedule_get_step (states[s], since_left, n_checks);

            g_assert_cmpint (step, ==, expected[i].step);
            since_left += step;
            n_checks++;
          }
      g_assert_cmpint (since_left, ==, 7 * DAY);
      g_assert_cmpint (n_checks, ==, 351);
      g_assert_cmpint (ligdi_schedule_get_step (states[s], since_left, n_checks), ==, 0);
      /* A second before it is over, it is not. */
      g_assert_cmpint (ligdi_schedule_get_step (states[s], since_left - 1, n_checks), ==, HOUR);
    }
}

/* A till that was off all the week has not asked yet. */
static void
test_switched_off (void)
{
  for (gint64 n_checks = 35; n_checks < LIGDI_SCHEDULE_MIN_CHECKS; n_checks++)
    g_assert_cmpint (
        ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_UNRESOLVED, 300 * DAY, n_checks), ==, HOUR);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_UNRESOLVED, 300 * DAY,
                                            LIGDI_SCHEDULE_MIN_CHECKS),
                   ==, 0);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_UNRESOLVED, 300 * DAY, 0), ==,
                   3 * SECOND);
}

/* The page was left by a clock that was ahead: what time it is since then, nobody knows. It must
 * neither be asked about for ever as if the page had been left just now, nor be given up. */
static void
test_clock_set_back (void)
{
  gint64 waited = 0;
  gint64 step = 0;

  for (gint64 n_checks = 1; n_checks < 2000; n_checks++)
    {
      step = ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_UNRESOLVED, -300 * DAY, n_checks);
      g_assert_cmpint (step, >=, LIGDI_SCHEDULE_GAP_MS);
      waited += step;
    }
  g_assert_cmpint (step, ==, HOUR);
  g_assert_cmpint (waited, >, 60 * DAY);
}

static void
test_other_states (void)
{
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_AWAITING, 0, 0), ==, 10 * SECOND);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_AWAITING, NOW, 500), ==,
                   10 * SECOND);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_CREATING, 0, 0), ==, 0);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_PAID, 0, 0), ==, 0);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_DECLINED, 0, 0), ==, 0);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_ABORTED, 0, 0), ==, 0);
  g_assert_cmpint (ligdi_schedule_get_step (LIGDI_PAYMENT_STATE_DISPUTED, 0, 0), ==, 0);
}

/* Tills of one town do not ask together: a fifth earlier or later, and never outside of that. */
static void
test_spread (void)
{
  LigdiPaymentRecord record
      = { .state = LIGDI_PAYMENT_STATE_UNRESOLVED, .left_at = NOW - 2 * DAY, .n_checks = 250 };
  gint64 least = G_MAXINT64;
  gint64 most = 0;

  for (guint i = 0; i < 2000; i++)
    {
      gint64 due = ligdi_schedule_get_due (&record, NOW) - NOW;

      least = MIN (least, due);
      most = MAX (most, due);
    }
  g_assert_cmpint (least, >=, 48 * MINUTE);
  g_assert_cmpint (least, <, 49 * MINUTE);
  g_assert_cmpint (most, <=, 72 * MINUTE);
  g_assert_cmpint (most, >, 71 * MINUTE);

  record.left_at = NOW - 8 * DAY;
  record.n_checks = LIGDI_SCHEDULE_MIN_CHECKS;
  g_assert_cmpint (ligdi_schedule_get_due (&record, NOW), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/a-week", test_a_week);
  g_test_add_func ("/schedule/switched-off", test_switched_off);
  g_test_add_func ("/schedule/clock-set-back", test_clock_set_back);
  g_test_add_func ("/schedule/other-states", test_other_states);
  g_test_add_func ("/schedule/spread", test_spread);
  return g_test_run ();
}
