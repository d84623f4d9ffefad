/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-diagnosis.h"
#include "ligdi-error.h"
#include "ligdi-payment.h"
#include "ligdi-web-trouble.h"

G_BEGIN_DECLS

/**
 * LigdiTone:
 * @LIGDI_TONE_PAID: disc and tick; the gateway confirmed
 * @LIGDI_TONE_NOTPAID: octagon and cross
 * @LIGDI_TONE_PENDING: square and hourglass
 * @LIGDI_TONE_UNKNOWN: broken ring and question mark
 * @LIGDI_TONE_MISMATCH: triangle; a person must look
 * @LIGDI_TONE_CANCELLED: ring and dash; no page was ever shown
 * @LIGDI_TONE_BUSY: no result yet
 *
 * How a result looks: shape, pattern and colour together.
 */
typedef enum
{
  LIGDI_TONE_PAID,
  LIGDI_TONE_NOTPAID,
  LIGDI_TONE_PENDING,
  LIGDI_TONE_UNKNOWN,
  LIGDI_TONE_MISMATCH,
  LIGDI_TONE_CANCELLED,
  LIGDI_TONE_BUSY,
} LigdiTone;

/**
 * LigdiAction:
 * @LIGDI_ACTION_NONE: nothing
 * @LIGDI_ACTION_NEW_SALE: serve the next customer; this payment is done
 * @LIGDI_ACTION_RETRY: open another payment for the same sale
 * @LIGDI_ACTION_EDIT_SALE: back to the sale with its lines
 * @LIGDI_ACTION_CHECK_NOW: ask confirm now
 * @LIGDI_ACTION_NEXT_CUSTOMER: serve the next customer; this payment stays watched
 * @LIGDI_ACTION_MANAGER_TOLD: a person knows about it
 * @LIGDI_ACTION_PRINT_RECEIPT: print the receipt
 * @LIGDI_ACTION_PRINT_STATEMENT: print what is known of a contradiction
 *
 * What a message offers.
 */
typedef enum
{
  LIGDI_ACTION_NONE,
  LIGDI_ACTION_NEW_SALE,
  LIGDI_ACTION_RETRY,
  LIGDI_ACTION_EDIT_SALE,
  LIGDI_ACTION_CHECK_NOW,
  LIGDI_ACTION_NEXT_CUSTOMER,
  LIGDI_ACTION_MANAGER_TOLD,
  LIGDI_ACTION_PRINT_RECEIPT,
  LIGDI_ACTION_PRINT_STATEMENT,
} LigdiAction;

/**
 * LigdiMessage:
 * @tone: how it looks
 * @word: (nullable): the state's word, in capitals, for the panel of a result
 * @short_word: (nullable): the same for a list
 * @title: what happened, in one or two short sentences
 * @sentence: (nullable): what it means and what to do next
 * @advice: (nullable): what to do meanwhile
 * @primary: the one thing to do
 * @secondary: the other thing to do
 * @network_down: whether there is no result because the shop's network is down
 * @may_go_on: whether the sale may be paid otherwise, and the page opened again
 *
 * Words for people. All texts are translated and live as long as the program.
 */
typedef struct
{
  LigdiTone tone;
  const char *word;
  const char *short_word;
  const char *title;
  const char *sentence;
  const char *advice;
  LigdiAction primary;
  LigdiAction secondary;
  gboolean network_down;
  gboolean may_go_on;
} LigdiMessage;

LigdiMessage ligdi_message_for_payment (const LigdiPaymentRecord *record, gboolean online);
LigdiMessage ligdi_message_for_error (LigdiError code, const char *sub_code);
LigdiMessage ligdi_message_for_customer (const LigdiPaymentRecord *record, gboolean online);
LigdiMessage ligdi_message_for_customer_failure (void);
LigdiMessage ligdi_message_for_result (const LigdiPaymentRecord *record, LigdiDiagnosis why);
LigdiMessage ligdi_message_for_failed_create (const GError *error, const char *sub_code,
                                              LigdiDiagnosis why);
LigdiMessage ligdi_message_for_diagnosis (LigdiDiagnosis diagnosis);
LigdiMessage ligdi_message_for_print_failure (void);
LigdiMessage ligdi_message_for_trouble (LigdiWebTrouble trouble);
LigdiMessage ligdi_message_for_browser_return (void);
char *ligdi_message_announce (const LigdiPaymentRecord *record, const char **title);
char *ligdi_message_describe_difference (const LigdiPaymentRecord *record);
const char *ligdi_message_for_action (LigdiAction action);
const char *ligdi_message_for_journal (const char *what, const char *note, gboolean again);
const char *ligdi_tone_to_nick (LigdiTone tone);

G_END_DECLS
