/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-verdict.h"

#define OUR_ID "LGD-2222-3333-0123456789abcdef"
#define OUR_AMOUNT 12500

#define ABSENT LIGDI_READING_ABSENT
#define READ LIGDI_READING_READ
#define UNREADABLE LIGDI_READING_UNREADABLE

#define UNKNOWN LIGDI_CONFIRM_UNKNOWN
#define PENDING LIGDI_CONFIRM_PENDING
#define COMPLETED LIGDI_CONFIRM_COMPLETED
#define NOTCOMPLETED LIGDI_CONFIRM_NOTCOMPLETED

typedef struct
{
  gboolean accepted;
  LigdiConfirmStatus status;
  const char *id;
  const char *currency;
  LigdiReading amount_reading;
  gint64 amount;
  LigdiReading montant_reading;
  gint64 montant;
} Answer;

static LigdiVerdict
judge (const Answer *answer)
{
  LigdiConfirmation confirmation = {
    .accepted = answer->accepted,
    .status = answer->status,
    .transaction_id = (char *) answer->id,
    .currency = (char *) answer->currency,
    .amount_reading = answer->amount_reading,
    .amount = answer->amount,
    .montant_reading = answer->montant_reading,
    .montant = answer->montant,
  };

  return ligdi_verdict_judge (&confirmation, OUR_ID, OUR_AMOUNT);
}

