/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-diagnosis.h"

G_BEGIN_DECLS

/**
 * LigdiError:
 * @LIGDI_ERROR_OFFLINE: the network or a time limit; try again
 * @LIGDI_ERROR_REFUSED: the gateway said no, with its code; back to the sale
 * @LIGDI_ERROR_PROTOCOL: an answer was not understood; check again, note the reference
 * @LIGDI_ERROR_CREDENTIALS: keys or gateway address missing or refused; call the manager
 * @LIGDI_ERROR_KEYRING: the keyring gives no keys; open it, or enter them again
 * @LIGDI_ERROR_LEDGER: disk or database; stop selling
 * @LIGDI_ERROR_LEDGER_LOCKED: another program holds the ledger; close it
 * @LIGDI_ERROR_LEDGER_CORRUPT: the ledger cannot be trusted; keep the file, call for help
 * @LIGDI_ERROR_LEDGER_NEWER: a newer LigdiPay wrote the ledger; update this one
 * @LIGDI_ERROR_LEDGER_REMOTE: the ledger lies on another computer; put it on this one's disk
 * @LIGDI_ERROR_LEDGER_FULL: no room on the disk; make room
 * @LIGDI_ERROR_STATE: the payment is not in a state that allows this; look at the screen again
 * @LIGDI_ERROR_OPEN_ATTEMPT: the sale already has an open payment; finish that one first
 *
 * The program's only error domain. A code names the cashier's next move, so that
 * one table (ligdi-message) can turn it into words. The text of a #GError is for
 * the log alone and never reaches a label.
 */
typedef enum
{
  LIGDI_ERROR_OFFLINE,
  LIGDI_ERROR_REFUSED,
  LIGDI_ERROR_PROTOCOL,
  LIGDI_ERROR_CREDENTIALS,
  LIGDI_ERROR_KEYRING,
  LIGDI_ERROR_LEDGER,
  LIGDI_ERROR_LEDGER_LOCKED,
  LIGDI_ERROR_LEDGER_CORRUPT,
  LIGDI_ERROR_LEDGER_NEWER,
  LIGDI_ERROR_LEDGER_REMOTE,
  LIGDI_ERROR_LEDGER_FULL,
  LIGDI_ERROR_STATE,
  LIGDI_ERROR_OPEN_ATTEMPT,
} LigdiError;

#define LIGDI_ERROR (ligdi_error_quark ())

GQuark ligdi_error_quark (void);
void ligdi_error_set_diagnosis (GError *error, LigdiDiagnosis diagnosis);
LigdiDiagnosis ligdi_error_get_diagnosis (const GError *error);

G_END_DECLS
