/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-message.h"

#include <glib/gi18n.h>

/* The words for a customer who is alone with a kiosk: the same states, and nothing that only the
 * staff can do. */

static void
say (LigdiMessage *message, const char *title, const char *sentence)
{
  message->title = title;
  message->sentence = sentence;
}

/**
 * ligdi_message_for_customer:
 * @record: a payment
 * @online: whether the gateway can be reached
 *
 * Returns: what its state means to the customer
 */
LigdiMessage
ligdi_message_for_customer (const LigdiPaymentRecord *record, gboolean online)
{
  LigdiMessage message = ligdi_message_for_payment (record, online);

  g_return_val_if_fail (record != NULL, message);

  message.may_go_on = FALSE;
  message.advice = NULL;
  message.primary = LIGDI_ACTION_NEXT_CUSTOMER;
  message.secondary = LIGDI_ACTION_NONE;
  switch (message.tone)
    {
    case LIGDI_TONE_PAID:
      say (&message, _("Payment received. Thank you."), NULL);
      break;
    case LIGDI_TONE_NOTPAID:
    case LIGDI_TONE_CANCELLED:
      say (&message, _("The payment did not go through. You can try again."),
           _("LigdiCash confirms that nothing was paid."));
      message.primary = LIGDI_ACTION_RETRY;
      message.secondary = LIGDI_ACTION_NEXT_CUSTOMER;
      break;
    case LIGDI_TONE_PENDING:
    case LIGDI_TONE_UNKNOWN:
      say (&message, _("Look at your phone. Do not pay twice."),
           _("The payment is not confirmed yet. If it does not come, ask the staff."));
      message.advice = _("LigdiPay goes on asking.");
      message.primary = LIGDI_ACTION_CHECK_NOW;
      message.secondary = LIGDI_ACTION_NEXT_CUSTOMER;
      break;
    case LIGDI_TONE_MISMATCH:
      say (&message, _("Please ask the staff. Do not pay again."), NULL);
      break;
    case LIGDI_TONE_BUSY:
      break;
    }
  return message;
}

/**
 * ligdi_message_for_customer_failure:
 *
 * Returns: what to tell a customer whose payment was not opened; the cable and the data plan
 *   are the shop's
 */
LigdiMessage
ligdi_message_for_customer_failure (void)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_NOTPAID,
    .title = _("The payment could not be opened."),
    .sentence = _("Nothing was paid. Please ask the staff."),
    .primary = LIGDI_ACTION_RETRY,
  };
}
