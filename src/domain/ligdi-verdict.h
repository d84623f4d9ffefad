/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

/**
 * LigdiConfirmStatus:
 * @LIGDI_CONFIRM_UNKNOWN: no status, or a word nobody documented
 * @LIGDI_CONFIRM_PENDING: "pending"
 * @LIGDI_CONFIRM_COMPLETED: "completed"
 * @LIGDI_CONFIRM_NOTCOMPLETED: "notcompleted", or "nocompleted" as of 2024
 *
 * The gateway's word about a payment (API sheet: status values).
 */
typedef enum
{
  LIGDI_CONFIRM_UNKNOWN,
  LIGDI_CONFIRM_PENDING,
  LIGDI_CONFIRM_COMPLETED,
  LIGDI_CONFIRM_NOTCOMPLETED,
} LigdiConfirmStatus;

/**
 * LigdiReading:
 * @LIGDI_READING_ABSENT: the field was not there, or null
 * @LIGDI_READING_READ: it holds a whole number of francs
 * @LIGDI_READING_UNREADABLE: it holds something else
 *
 * What became of an amount in an answer: wrong and absent are different things.
 */
typedef enum
{
  LIGDI_READING_ABSENT,
  LIGDI_READING_READ,
  LIGDI_READING_UNREADABLE,
} LigdiReading;

/**
 * LigdiConfirmation:
 * @accepted: whether the answer's response_code was "00"
 * @status: the gateway's word
 * @transaction_id: (nullable): the id we put into custom_data, as it came back
 * @currency: (nullable): a currency, if one came
 * @amount_reading: what became of "amount"
 * @amount: francs XOF, when read
 * @montant_reading: what became of "montant"
 * @montant: francs XOF, when read
 * @operator_name: (nullable): the operator's name
 * @payer: (nullable): the payer's telephone number
 * @request_id: (nullable): the gateway's own number
 * @sub_code: (nullable): the sub-code of a failed call
 *
 * One answer of confirm in our own terms, whatever shape it came in.
 */
typedef struct
{
  gboolean accepted;
  LigdiConfirmStatus status;
  char *transaction_id;
  char *currency;
  LigdiReading amount_reading;
  gint64 amount;
  LigdiReading montant_reading;
  gint64 montant;
  char *operator_name;
  char *payer;
  char *request_id;
  char *sub_code;
} LigdiConfirmation;

/**
 * LigdiVerdict:
 * @LIGDI_VERDICT_INCONCLUSIVE: the answer decides nothing
 * @LIGDI_VERDICT_PENDING: the gateway does not know yet
 * @LIGDI_VERDICT_PAID: paid, and everything matches our record
 * @LIGDI_VERDICT_DECLINED: definitely not paid
 * @LIGDI_VERDICT_MISMATCH: the gateway contradicts our record
 *
 * What an answer means for one payment.
 */
typedef enum
{
  LIGDI_VERDICT_INCONCLUSIVE,
  LIGDI_VERDICT_PENDING,
  LIGDI_VERDICT_PAID,
  LIGDI_VERDICT_DECLINED,
  LIGDI_VERDICT_MISMATCH,
} LigdiVerdict;

void ligdi_confirmation_free (LigdiConfirmation *confirmation);
LigdiVerdict ligdi_verdict_judge (const LigdiConfirmation *confirmation, const char *transaction_id,
                                  gint64 amount);
gint64 ligdi_confirmation_get_received (const LigdiConfirmation *confirmation, gint64 expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiConfirmation, ligdi_confirmation_free)

G_END_DECLS
