/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-payment.h"

/* A payment's values: which of them two records can differ in, and what a word stands for. */

typedef void (*Change) (LigdiPaymentRecord *record);

#define CHANGE_NUMBER(field, value)                                                                \
  static void change_##field (LigdiPaymentRecord *record) { record->field = value; }
#define CHANGE_TEXT(field)                                                                         \
  static void change_##field (LigdiPaymentRecord *record)                                          \
  {                                                                                                \
    g_free (record->field);                                                                        \
    record->field = g_strdup ("other");                                                            \
  }

CHANGE_NUMBER (state, LIGDI_PAYMENT_STATE_PAID)
CHANGE_NUMBER (opening, LIGDI_OPENING_PHONE)
CHANGE_NUMBER (exit, LIGDI_EXIT_LOST)
CHANGE_NUMBER (settled_by, LIGDI_SETTLEMENT_CASH)
CHANGE_NUMBER (follow_up, LIGDI_FOLLOW_UP_LATE)
CHANGE_NUMBER (released_by, LIGDI_RELEASE_CASH)
CHANGE_NUMBER (last_answer, LIGDI_ANSWER_PENDING)
CHANGE_NUMBER (n_checks, 7)
CHANGE_NUMBER (n_pending, 7)
CHANGE_NUMBER (left_at, 7)
CHANGE_NUMBER (checked_at, 7)
CHANGE_NUMBER (next_check_at, 7)
CHANGE_NUMBER (verdict_at, 7)
CHANGE_NUMBER (amount_received, 7)
CHANGE_TEXT (token)
CHANGE_TEXT (page_url)
CHANGE_TEXT (operator_name)
CHANGE_TEXT (payer)
CHANGE_TEXT (request_id)
CHANGE_TEXT (refusal)

static void
test_equal (void)
{
  static const Change changes[] = {
    change_state,       change_opening,    change_exit,       change_settled_by,
    change_follow_up,   change_released_by, change_last_answer, change_n_checks,
    change_n_pending,   change_left_at,    change_checked_at, change_next_check_at,
    change_verdict_at,  change_amount_received, change_token, change_page_url,
    change_operator_name, change_payer,    change_request_id, change_refusal,
  };
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();

  record->token = g_strdup ("token");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (LigdiPaymentRecord) copy = ligdi_payment_record_copy (record);

      g_assert_true (ligdi_payment_record_equal (record, copy));
      changes[i](copy);
      g_assert_false (ligdi_payment_record_equal (record, copy));
    }
}

static void
test_follow_up_nicks (void)
{
  LigdiFollowUp found = LIGDI_FOLLOW_UP_LATE;

  for (guint i = 0; i < LIGDI_N_FOLLOW_UPS; i++)
    {
      g_assert_true (ligdi_follow_up_from_nick (ligdi_follow_up_to_nick ((LigdiFollowUp) i), &found));
      g_assert_cmpint (found, ==, i);
    }
  found = LIGDI_FOLLOW_UP_LATE;
  g_assert_false (ligdi_follow_up_from_nick ("lost", &found));
  g_assert_cmpint (found, ==, LIGDI_FOLLOW_UP_LATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/equal", test_equal);
  g_test_add_func ("/payment/follow-up-nicks", test_follow_up_nicks);
  return g_test_run ();
}
