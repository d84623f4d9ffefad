/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiFollowUp:
 * @LIGDI_FOLLOW_UP_NONE: nothing
 * @LIGDI_FOLLOW_UP_LATE: paid after the cashier had gone on without it
 * @LIGDI_FOLLOW_UP_PAID_TWICE: paid although the sale was settled already
 * @LIGDI_FOLLOW_UP_WRONG_AMOUNT: paid, but not what was asked
 * @LIGDI_FOLLOW_UP_CONTRADICTION: the gateway takes its last word back, or answers about
 *   something else
 *
 * What about a payment waits for a person. Opened by the program, closed by a person with a
 * reason.
 */
typedef enum
{
  LIGDI_FOLLOW_UP_NONE,
  LIGDI_FOLLOW_UP_LATE,
  LIGDI_FOLLOW_UP_PAID_TWICE,
  LIGDI_FOLLOW_UP_WRONG_AMOUNT,
  LIGDI_FOLLOW_UP_CONTRADICTION,
} LigdiFollowUp;

#define LIGDI_N_FOLLOW_UPS (LIGDI_FOLLOW_UP_CONTRADICTION + 1)

const char *ligdi_follow_up_to_nick (LigdiFollowUp follow_up);
gboolean ligdi_follow_up_from_nick (const char *nick, LigdiFollowUp *follow_up);

G_END_DECLS
