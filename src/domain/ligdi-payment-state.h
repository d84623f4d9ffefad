/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiPaymentState:
 * @LIGDI_PAYMENT_STATE_CREATING: the intent is durable; create may be in flight
 * @LIGDI_PAYMENT_STATE_AWAITING: token and page address are durable; the customer may pay
 * @LIGDI_PAYMENT_STATE_VERIFYING: the page is gone; asking confirm
 * @LIGDI_PAYMENT_STATE_UNRESOLVED: asked enough for now; watched for days
 * @LIGDI_PAYMENT_STATE_PAID: confirm said completed and everything matched; final
 * @LIGDI_PAYMENT_STATE_DECLINED: confirm said notcompleted
 * @LIGDI_PAYMENT_STATE_ABORTED: no page was ever shown, so nobody could pay; final
 * @LIGDI_PAYMENT_STATE_DISPUTED: the gateway contradicts our record; final
 *
 * Where a payment is, according to the gateway. What the cashier did about it is
 * another thing and lives in the sale.
 */
typedef enum
{
  LIGDI_PAYMENT_STATE_CREATING,
  LIGDI_PAYMENT_STATE_AWAITING,
  LIGDI_PAYMENT_STATE_VERIFYING,
  LIGDI_PAYMENT_STATE_UNRESOLVED,
  LIGDI_PAYMENT_STATE_PAID,
  LIGDI_PAYMENT_STATE_DECLINED,
  LIGDI_PAYMENT_STATE_ABORTED,
  LIGDI_PAYMENT_STATE_DISPUTED,
} LigdiPaymentState;

#define LIGDI_PAYMENT_N_STATES (LIGDI_PAYMENT_STATE_DISPUTED + 1)

/**
 * LigdiPaymentEvent:
 * @LIGDI_PAYMENT_EVENT_INVOICE_CREATED: the gateway gave a token and a page
 * @LIGDI_PAYMENT_EVENT_CREATE_FAILED: it did not, or its answer was lost
 * @LIGDI_PAYMENT_EVENT_CASHIER_CANCELLED: the cashier gave up before any page
 * @LIGDI_PAYMENT_EVENT_OWNER_GONE: the process that was creating is dead
 * @LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED: the page reached the return address
 * @LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED: the page reached the cancel address
 * @LIGDI_PAYMENT_EVENT_PAGE_LOST: the page was closed or its process died
 * @LIGDI_PAYMENT_EVENT_VERIFY_ASKED: somebody asked to check
 * @LIGDI_PAYMENT_EVENT_RECOVERED: found open at start-up
 * @LIGDI_PAYMENT_EVENT_PATIENCE_EXHAUSTED: asked enough for now
 * @LIGDI_PAYMENT_EVENT_PAGE_REOPENED: the same link is shown again
 * @LIGDI_PAYMENT_EVENT_CONFIRMED_PAID: confirm said completed, all of it ours
 * @LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED: confirm said notcompleted
 * @LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH: confirm contradicts our record
 */
typedef enum
{
  LIGDI_PAYMENT_EVENT_INVOICE_CREATED,
  LIGDI_PAYMENT_EVENT_CREATE_FAILED,
  LIGDI_PAYMENT_EVENT_CASHIER_CANCELLED,
  LIGDI_PAYMENT_EVENT_OWNER_GONE,
  LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED,
  LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED,
  LIGDI_PAYMENT_EVENT_PAGE_LOST,
  LIGDI_PAYMENT_EVENT_VERIFY_ASKED,
  LIGDI_PAYMENT_EVENT_RECOVERED,
  LIGDI_PAYMENT_EVENT_PATIENCE_EXHAUSTED,
  LIGDI_PAYMENT_EVENT_PAGE_REOPENED,
  LIGDI_PAYMENT_EVENT_CONFIRMED_PAID,
  LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED,
  LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH,
} LigdiPaymentEvent;

#define LIGDI_PAYMENT_N_EVENTS (LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH + 1)

gboolean ligdi_payment_state_next (LigdiPaymentState from, LigdiPaymentEvent event,
                                   LigdiPaymentState *to, GError **error);
const char *ligdi_payment_state_to_nick (LigdiPaymentState state);
gboolean ligdi_payment_state_from_nick (const char *nick, LigdiPaymentState *state);
const char *ligdi_payment_state_get_verdict (LigdiPaymentState state);
const char *ligdi_payment_event_to_nick (LigdiPaymentEvent event);

G_END_DECLS
