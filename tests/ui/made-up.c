/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "made-up"

#include "made-up.h"

/* Payments that never happened, one for each thing a page can show. */

typedef struct
{
  const char *name;
  LigdiPaymentState state;
  LigdiExit exit;
  LigdiAnswer last_answer;
  LigdiRelease released_by;
  gint64 n_checks;
  gint64 received;
  LigdiFollowUp follow_up;
  const char *charge;
} Case;

static const Case cases[] = {
  { "paid", LIGDI_PAYMENT_STATE_PAID, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 2, 12500 },
  { "ordered", LIGDI_PAYMENT_STATE_PAID, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 2, 12500,
    LIGDI_FOLLOW_UP_NONE, "CMD-2026-00417" },
  { "paid-twice", LIGDI_PAYMENT_STATE_PAID, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT,
    LIGDI_RELEASE_CASH, 9, 12500, LIGDI_FOLLOW_UP_PAID_TWICE },
  { "late", LIGDI_PAYMENT_STATE_PAID, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT,
    LIGDI_RELEASE_NEW_PAYMENT, 9, 12500, LIGDI_FOLLOW_UP_LATE },
  { "notpaid", LIGDI_PAYMENT_STATE_DECLINED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 2, -1 },
  { "pending", LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_PENDING, 0, 9, -1 },
  { "closed", LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_EXIT_CANCELLED, LIGDI_ANSWER_PENDING, 0, 2, -1 },
  { "released", LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_EXIT_CANCELLED, LIGDI_ANSWER_PENDING,
    LIGDI_RELEASE_CASH, 2, -1 },
  { "unclear", LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_UNCLEAR, 0, 4, -1 },
  { "offline", LIGDI_PAYMENT_STATE_UNRESOLVED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_OFFLINE, 0, 4, -1 },
  { "too-little", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 1,
    2500, LIGDI_FOLLOW_UP_WRONG_AMOUNT },
  { "too-much", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 1,
    125000, LIGDI_FOLLOW_UP_WRONG_AMOUNT },
  { "review", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_VERDICT, 0, 1,
    12500, LIGDI_FOLLOW_UP_CONTRADICTION },
  { "aborted", LIGDI_PAYMENT_STATE_ABORTED, LIGDI_EXIT_NONE, LIGDI_ANSWER_NONE, 0, 0, -1 },
  { "verifying", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_EXIT_RETURNED, LIGDI_ANSWER_PENDING, 0, 1,
    -1 },
  { "awaiting", LIGDI_PAYMENT_STATE_AWAITING, LIGDI_EXIT_NONE, LIGDI_ANSWER_NONE, 0, 0, -1 },
};

static gboolean
has_verdict (LigdiPaymentState state)
{
  return state == LIGDI_PAYMENT_STATE_PAID || state == LIGDI_PAYMENT_STATE_DECLINED
         || state == LIGDI_PAYMENT_STATE_DISPUTED;
}

static LigdiPaymentRecord *
make_record (const Case *made_up, gint64 now)
{
  LigdiPaymentRecord *record = ligdi_payment_record_new ();

  record->id = 147;
  record->ticket = 147;
  record->n_items = 9;
  record->reference = g_strdup ("LGD-7K2M-9QXA");
  record->transaction_id = g_strdup ("LGD-7K2M-9QXA");
  record->amount = 12500;
  record->cashier = g_strdup ("Moussa");
  record->state = made_up->state;
  record->exit = made_up->exit;
  record->last_answer = made_up->last_answer;
  record->released_by = made_up->released_by;
  record->follow_up = made_up->follow_up;
  record->charge = g_strdup (made_up->charge);
  record->n_checks = made_up->n_checks;
  record->amount_received = made_up->received;
  record->created_at = now - 130000;
  if (made_up->state == LIGDI_PAYMENT_STATE_ABORTED)
    return record;

  record->token = g_strdup ("made-up");
  if (made_up->state == LIGDI_PAYMENT_STATE_AWAITING)
    return record;
  record->left_at = now - (made_up->state == LIGDI_PAYMENT_STATE_VERIFYING ? 6000
                           : made_up->last_answer == LIGDI_ANSWER_PENDING  ? 80000
                                                                           : 38000);
  record->checked_at = now - 1000;
  if (!has_verdict (made_up->state))
    {
      record->next_check_at = now + 25500;
      return record;
    }
  record->verdict_at = now - 1000;
  record->operator_name = g_strdup ("Orange Money");
  record->payer = g_strdup ("22607123445");
  return record;
}

/* A payment by the name of its case, or NULL when there is no such case. */
LigdiPayment *
made_up_payment (const char *name, gint64 now)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_str_equal (cases[i].name, name))
      {
        g_autoptr (LigdiPaymentRecord) record = make_record (&cases[i], now);

        return ligdi_payment_new (record);
      }
  return NULL;
}
