/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ligdi-follow-up.h"
#include "ligdi-opening.h"
#include "ligdi-payment-state.h"

G_BEGIN_DECLS

/**
 * LigdiAnswer:
 * @LIGDI_ANSWER_NONE: confirm has not answered yet
 * @LIGDI_ANSWER_PENDING: the gateway said pending
 * @LIGDI_ANSWER_OFFLINE: no answer came: network or time limit
 * @LIGDI_ANSWER_UNCLEAR: an answer came that decides nothing
 * @LIGDI_ANSWER_VERDICT: a final answer came
 *
 * What the last question to confirm brought. An attempt, not a state.
 */
typedef enum
{
  LIGDI_ANSWER_NONE,
  LIGDI_ANSWER_PENDING,
  LIGDI_ANSWER_OFFLINE,
  LIGDI_ANSWER_UNCLEAR,
  LIGDI_ANSWER_VERDICT,
} LigdiAnswer;

/**
 * LigdiExit:
 * @LIGDI_EXIT_NONE: the page is or was open, or never opened
 * @LIGDI_EXIT_RETURNED: it reached the return address
 * @LIGDI_EXIT_CANCELLED: it reached the cancel address, or the cashier closed it
 * @LIGDI_EXIT_LOST: it broke
 *
 * How the payment page was left the last time. Proves nothing about the money;
 * decides how long the cashier waits and which words they read.
 */
typedef enum
{
  LIGDI_EXIT_NONE,
  LIGDI_EXIT_RETURNED,
  LIGDI_EXIT_CANCELLED,
  LIGDI_EXIT_LOST,
} LigdiExit;

/**
 * LigdiRelease:
 * @LIGDI_RELEASE_NONE: this is the sale's one attempt
 * @LIGDI_RELEASE_CASH: the cashier took cash instead
 * @LIGDI_RELEASE_NEW_PAYMENT: the cashier opened another payment instead
 *
 * The cashier's explicit choice to go on without waiting for this payment. It
 * stays watched.
 */
typedef enum
{
  LIGDI_RELEASE_NONE,
  LIGDI_RELEASE_CASH,
  LIGDI_RELEASE_NEW_PAYMENT,
} LigdiRelease;

/**
 * LigdiSettlement:
 * @LIGDI_SETTLEMENT_OPEN: nobody has paid for it yet
 * @LIGDI_SETTLEMENT_PAYMENT: a payment paid for it
 * @LIGDI_SETTLEMENT_CASH: the cashier took cash
 * @LIGDI_SETTLEMENT_GIVEN_UP: the cashier gave it up
 *
 * How a sale came to its end, which is the cashier's business and not the gateway's.
 */
typedef enum
{
  LIGDI_SETTLEMENT_OPEN,
  LIGDI_SETTLEMENT_PAYMENT,
  LIGDI_SETTLEMENT_CASH,
  LIGDI_SETTLEMENT_GIVEN_UP,
} LigdiSettlement;

/**
 * LigdiPaymentRecord:
 * @id: row in the ledger, 0 before it has one
 * @ticket: the sale's number, never reused
 * @n_items: the sum of the sale's quantities
 * @reference: what people call the payment
 * @transaction_id: what the gateway calls it on our behalf; nobody can guess it
 * @amount: francs XOF
 * @state: according to the gateway; see ligdi_payment_record_apply()
 * @token: (nullable): the creation token, a secret, for confirm
 * @page_url: (nullable): the hosted page, opened as given; it carries the token
 * @return_url: where the page goes after a payment
 * @cancel_url: where it goes after a cancel
 * @base_url: the gateway that made the invoice and is the one to ask
 * @opening: where its page is opened
 * @exit: how the page was left the last time
 * @released_by: whether the cashier went on without it
 * @settled_by: how its sale ended, if it did
 * @follow_up: what waits for a person, the oldest first
 * @last_answer: what the last question brought
 * @n_checks: how many times confirm was asked since the page was left
 * @n_pending: how many of them in a row said pending
 * @created_at: ms since 1970
 * @left_at: when the page was left the last time, or the cashier turned to the next customer
 *   while this one pays on a phone; ms since 1970, or 0
 * @checked_at: when confirm was last asked, ms since 1970, or 0
 * @next_check_at: when to ask again, ms since 1970, or 0 for never
 * @verdict_at: when the final answer came, ms since 1970, or 0
 * @amount_received: francs XOF that confirm named, or -1
 * @operator_name: (nullable): the operator that confirm named
 * @payer: (nullable): the payer's telephone number that confirm named
 * @request_id: (nullable): the gateway's own number, for its support
 * @refusal: (nullable): the gateway's sub-code when it refused the invoice
 * @cashier: (nullable): who rang it up, where cashiers have names
 * @charge: (nullable): what another program that asked for its sale calls it
 * @charge_sender: (nullable): who that was; as it says
 *
 * Everything the ledger knows of one payment, as a plain value.
 */
typedef struct
{
  gint64 id;
  gint64 ticket;
  gint64 n_items;
  char *reference;
  char *transaction_id;
  gint64 amount;
  LigdiPaymentState state;
  char *token;
  char *page_url;
  char *return_url;
  char *cancel_url;
  char *base_url;
  LigdiOpening opening;
  LigdiExit exit;
  LigdiRelease released_by;
  LigdiSettlement settled_by;
  LigdiFollowUp follow_up;
  LigdiAnswer last_answer;
  gint64 n_checks;
  gint64 n_pending;
  gint64 created_at;
  gint64 left_at;
  gint64 checked_at;
  gint64 next_check_at;
  gint64 verdict_at;
  gint64 amount_received;
  char *operator_name;
  char *payer;
  char *request_id;
  char *refusal;
  char *cashier;
  char *charge;
  char *charge_sender;
} LigdiPaymentRecord;

LigdiPaymentRecord *ligdi_payment_record_new (void);
LigdiPaymentRecord *ligdi_payment_record_copy (const LigdiPaymentRecord *record);
void ligdi_payment_record_free (LigdiPaymentRecord *record);
gboolean ligdi_payment_record_apply (LigdiPaymentRecord *record, LigdiPaymentEvent event,
                                     GError **error);
gboolean ligdi_payment_record_is_aside (const LigdiPaymentRecord *record);
gboolean ligdi_payment_record_is_let_go (const LigdiPaymentRecord *record);
gboolean ligdi_payment_record_equal (const LigdiPaymentRecord *a, const LigdiPaymentRecord *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiPaymentRecord, ligdi_payment_record_free)

#define LIGDI_TYPE_PAYMENT (ligdi_payment_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPayment, ligdi_payment, LIGDI, PAYMENT, GObject)

LigdiPayment *ligdi_payment_new (const LigdiPaymentRecord *record);
const LigdiPaymentRecord *ligdi_payment_get_record (LigdiPayment *self);
LigdiPaymentState ligdi_payment_get_state (LigdiPayment *self);
void ligdi_payment_commit (LigdiPayment *self, const LigdiPaymentRecord *record);

G_END_DECLS
