/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiOpening:
 * @LIGDI_OPENING_HERE: in the cashier's window
 * @LIGDI_OPENING_WINDOW: in a window of its own, for the customer's side of the counter
 * @LIGDI_OPENING_BROWSER: in this computer's browser
 * @LIGDI_OPENING_PHONE: as a QR code, on the customer's own phone
 *
 * Where a payment's page is opened. One link serves all of them, so the choice can change
 * while the customer pays.
 */
typedef enum
{
  LIGDI_OPENING_HERE,
  LIGDI_OPENING_WINDOW,
  LIGDI_OPENING_BROWSER,
  LIGDI_OPENING_PHONE,
} LigdiOpening;

#define LIGDI_N_OPENINGS (LIGDI_OPENING_PHONE + 1)

const char *ligdi_opening_to_nick (LigdiOpening opening);
gboolean ligdi_opening_from_nick (const char *nick, LigdiOpening *opening);

G_END_DECLS
