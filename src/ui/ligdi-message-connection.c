/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-message.h"

#include <glib/gi18n.h>

/* The words about the way to LigdiCash: what is wrong, and the one thing to do about it. */

static LigdiMessage
say (LigdiTone tone, const char *title, const char *sentence)
{
  return (LigdiMessage){
    .tone = tone,
    .title = title,
    .sentence = sentence,
  };
}

/**
 * ligdi_message_for_diagnosis:
 * @diagnosis: whether the gateway can be used, and why not
 *
 * Returns: what to tell whoever wants to know; of the rest only the tone is set
 */
LigdiMessage
ligdi_message_for_diagnosis (LigdiDiagnosis diagnosis)
{
  switch (diagnosis)
    {
    case LIGDI_DIAGNOSIS_CONNECTED:
      return say (LIGDI_TONE_PAID, _("Connected"), _("LigdiCash answers and accepts the keys."));
    case LIGDI_DIAGNOSIS_NO_LINK:
      return say (LIGDI_TONE_NOTPAID, _("This computer is in no network."),
                  _("Check the cable or the Wi-Fi, then try again."));
    case LIGDI_DIAGNOSIS_NO_NAME:
      return say (LIGDI_TONE_NOTPAID, _("The network does not find LigdiCash."),
                  _("Restart the modem or the phone that gives the Internet, then try again."));
    case LIGDI_DIAGNOSIS_PORTAL:
      return say (LIGDI_TONE_NOTPAID, _("This network leads to a page of its own."),
                  _("Open the browser, sign in or top up on that page, then try again."));
    case LIGDI_DIAGNOSIS_NO_DATA:
      return say (LIGDI_TONE_NOTPAID, _("The network is there, but nothing answers."),
                  _("Top up the data plan, then try again."));
    case LIGDI_DIAGNOSIS_WRONG_CLOCK:
      return say (LIGDI_TONE_NOTPAID, _("The date of this computer is wrong"),
                  _("Set date and time, then try again."));
    case LIGDI_DIAGNOSIS_BAD_CERTIFICATE:
      return say (LIGDI_TONE_NOTPAID, _("Insecure connection: it was blocked."),
                  _("Use another network, for instance a phone’s, then try again."));
    case LIGDI_DIAGNOSIS_GATEWAY_DOWN:
      return say (LIGDI_TONE_NOTPAID, _("LigdiCash does not answer just now."),
                  _("Wait a few minutes, then try again."));
    case LIGDI_DIAGNOSIS_IP_REFUSED:
      return say (LIGDI_TONE_NOTPAID, _("LigdiCash does not accept this shop’s Internet address."),
                  _("Call the manager: LigdiCash must allow it."));
    case LIGDI_DIAGNOSIS_KEYS_REFUSED:
      return say (LIGDI_TONE_NOTPAID, _("Keys refused"),
                  _("Call the manager: both keys must be copied afresh from the LigdiCash account."));
    case LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED:
      return say (LIGDI_TONE_NOTPAID, _("This LigdiCash account cannot take payments yet."),
                  _("Call the manager: LigdiCash must activate payments."));
    case LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE:
      return say (LIGDI_TONE_NOTPAID, _("LigdiCash does not accept this amount."),
                  _("It is too small or too large for one payment: change it, then try again."));
    case LIGDI_DIAGNOSIS_UNCLEAR:
      break;
    }
  return say (LIGDI_TONE_UNKNOWN, _("LigdiCash gave no clear answer."),
              _("Try again; if it happens again, call the manager."));
}

/* The same for somebody who waits for a result: whoever reads "try again" there charges again. */
static const char *
advise (LigdiDiagnosis why)
{
  switch (why)
    {
    case LIGDI_DIAGNOSIS_NO_LINK:
      return _("Check the cable or the Wi-Fi.");
    case LIGDI_DIAGNOSIS_NO_NAME:
      return _("Restart the modem or the phone that gives the Internet.");
    case LIGDI_DIAGNOSIS_PORTAL:
      return _("Open the browser, and sign in or top up on the network’s page.");
    case LIGDI_DIAGNOSIS_NO_DATA:
      return _("Top up the data plan.");
    case LIGDI_DIAGNOSIS_WRONG_CLOCK:
      return _("Set date and time of this computer.");
    case LIGDI_DIAGNOSIS_BAD_CERTIFICATE:
      return _("Use another network, for instance a phone’s.");
    case LIGDI_DIAGNOSIS_IP_REFUSED:
    case LIGDI_DIAGNOSIS_KEYS_REFUSED:
    case LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED:
      return ligdi_message_for_diagnosis (why).sentence;
    case LIGDI_DIAGNOSIS_CONNECTED:
    case LIGDI_DIAGNOSIS_GATEWAY_DOWN:
    case LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE:
    case LIGDI_DIAGNOSIS_UNCLEAR:
      break;
    }
  return NULL;
}

/**
 * ligdi_message_for_result:
 * @record: a payment
 * @why: what is wrong with the connection
 *
 * As ligdi_message_for_payment(), for the one page where somebody waits and can do something
 * about the connection meanwhile.
 *
 * Returns: what its state means to the cashier
 */
LigdiMessage
ligdi_message_for_result (const LigdiPaymentRecord *record, LigdiDiagnosis why)
{
  gboolean down = ligdi_diagnosis_is_network_down (why);
  LigdiMessage message = ligdi_message_for_payment (record, !down);

  if (message.tone != LIGDI_TONE_UNKNOWN)
    return message;
  message.network_down = down;
  if (message.may_go_on && advise (why) != NULL)
    message.advice = advise (why);
  return message;
}

/**
 * ligdi_message_for_failed_create:
 * @error: why there is no invoice
 * @sub_code: (nullable): the gateway's sub-code
 * @why: what is wrong with the connection, as far as is known by now
 *
 * Returns: what to tell the cashier, whose sale is kept
 */
LigdiMessage
ligdi_message_for_failed_create (const GError *error, const char *sub_code, LigdiDiagnosis why)
{
  gboolean refused = !g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE)
                     && !g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
  LigdiMessage message;

  if (refused || why == LIGDI_DIAGNOSIS_CONNECTED || why == LIGDI_DIAGNOSIS_UNCLEAR)
    return ligdi_message_for_error ((LigdiError) error->code, sub_code);
  message = ligdi_message_for_diagnosis (why);
  message.primary = LIGDI_ACTION_RETRY;
  return message;
}
