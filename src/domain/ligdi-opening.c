/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-opening.h"

static const char *const nicks[LIGDI_N_OPENINGS] = {
  [LIGDI_OPENING_HERE] = "here",
  [LIGDI_OPENING_WINDOW] = "window",
  [LIGDI_OPENING_BROWSER] = "browser",
  [LIGDI_OPENING_PHONE] = "phone",
};

/**
 * ligdi_opening_to_nick:
 * @opening: a way of opening
 *
 * Returns: (transfer none): its name in the ledger and in the settings
 */
const char *
ligdi_opening_to_nick (LigdiOpening opening)
{
  g_return_val_if_fail ((guint) opening < LIGDI_N_OPENINGS, NULL);

  return nicks[opening];
}

/**
 * ligdi_opening_from_nick:
 * @nick: (nullable): a name
 * @opening: (out): the way of opening it names
 *
 * Returns: whether @nick names one
 */
gboolean
ligdi_opening_from_nick (const char *nick, LigdiOpening *opening)
{
  g_return_val_if_fail (opening != NULL, FALSE);

  for (guint i = 0; i < LIGDI_N_OPENINGS; i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *opening = (LigdiOpening) i;
        return TRUE;
      }
  return FALSE;
}
