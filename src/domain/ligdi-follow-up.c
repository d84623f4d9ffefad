/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-follow-up.h"

static const char *const nicks[LIGDI_N_FOLLOW_UP_KINDS] = {
  [LIGDI_FOLLOW_UP_LATE] = "late",
  [LIGDI_FOLLOW_UP_PAID_TWICE] = "paid-twice",
  [LIGDI_FOLLOW_UP_WRONG_AMOUNT] = "wrong-amount",
  [LIGDI_FOLLOW_UP_CONTRADICTION] = "contradiction",
};

/**
 * ligdi_follow_up_kind_from_nick:
 * @nick: (nullable): its name in the ledger
 * @kind: (out): the kind it names
 *
 * Returns: whether @nick names one
 */
gboolean
ligdi_follow_up_kind_from_nick (const char *nick, LigdiFollowUpKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < LIGDI_N_FOLLOW_UP_KINDS; i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *kind = (LigdiFollowUpKind) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * ligdi_follow_up_new:
 * @id: its row in the ledger
 * @payment: its payment's row
 * @kind: what happened
 * @opened_at: when, ms since 1970
 *
 * Returns: (transfer full): a follow-up
 */
LigdiFollowUp *
ligdi_follow_up_new (gint64 id, gint64 payment, LigdiFollowUpKind kind, gint64 opened_at)
{
  LigdiFollowUp *follow_up = g_new (LigdiFollowUp, 1);

  *follow_up = (LigdiFollowUp){
    .id = id,
    .payment = payment,
    .kind = kind,
    .opened_at = opened_at,
  };
  return follow_up;
}

/**
 * ligdi_follow_up_free:
 * @follow_up: (transfer full): a follow-up
 */
void
ligdi_follow_up_free (LigdiFollowUp *follow_up)
{
  g_free (follow_up);
}
