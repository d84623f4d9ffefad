/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-verdict.h"

static gboolean
is_other_id (const LigdiConfirmation *confirmation, const char *transaction_id)
{
  return confirmation->transaction_id != NULL
         && !g_str_equal (confirmation->transaction_id, transaction_id);
}

static gboolean
is_other_amount (LigdiReading reading, gint64 value, gint64 amount)
{
  return reading == LIGDI_READING_READ && value != amount;
}

static LigdiVerdict
judge_completed (const LigdiConfirmation *confirmation, gint64 amount)
{
  if (!confirmation->accepted)
    return LIGDI_VERDICT_INCONCLUSIVE;
  if (is_other_amount (confirmation->amount_reading, confirmation->amount, amount)
      || is_other_amount (confirmation->montant_reading, confirmation->montant, amount))
    return LIGDI_VERDICT_MISMATCH;
  if (confirmation->currency != NULL && g_ascii_strcasecmp (confirmation->currency, "XOF") != 0)
    return LIGDI_VERDICT_MISMATCH;
  if (confirmation->transaction_id == NULL
      || confirmation->amount_reading == LIGDI_READING_UNREADABLE
      || confirmation->montant_reading == LIGDI_READING_UNREADABLE
      || (confirmation->amount_reading == LIGDI_READING_ABSENT
          && confirmation->montant_reading == LIGDI_READING_ABSENT))
    return LIGDI_VERDICT_INCONCLUSIVE;
  return LIGDI_VERDICT_PAID;
}

/**
 * ligdi_confirmation_free:
 * @confirmation: (transfer full): an answer
 */
void
ligdi_confirmation_free (LigdiConfirmation *confirmation)
{
  g_free (confirmation->transaction_id);
  g_free (confirmation->currency);
  g_free (confirmation->operator_name);
  g_free (confirmation->payer);
  g_free (confirmation->request_id);
  g_free (confirmation->sub_code);
  g_free (confirmation);
}

/**
 * ligdi_verdict_judge:
 * @confirmation: what confirm answered
 * @transaction_id: our id of the payment
 * @amount: francs XOF we asked for
 *
 * The only place where money becomes true. Paid takes response_code 00, status
 * completed, our id and our amount, in both spellings where both came, and XOF
 * where a currency came. Another id or amount contradicts our record; a missing
 * one decides nothing. Only the gateway's own word for it is a refusal
 * (API sheet: status values, contradictions 2 and 8).
 *
 * Returns: what the answer means
 */
LigdiVerdict
ligdi_verdict_judge (const LigdiConfirmation *confirmation, const char *transaction_id,
                     gint64 amount)
{
  g_return_val_if_fail (confirmation != NULL, LIGDI_VERDICT_INCONCLUSIVE);
  g_return_val_if_fail (transaction_id != NULL, LIGDI_VERDICT_INCONCLUSIVE);

  switch (confirmation->status)
    {
    case LIGDI_CONFIRM_COMPLETED:
      if (confirmation->accepted && is_other_id (confirmation, transaction_id))
        return LIGDI_VERDICT_MISMATCH;
      return judge_completed (confirmation, amount);
    case LIGDI_CONFIRM_NOTCOMPLETED:
      return is_other_id (confirmation, transaction_id) ? LIGDI_VERDICT_MISMATCH
                                                        : LIGDI_VERDICT_DECLINED;
    case LIGDI_CONFIRM_PENDING:
      return confirmation->accepted ? LIGDI_VERDICT_PENDING : LIGDI_VERDICT_INCONCLUSIVE;
    case LIGDI_CONFIRM_UNKNOWN:
      return LIGDI_VERDICT_INCONCLUSIVE;
    }
  return LIGDI_VERDICT_INCONCLUSIVE;
}

/**
 * ligdi_confirmation_get_received:
 * @confirmation: what confirm answered
 * @expected: francs XOF we asked for
 *
 * Picks the amount to show beside ours: where the two spellings disagree, the one
 * that is not ours.
 *
 * Returns: francs XOF, or -1 when none could be read
 */
gint64
ligdi_confirmation_get_received (const LigdiConfirmation *confirmation, gint64 expected)
{
  g_return_val_if_fail (confirmation != NULL, -1);

  if (confirmation->amount_reading == LIGDI_READING_READ
      && (confirmation->amount != expected || confirmation->montant_reading != LIGDI_READING_READ))
    return confirmation->amount;
  if (confirmation->montant_reading == LIGDI_READING_READ)
    return confirmation->montant;
  return -1;
}
