/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-message"

#include "made-up.h"

#include "ligdi-message.h"
#include "ligdi-payment-state.h"

/* The words: each state and error has its own, and none says what nobody knows. */

typedef void (*Visit) (const LigdiPaymentRecord *record, gboolean online,
                       const LigdiMessage *message);

static void
visit_cashiers (Visit visit, LigdiPaymentRecord *record)
{
  static const gint64 amounts[] = { -1, 2500, 12500, 125000 };

  for (int settled = LIGDI_SETTLEMENT_OPEN; settled <= LIGDI_SETTLEMENT_GIVEN_UP; settled++)
    for (int follow_up = 0; follow_up < LIGDI_N_FOLLOW_UPS; follow_up++)
      for (guint received = 0; received < G_N_ELEMENTS (amounts); received++)
        for (int online = 0; online < 2; online++)
          {
            LigdiMessage message;

            record->settled_by = (LigdiSettlement) settled;
            record->follow_up = (LigdiFollowUp) follow_up;
            record->amount_received = amounts[received];
            message = ligdi_message_for_payment (record, online);
            visit (record, online, &message);
          }
}

/* Every record that words can depend on. */
static void
visit_all (Visit visit)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_new ();

  record->amount = 12500;
  for (int state = 0; state < LIGDI_PAYMENT_N_STATES; state++)
    for (int exit = LIGDI_EXIT_NONE; exit <= LIGDI_EXIT_LOST; exit++)
      for (int answer = LIGDI_ANSWER_NONE; answer <= LIGDI_ANSWER_VERDICT; answer++)
        for (int release = LIGDI_RELEASE_NONE; release <= LIGDI_RELEASE_NEW_PAYMENT; release++)
          {
            record->state = (LigdiPaymentState) state;
            record->exit = (LigdiExit) exit;
            record->last_answer = (LigdiAnswer) answer;
            record->released_by = (LigdiRelease) release;
            visit_cashiers (visit, record);
          }
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *lower = text != NULL ? g_utf8_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, part) != NULL;
}

static gboolean
says (const LigdiMessage *message, const char *part)
{
  return contains (message->word, part) || contains (message->short_word, part)
         || contains (message->title, part) || contains (message->sentence, part)
         || contains (message->advice, part);
}

