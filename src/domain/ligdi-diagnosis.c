/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-diagnosis.h"

static const char *const nicks[LIGDI_N_DIAGNOSES] = {
  [LIGDI_DIAGNOSIS_CONNECTED] = "connected",
  [LIGDI_DIAGNOSIS_NO_LINK] = "no-link",
  [LIGDI_DIAGNOSIS_NO_NAME] = "no-name",
  [LIGDI_DIAGNOSIS_PORTAL] = "portal",
  [LIGDI_DIAGNOSIS_NO_DATA] = "no-data",
  [LIGDI_DIAGNOSIS_WRONG_CLOCK] = "wrong-clock",
  [LIGDI_DIAGNOSIS_BAD_CERTIFICATE] = "bad-certificate",
  [LIGDI_DIAGNOSIS_GATEWAY_DOWN] = "gateway-down",
  [LIGDI_DIAGNOSIS_IP_REFUSED] = "ip-refused",
  [LIGDI_DIAGNOSIS_KEYS_REFUSED] = "keys-refused",
  [LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED] = "payin-not-activated",
  [LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE] = "amount-out-of-range",
  [LIGDI_DIAGNOSIS_UNCLEAR] = "unclear",
};

/**
 * ligdi_diagnosis_to_nick:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer none): its name in the log
 */
const char *
ligdi_diagnosis_to_nick (LigdiDiagnosis diagnosis)
{
  g_return_val_if_fail ((guint) diagnosis < LIGDI_N_DIAGNOSES, NULL);

  return nicks[diagnosis];
}

/**
 * ligdi_diagnosis_is_on_the_way:
 * @diagnosis: a diagnosis
 *
 * Returns: whether nothing gets as far as the gateway
 */
gboolean
ligdi_diagnosis_is_on_the_way (LigdiDiagnosis diagnosis)
{
  switch (diagnosis)
    {
    case LIGDI_DIAGNOSIS_NO_LINK:
    case LIGDI_DIAGNOSIS_NO_NAME:
    case LIGDI_DIAGNOSIS_PORTAL:
    case LIGDI_DIAGNOSIS_NO_DATA:
    case LIGDI_DIAGNOSIS_WRONG_CLOCK:
    case LIGDI_DIAGNOSIS_BAD_CERTIFICATE:
      return TRUE;
    case LIGDI_DIAGNOSIS_CONNECTED:
    case LIGDI_DIAGNOSIS_GATEWAY_DOWN:
    case LIGDI_DIAGNOSIS_IP_REFUSED:
    case LIGDI_DIAGNOSIS_KEYS_REFUSED:
    case LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED:
    case LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE:
    case LIGDI_DIAGNOSIS_UNCLEAR:
      break;
    }
  return FALSE;
}

/**
 * ligdi_diagnosis_is_network_down:
 * @diagnosis: a diagnosis
 *
 * Returns: whether the shop's own network is to blame
 */
gboolean
ligdi_diagnosis_is_network_down (LigdiDiagnosis diagnosis)
{
  return diagnosis == LIGDI_DIAGNOSIS_NO_LINK || diagnosis == LIGDI_DIAGNOSIS_NO_NAME
         || diagnosis == LIGDI_DIAGNOSIS_PORTAL || diagnosis == LIGDI_DIAGNOSIS_NO_DATA;
}
