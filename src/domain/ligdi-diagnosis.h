/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiDiagnosis:
 * @LIGDI_DIAGNOSIS_CONNECTED: the gateway answers, and takes this shop's requests
 * @LIGDI_DIAGNOSIS_NO_LINK: this computer is in no network
 * @LIGDI_DIAGNOSIS_NO_NAME: nobody knows the gateway's address (DNS)
 * @LIGDI_DIAGNOSIS_PORTAL: the network answers in the gateway's place and wants something first
 * @LIGDI_DIAGNOSIS_NO_DATA: a network, but nothing answers: the data bundle is spent
 * @LIGDI_DIAGNOSIS_WRONG_CLOCK: this computer's date is wrong, so no certificate is valid
 * @LIGDI_DIAGNOSIS_BAD_CERTIFICATE: who answers cannot show that it is the gateway
 * @LIGDI_DIAGNOSIS_GATEWAY_DOWN: the gateway itself is out of order
 * @LIGDI_DIAGNOSIS_IP_REFUSED: the gateway does not take requests from this Internet address
 * @LIGDI_DIAGNOSIS_KEYS_REFUSED: the gateway does not know the keys
 * @LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED: the account may not take payments yet
 * @LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE: the amount is too small or too large for the gateway
 * @LIGDI_DIAGNOSIS_UNCLEAR: none of these
 *
 * Why the gateway cannot be used, as far as it can be found out from here. Each one asks
 * something else of the people at the till.
 */
typedef enum
{
  LIGDI_DIAGNOSIS_CONNECTED,
  LIGDI_DIAGNOSIS_NO_LINK,
  LIGDI_DIAGNOSIS_NO_NAME,
  LIGDI_DIAGNOSIS_PORTAL,
  LIGDI_DIAGNOSIS_NO_DATA,
  LIGDI_DIAGNOSIS_WRONG_CLOCK,
  LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
  LIGDI_DIAGNOSIS_GATEWAY_DOWN,
  LIGDI_DIAGNOSIS_IP_REFUSED,
  LIGDI_DIAGNOSIS_KEYS_REFUSED,
  LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED,
  LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE,
  LIGDI_DIAGNOSIS_UNCLEAR,
} LigdiDiagnosis;

#define LIGDI_N_DIAGNOSES (LIGDI_DIAGNOSIS_UNCLEAR + 1)

const char *ligdi_diagnosis_to_nick (LigdiDiagnosis diagnosis);
gboolean ligdi_diagnosis_is_on_the_way (LigdiDiagnosis diagnosis);
gboolean ligdi_diagnosis_is_network_down (LigdiDiagnosis diagnosis);

G_END_DECLS
