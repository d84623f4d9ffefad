/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-follow-up.h"

static const char *const nicks[LIGDI_N_FOLLOW_UPS] = {
  [LIGDI_FOLLOW_UP_LATE] = "late",
  [LIGDI_FOLLOW_UP_PAID_TWICE] = "paid-twice",
  [LIGDI_FOLLOW_UP_WRONG_AMOUNT] = "wrong-amount",
  [LIGDI_FOLLOW_UP_CONTRADICTION] = "contradiction",
};

/**
 * ligdi_follow_up_to_nick:
 * @follow_up: what waits for a person
 *
 * Returns: (transfer none) (nullable): its name in the ledger; %NULL for nothing
 */
const char *
ligdi_follow_up_to_nick (LigdiFollowUp follow_up)
{
  g_return_val_if_fail ((guint) follow_up < LIGDI_N_FOLLOW_UPS, NULL);

  return nicks[follow_up];
}

/**
 * ligdi_follow_up_from_nick:
 * @nick: (nullable): a name in the ledger, or %NULL for nothing
 * @follow_up: (out): what it names
 *
 * Returns: whether @nick names something
 */
gboolean
ligdi_follow_up_from_nick (const char *nick, LigdiFollowUp *follow_up)
{
  g_return_val_if_fail (follow_up != NULL, FALSE);

  for (guint i = 0; i < LIGDI_N_FOLLOW_UPS; i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *follow_up = (LigdiFollowUp) i;
        return TRUE;
      }
  return FALSE;
}
