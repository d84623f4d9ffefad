/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-schedule.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* How far a step is spread, so that the tills of a town do not ask together. */
#define SPREAD 0.2

/* Where the clock was set back since, nobody knows how long ago the page was left. The number
 * of questions tells it nearly as well: so many are asked in the time. */
static gint64
estimate_since_left (gint64 since_left, gint64 n_checks)
{
  if (since_left >= 0)
    return since_left;
  if (n_checks <= 64)
    return 0;
  if (n_checks <= 114)
    return 10 * MINUTE;
  if (n_checks <= 206)
    return HOUR;
  return DAY;
}

/**
 * ligdi_schedule_get_step:
 * @state: where the payment is
 * @since_left: ms since its page was left; negative when the clock was set back
 * @n_checks: how often confirm was asked since then
 *
 * When to ask again. The gateway keeps a payment pending for days and never gives it
 * up, so the till asks often at first and ever more seldom for a week.
 *
 * Returns: ms from the last question to the next, before spreading, or 0 for never
 */
gint64
ligdi_schedule_get_step (LigdiPaymentState state, gint64 since_left, gint64 n_checks)
{
  switch (state)
    {
    case LIGDI_PAYMENT_STATE_AWAITING:
      return 10 * SECOND;
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
      if (n_checks <= 10)
        return 3 * SECOND;
      if (n_checks <= 34)
        return 5 * SECOND;
      since_left = estimate_since_left (since_left, n_checks);
      if (since_left < 10 * MINUTE)
        return 15 * SECOND;
      if (since_left < HOUR)
        return MINUTE;
      if (since_left < DAY)
        return 15 * MINUTE;
      if (since_left < 7 * DAY || n_checks < LIGDI_SCHEDULE_MIN_CHECKS)
        return HOUR;
      return 0;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return 0;
    }
  return 0;
}

/**
 * ligdi_schedule_get_due:
 * @record: a payment that was just asked about, or whose page was just shown
 * @now: ms since 1970
 *
 * Returns: when to ask next, ms since 1970, or 0 for never
 */
gint64
ligdi_schedule_get_due (const LigdiPaymentRecord *record, gint64 now)
{
  gint64 step;

  g_return_val_if_fail (record != NULL, 0);

  step = ligdi_schedule_get_step (record->state, now - record->left_at, record->n_checks);
  if (step == 0)
    return 0;
  return now + (gint64) (step * g_random_double_range (1 - SPREAD, 1 + SPREAD));
}