static void
test_table (void)
{
  static const struct
  {
    Answer answer;
    LigdiVerdict verdict;
  } table[] = {
    /* All of it ours. */
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_PAID },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12500, ABSENT, 0 }, LIGDI_VERDICT_PAID },
    { { TRUE, COMPLETED, OUR_ID, NULL, ABSENT, 0, READ, 12500 }, LIGDI_VERDICT_PAID },
    { { TRUE, COMPLETED, OUR_ID, "XOF", READ, 12500, READ, 12500 }, LIGDI_VERDICT_PAID },
    { { TRUE, COMPLETED, OUR_ID, "xof", READ, 12500, READ, 12500 }, LIGDI_VERDICT_PAID },

    /* Something else. */
    { { TRUE, COMPLETED, "other", NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, "", NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12499, READ, 12499 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12501, READ, 12501 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12500, READ, 100 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 100, READ, 12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 100, ABSENT, 0 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, UNREADABLE, 0, READ, 100 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, -12500, READ, -12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 0, READ, 0 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, "EUR", READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, "XAF", READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },
    { { TRUE, COMPLETED, OUR_ID, "", READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },

    /* Something missing or not to be read: nothing is decided. */
    { { TRUE, COMPLETED, NULL, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, ABSENT, 0, ABSENT, 0 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, UNREADABLE, 0, READ, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, READ, 12500, UNREADABLE, 0 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, UNREADABLE, 0, ABSENT, 0 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, UNREADABLE, 12500, UNREADABLE, 12500 },
      LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, COMPLETED, OUR_ID, NULL, ABSENT, 12500, ABSENT, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { FALSE, COMPLETED, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { FALSE, COMPLETED, "other", NULL, READ, 1, READ, 1 }, LIGDI_VERDICT_INCONCLUSIVE },

    /* The gateway does not know yet. */
    { { TRUE, PENDING, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_PENDING },
    { { TRUE, PENDING, NULL, NULL, ABSENT, 0, ABSENT, 0 }, LIGDI_VERDICT_PENDING },
    { { TRUE, PENDING, OUR_ID, NULL, READ, 1, READ, 2 }, LIGDI_VERDICT_PENDING },
    { { FALSE, PENDING, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },

    /* It does. */
    { { TRUE, NOTCOMPLETED, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_DECLINED },
    { { TRUE, NOTCOMPLETED, OUR_ID, NULL, ABSENT, 0, ABSENT, 0 }, LIGDI_VERDICT_DECLINED },
    { { FALSE, NOTCOMPLETED, OUR_ID, NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_DECLINED },
    { { TRUE, NOTCOMPLETED, "other", NULL, READ, 12500, READ, 12500 }, LIGDI_VERDICT_MISMATCH },

    /* It says something nobody documented, or nothing. */
    { { TRUE, UNKNOWN, OUR_ID, "XOF", READ, 12500, READ, 12500 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { TRUE, UNKNOWN, "other", "EUR", READ, 1, READ, 2 }, LIGDI_VERDICT_INCONCLUSIVE },
    { { FALSE, UNKNOWN, NULL, NULL, ABSENT, 0, ABSENT, 0 }, LIGDI_VERDICT_INCONCLUSIVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (judge (&table[i].answer) != table[i].verdict)
        g_test_message ("row %u", i);
      g_assert_cmpint (judge (&table[i].answer), ==, table[i].verdict);
    }
}

/* The rule of the house, said once more and differently: paid needs every single one. */
static gboolean
is_all_ours (const Answer *answer)
{
  gboolean amount_ours = answer->amount_reading == READ && answer->amount == OUR_AMOUNT;
  gboolean montant_ours = answer->montant_reading == READ && answer->montant == OUR_AMOUNT;

  return answer->accepted && answer->status == COMPLETED
         && g_strcmp0 (answer->id, OUR_ID) == 0
         && (answer->currency == NULL || g_ascii_strcasecmp (answer->currency, "XOF") == 0)
         && (amount_ours || montant_ours)
         && (amount_ours || answer->amount_reading == ABSENT)
         && (montant_ours || answer->montant_reading == ABSENT);
}

static void
test_every_combination (void)
{
  static const LigdiConfirmStatus statuses[] = { UNKNOWN, PENDING, COMPLETED, NOTCOMPLETED };
  static const char *const ids[] = { NULL, OUR_ID, "other", "", OUR_ID "x", "LGD" };
  static const char *const currencies[] = { NULL, "XOF", "xof", "EUR", "", "XOFX" };
  static const LigdiReading readings[] = { ABSENT, READ, UNREADABLE };
  static const gint64 amounts[]
      = { OUR_AMOUNT, OUR_AMOUNT - 1, 0, -1, -OUR_AMOUNT, G_MAXINT64, G_MININT64 };
  guint n_paid = 0;
  guint n_all = 0;

  for (guint accepted = 0; accepted < 2; accepted++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses); s++)
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        for (guint c = 0; c < G_N_ELEMENTS (currencies); c++)
          for (guint r = 0; r < G_N_ELEMENTS (readings); r++)
            for (guint a = 0; a < G_N_ELEMENTS (amounts); a++)
              for (guint q = 0; q < G_N_ELEMENTS (readings); q++)
                for (guint m = 0; m < G_N_ELEMENTS (amounts); m++)
                  {
                    Answer answer
                        = { accepted == 1, statuses[s], ids[i],      currencies[c],
                            readings[r],   amounts[a],  readings[q], amounts[m] };
                    LigdiVerdict verdict = judge (&answer);

                    g_assert_cmpint (verdict == LIGDI_VERDICT_PAID, ==, is_all_ours (&answer));
                    /* Not paid is the gateway's own word, and about our payment. */
                    if (verdict == LIGDI_VERDICT_DECLINED)
                      {
                        g_assert_cmpint (answer.status, ==, NOTCOMPLETED);
                        g_assert_true (answer.id == NULL || g_str_equal (answer.id, OUR_ID));
                      }
                    n_paid += verdict == LIGDI_VERDICT_PAID;
                    n_all++;
                  }
  g_assert_cmpuint (n_all, ==, 2 * 4 * 6 * 6 * 3 * 7 * 3 * 7);
  /* amount and montant both ours, or one of them with the other absent (7 stale values each),
   * times no currency, XOF and xof. */
  g_assert_cmpuint (n_paid, ==, 3 * (1 + 7 + 7));
}

static void
test_received (void)
{
  static const struct
  {
    LigdiReading amount_reading;
    gint64 amount;
    LigdiReading montant_reading;
    gint64 montant;
    gint64 received;
  } table[] = {
    { READ, 12500, READ, 12500, 12500 },
    { READ, 12500, ABSENT, 0, 12500 },
    { ABSENT, 0, READ, 12500, 12500 },
    { READ, 100, READ, 12500, 100 },
    { READ, 12500, READ, 100, 100 },
    { READ, 100, READ, 200, 100 },
    { READ, 100, UNREADABLE, 0, 100 },
    { UNREADABLE, 0, READ, 100, 100 },
    { READ, 0, READ, 12500, 0 },
    { ABSENT, 12500, ABSENT, 12500, -1 },
    { UNREADABLE, 12500, ABSENT, 0, -1 },
    { UNREADABLE, 0, UNREADABLE, 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      LigdiConfirmation confirmation = {
        .amount_reading = table[i].amount_reading,
        .amount = table[i].amount,
        .montant_reading = table[i].montant_reading,
        .montant = table[i].montant,
      };

      g_assert_cmpint (ligdi_confirmation_get_received (&confirmation, OUR_AMOUNT), ==,
                       table[i].received);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/table", test_table);
  g_test_add_func ("/verdict/every-combination", test_every_combination);
  g_test_add_func ("/verdict/received", test_received);
  return g_test_run ();
}