static void
check_truth (const LigdiPaymentRecord *record, gboolean online, const LigdiMessage *message)
{
  gboolean paid = record->state == LIGDI_PAYMENT_STATE_PAID;
  gboolean declined = record->state == LIGDI_PAYMENT_STATE_DECLINED;
  gboolean open = record->state == LIGDI_PAYMENT_STATE_UNRESOLVED;
  gboolean kept = !ligdi_payment_record_is_let_go (record);
  gboolean plain = record->follow_up == LIGDI_FOLLOW_UP_NONE;

  g_assert_nonnull (message->word);
  g_assert_nonnull (message->short_word);
  g_assert_nonnull (message->title);

  /* Nobody hands over goods for anything but money that has come, once, while they wait. */
  g_assert_cmpint (says (message, "hand over"), ==, paid && kept && plain);
  g_assert_cmpint (message->tone == LIGDI_TONE_PAID, ==, paid && plain);
  /* A payment failed when the gateway said so. */
  g_assert_cmpint (says (message, "failed"), ==, declined);
  g_assert_cmpint (message->tone == LIGDI_TONE_NOTPAID, ==, declined);
  /* Another try only where no money can come any more. */
  g_assert_cmpint (message->primary == LIGDI_ACTION_RETRY, ==,
                   declined || record->state == LIGDI_PAYMENT_STATE_ABORTED);
  g_assert_cmpint (message->secondary != LIGDI_ACTION_RETRY, ==, TRUE);
  /* Waiting has a way out, unless it was taken. */
  g_assert_cmpint (message->may_go_on, ==, open && kept);
  /* What waits for a person says so. */
  g_assert_cmpint (message->primary == LIGDI_ACTION_MANAGER_TOLD, ==,
                   (paid || record->state == LIGDI_PAYMENT_STATE_DISPUTED) && !plain);
  /* Paper only for what is settled or contradicts itself. */
  g_assert_cmpint (message->secondary == LIGDI_ACTION_PRINT_RECEIPT, ==, paid);
  g_assert_cmpint (message->secondary == LIGDI_ACTION_PRINT_STATEMENT, ==,
                   record->state == LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_false (says (message, "code"));
  g_assert_false (says (message, "echec"));
}

static void
test_truth (void)
{
  visit_all (check_truth);
}

static void
test_words (void)
{
  static const struct
  {
    const char *name;
    gboolean online;
    const char *word;
    const char *short_word;
    const char *title;
  } table[] = {
    { "paid", TRUE, "PAID", "Paid", "Payment received. Hand over the goods." },
    { "paid-twice", TRUE, "PAID TWICE", "Paid twice",
      "Cash was taken for this ticket too. Call the manager." },
    { "late", TRUE, "ARRIVED LATE", "Arrived late",
      "Another payment was opened for this ticket. Call the manager." },
    { "notpaid", TRUE, "NOT PAID", "Not paid", "Payment failed. Keep the goods." },
    { "pending", TRUE, "PENDING", "Pending", "Wait. Do not charge twice." },
    { "pending", FALSE, "PENDING", "Pending", "Wait. Do not charge twice." },
    { "closed", TRUE, "CLOSED, NOT CONFIRMED", "Pending", "Wait. Do not charge twice." },
    { "unclear", TRUE, "RESULT UNKNOWN", "Unknown", "No clear answer: wait. Do not charge twice." },
    { "offline", FALSE, "RESULT UNKNOWN", "Unknown", "Network down: wait. Do not charge twice." },
    { "too-little", TRUE, "WRONG AMOUNT", "To review", "Keep the goods. Call the manager." },
    { "too-much", TRUE, "WRONG AMOUNT", "To review", "Keep the goods. Call the manager." },
    { "review", TRUE, "TO REVIEW", "To review", "Keep the goods. Call the manager." },
    { "aborted", TRUE, "CANCELLED", "Cancelled", "No payment was opened. Keep the goods." },
    { "verifying", TRUE, "CHECKING", "Checking", "Checking payment…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = made_up_payment (table[i].name, 1000000000);
      LigdiMessage message;

      g_assert_nonnull (payment);
      message = ligdi_message_for_payment (ligdi_payment_get_record (payment), table[i].online);
      g_assert_cmpstr (message.word, ==, table[i].word);
      g_assert_cmpstr (message.short_word, ==, table[i].short_word);
      g_assert_cmpstr (message.title, ==, table[i].title);
    }
}

static void
test_difference (void)
{
  static const struct
  {
    const char *name;
    const char *words;
  } table[] = {
    { "too-little", "10\xe2\x80\xaf" "000\xc2\xa0" "F\xc2\xa0" "CFA missing." },
    { "too-much", "112\xe2\x80\xaf" "500\xc2\xa0" "F\xc2\xa0" "CFA too much." },
    { "review", NULL },
    { "pending", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = made_up_payment (table[i].name, 1000000000);
      g_autofree char *words
        = ligdi_message_describe_difference (ligdi_payment_get_record (payment));

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static void
test_errors (void)
{
  for (int code = LIGDI_ERROR_OFFLINE; code <= LIGDI_ERROR_OPEN_ATTEMPT + 1; code++)
    {
      LigdiMessage message = ligdi_message_for_error ((LigdiError) code, NULL);

      g_assert_nonnull (message.title);
      g_assert_nonnull (message.sentence);
      for (int other = LIGDI_ERROR_OFFLINE; other < code; other++)
        g_assert_cmpstr (ligdi_message_for_error ((LigdiError) other, NULL).title, !=,
                         message.title);
    }
  for (int code = LIGDI_ERROR_LEDGER; code <= LIGDI_ERROR_LEDGER_FULL; code++)
    g_assert_cmpint (ligdi_message_for_error ((LigdiError) code, NULL).primary, ==,
                     LIGDI_ACTION_NONE);
}

static gboolean
has_one_action (const char *sentence)
{
  const char *end = strchr (sentence, '.');

  return end != NULL && end[1] == '\0';
}

/* One thing to know, one thing to do, and no two the same. */
static void
test_diagnoses (void)
{
  for (int one = 0; one < LIGDI_N_DIAGNOSES; one++)
    {
      LigdiMessage message = ligdi_message_for_diagnosis ((LigdiDiagnosis) one);

      g_assert_nonnull (message.title);
      g_assert_true (has_one_action (message.sentence));
      g_assert_cmpint (message.tone == LIGDI_TONE_PAID, ==, one == LIGDI_DIAGNOSIS_CONNECTED);
      g_assert_false (says (&message, "code"));
      for (int other = 0; other < one; other++)
        {
          LigdiMessage before = ligdi_message_for_diagnosis ((LigdiDiagnosis) other);

          g_assert_cmpstr (before.title, !=, message.title);
          g_assert_cmpstr (before.sentence, !=, message.sentence);
        }
    }
}

static gboolean
has_advice (LigdiDiagnosis diagnosis)
{
  return ligdi_diagnosis_is_on_the_way (diagnosis) || diagnosis == LIGDI_DIAGNOSIS_IP_REFUSED
         || diagnosis == LIGDI_DIAGNOSIS_KEYS_REFUSED
         || diagnosis == LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED;
}

/* Only where the result is unknown, and only what the cashier can do something about. */
static void
test_results (void)
{
  static const char *const names[] = { "paid", "notpaid", "pending", "unclear", "offline" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int why = 0; why < LIGDI_N_DIAGNOSES; why++)
      {
        LigdiDiagnosis diagnosis = (LigdiDiagnosis) why;
        g_autoptr (LigdiPayment) payment = made_up_payment (names[i], 1000000000);
        const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);
        gboolean down = ligdi_diagnosis_is_network_down (diagnosis);
        LigdiMessage plain = ligdi_message_for_payment (record, !down);
        LigdiMessage message = ligdi_message_for_result (record, diagnosis);
        gboolean unknown = plain.tone == LIGDI_TONE_UNKNOWN;

        g_assert_cmpstr (message.word, ==, plain.word);
        g_assert_cmpstr (message.title, ==, plain.title);
        g_assert_cmpint (message.primary, ==, plain.primary);
        g_assert_cmpint (message.network_down, ==, unknown && down);
        /* "Again" would be read as charging again. */
        g_assert_false (contains (message.advice, "again"));
        g_assert_cmpint (g_strcmp0 (message.advice, plain.advice) != 0, ==,
                         unknown && has_advice (diagnosis));
      }
}

/* A refusal has words of its own; what the network did has the diagnosis's. */
static void
test_failed_creates (void)
{
  static const struct
  {
    LigdiError code;
    const char *sub_code;
    LigdiDiagnosis why;
    gboolean diagnosed;
  } table[] = {
    { LIGDI_ERROR_OFFLINE, NULL, LIGDI_DIAGNOSIS_NO_DATA, TRUE },
    { LIGDI_ERROR_OFFLINE, NULL, LIGDI_DIAGNOSIS_UNCLEAR, FALSE },
    { LIGDI_ERROR_PROTOCOL, NULL, LIGDI_DIAGNOSIS_GATEWAY_DOWN, TRUE },
    { LIGDI_ERROR_PROTOCOL, NULL, LIGDI_DIAGNOSIS_UNCLEAR, FALSE },
    { LIGDI_ERROR_REFUSED, "02", LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE, FALSE },
    { LIGDI_ERROR_CREDENTIALS, "00", LIGDI_DIAGNOSIS_KEYS_REFUSED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (LIGDI_ERROR, table[i].code, "");
      LigdiMessage message
          = ligdi_message_for_failed_create (error, table[i].sub_code, table[i].why);

      g_assert_cmpstr (message.title, ==,
                       table[i].diagnosed
                           ? ligdi_message_for_diagnosis (table[i].why).title
                           : ligdi_message_for_error (table[i].code, table[i].sub_code).title);
    }
}

/* Customers have no manager to call and no cable to look at. */
static void
test_customer_failure (void)
{
  LigdiMessage message = ligdi_message_for_customer_failure ();

  g_assert_true (says (&message, "staff"));
  g_assert_false (says (&message, "manager"));
  g_assert_false (says (&message, "data plan"));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *sub_code;
    LigdiAction action;
    const char *says;
  } table[] = {
    { "00", LIGDI_ACTION_NONE, "keys" },
    { "01", LIGDI_ACTION_NONE, "activate" },
    { "02", LIGDI_ACTION_EDIT_SALE, "amount" },
    { "03", LIGDI_ACTION_NONE, "address" },
    { "04", LIGDI_ACTION_RETRY, "wait a moment" },
    { "05", LIGDI_ACTION_RETRY, "wait a moment" },
    { "06", LIGDI_ACTION_RETRY, "wait a moment" },
    { "07", LIGDI_ACTION_NONE, "operator" },
    { "08", LIGDI_ACTION_RETRY, "refused" },
    { "18", LIGDI_ACTION_RETRY, "refused" },
    { "03a", LIGDI_ACTION_NONE, "address" },
    { "", LIGDI_ACTION_RETRY, "refused" },
    { "xy", LIGDI_ACTION_RETRY, "refused" },
    { NULL, LIGDI_ACTION_RETRY, "refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      LigdiMessage message = ligdi_message_for_error (LIGDI_ERROR_REFUSED, table[i].sub_code);

      g_assert_cmpint (message.primary, ==, table[i].action);
      g_assert_true (says (&message, table[i].says));
      g_assert_true (says (&message, "ticket"));
      g_assert_false (says (&message, "code"));
      g_assert_false (says (&message, "echec"));
    }
}

static void
test_actions (void)
{
  g_assert_null (ligdi_message_for_action (LIGDI_ACTION_NONE));
  for (int action = LIGDI_ACTION_NEW_SALE; action <= LIGDI_ACTION_PRINT_STATEMENT; action++)
    g_assert_nonnull (ligdi_message_for_action ((LigdiAction) action));
}

static void
test_journal (void)
{
  static const char *const others[] = {
    "intent", "cash", "new-payment", "late-reply", "contradiction",
  };

  for (int event = 0; event < LIGDI_PAYMENT_N_EVENTS; event++)
    g_assert_cmpstr (ligdi_message_for_journal (
                       ligdi_payment_event_to_nick ((LigdiPaymentEvent) event), NULL, FALSE),
                     !=, "Noted");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpstr (ligdi_message_for_journal (others[i], NULL, FALSE), !=, "Noted");
  g_assert_cmpstr (ligdi_message_for_journal ("attempt", "pending", FALSE), ==,
                   "Pending at operator");
  g_assert_cmpstr (ligdi_message_for_journal ("attempt", "pending", TRUE), ==, "Still pending");
  g_assert_cmpstr (ligdi_message_for_journal ("attempt", "offline", FALSE), ==,
                   "No answer from LigdiCash");
  g_assert_cmpstr (ligdi_message_for_journal ("attempt", "unreadable", FALSE), ==,
                   "No clear answer");
  g_assert_cmpstr (ligdi_message_for_journal ("something-new", NULL, FALSE), ==, "Noted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/truth", test_truth);
  g_test_add_func ("/message/words", test_words);
  g_test_add_func ("/message/difference", test_difference);
  g_test_add_func ("/message/errors", test_errors);
  g_test_add_func ("/message/diagnoses", test_diagnoses);
  g_test_add_func ("/message/results", test_results);
  g_test_add_func ("/message/failed-creates", test_failed_creates);
  g_test_add_func ("/message/customer-failure", test_customer_failure);
  g_test_add_func ("/message/refusals", test_refusals);
  g_test_add_func ("/message/actions", test_actions);
  g_test_add_func ("/message/journal", test_journal);
  return g_test_run ();
}
