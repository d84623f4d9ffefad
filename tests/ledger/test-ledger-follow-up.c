/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-follow-up.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-book.h"

/* What a person must look at, and what becomes of it. */

#define STATE(name) LIGDI_PAYMENT_STATE_##name
#define EVENT(name) LIGDI_PAYMENT_EVENT_##name

static LigdiPaymentRecord *
settle (LigdiTestBook *book, const LigdiPaymentRecord *old, LigdiSettlement settled_by)
{
  LigdiPaymentRecord *record = ligdi_payment_record_copy (old);
  g_autoptr (GError) error = NULL;

  record->settled_by = settled_by;
  if (settled_by == LIGDI_SETTLEMENT_CASH)
    record->released_by = LIGDI_RELEASE_CASH;
  ligdi_ledger_settle (book->ledger, old, record, 1234, &error);
  g_assert_no_error (error);
  return record;
}

static void
assert_follow_up (LigdiTestBook *book, const LigdiPaymentRecord *record, LigdiFollowUp expected)
{
  g_autoptr (LigdiPaymentRecord) loaded = ligdi_test_book_load (book->ledger, record->id);

  g_assert_cmpint (record->follow_up, ==, expected);
  g_assert_cmpint (loaded->follow_up, ==, expected);
}

static void
close_follow_up (LigdiTestBook *book, LigdiPaymentRecord *record, gint64 counted, gint64 at)
{
  g_autoptr (GError) error = NULL;

  ligdi_ledger_close_follow_up (book->ledger, record, "Rendu au client", counted, at, &error);
  g_assert_no_error (error);
}

static void
assert_takings (LigdiTestBook *book, gint64 from, gint64 until, gint64 n_paid, gint64 takings)
{
  gint64 found_n = -1;
  gint64 found = -1;

  g_assert_true (ligdi_ledger_sum_takings (book->ledger, from, until, &found_n, &found, NULL));
  g_assert_cmpint (found_n, ==, n_paid);
  g_assert_cmpint (found, ==, takings);
}

static void
assert_count (LigdiTestBook *book, guint expected)
{
  guint count = 99;

  g_assert_true (ligdi_ledger_count_to_follow (book->ledger, &count, NULL));
  g_assert_cmpuint (count, ==, expected);
}

static void
assert_whole (LigdiTestBook *book)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  ligdi_ledger_verify_file (book->path, &count, &error);
  g_assert_no_error (error);
}

/* Two attempts, both let go, both paid: the second money is too much. */
static void
test_given_up_and_paid_twice (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) released = ligdi_payment_record_copy (first);
  g_autoptr (LigdiPaymentRecord) second = ligdi_test_book_make_intent (500);
  g_autoptr (LigdiPaymentRecord) given_up = NULL;

  released->released_by = LIGDI_RELEASE_NEW_PAYMENT;
  g_assert_true (ligdi_ledger_begin_again (book->ledger, first, released, second, NULL));
  g_assert_true (ligdi_test_book_step (book->ledger, second, EVENT (INVOICE_CREATED), NULL));
  given_up = settle (book, second, LIGDI_SETTLEMENT_GIVEN_UP);
  g_assert_true (ligdi_test_book_step (book->ledger, released, EVENT (CONFIRMED_PAID), NULL));
  assert_follow_up (book, released, LIGDI_FOLLOW_UP_LATE);
  g_assert_true (ligdi_test_book_step (book->ledger, given_up, EVENT (CONFIRMED_PAID), NULL));
  assert_follow_up (book, given_up, LIGDI_FOLLOW_UP_PAID_TWICE);
  assert_whole (book);
}

/* Nobody counts on it any more, and then it is paid. */
static void
test_given_up (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) given_up = NULL;
  g_autoptr (LigdiPaymentRecord) loaded = NULL;
  g_autoptr (LigdiPaymentRecord) again = ligdi_test_book_make_intent (500);
  g_autoptr (GPtrArray) repeats = NULL;
  g_autoptr (GError) error = NULL;

  assert_count (book, 1);
  given_up = settle (book, record, LIGDI_SETTLEMENT_GIVEN_UP);
  g_assert_true (ligdi_payment_record_is_let_go (given_up));
  loaded = ligdi_test_book_load (book->ledger, record->id);
  g_assert_cmpint (loaded->settled_by, ==, LIGDI_SETTLEMENT_GIVEN_UP);
  g_assert_cmpint (loaded->state, ==, STATE (UNRESOLVED));
  assert_count (book, 0);
  /* It is nothing to ask about when the same amount is rung up. */
  repeats = ligdi_ledger_list_repeats (book->ledger, 500, G_MAXINT64, NULL);
  g_assert_cmpuint (repeats->len, ==, 0);
  /* And the sale is over: it is rung up anew, not charged again. */
  g_assert_false (ligdi_ledger_begin_again (book->ledger, given_up, NULL, again, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);

  g_assert_true (ligdi_test_book_step (book->ledger, given_up, EVENT (CONFIRMED_PAID), NULL));
  /* What the cashier did stays what it was. */
  g_assert_cmpint (given_up->settled_by, ==, LIGDI_SETTLEMENT_GIVEN_UP);
  assert_follow_up (book, given_up, LIGDI_FOLLOW_UP_LATE);
  assert_count (book, 1);
  assert_whole (book);
}

static void
test_close (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) cash = settle (book, record, LIGDI_SETTLEMENT_CASH);
  g_autoptr (LigdiPaymentRecord) stale = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const LigdiJournalEntry *last;
  g_autoptr (GError) error = NULL;

  assert_follow_up (book, cash, LIGDI_FOLLOW_UP_NONE);
  g_assert_true (ligdi_test_book_step (book->ledger, cash, EVENT (CONFIRMED_PAID), NULL));
  assert_follow_up (book, cash, LIGDI_FOLLOW_UP_PAID_TWICE);
  /* The gateway contradicts itself on top of it: one matter at a time. */
  g_assert_true (ligdi_ledger_open_contradiction (book->ledger, cash, 4, "x", NULL));
  assert_follow_up (book, cash, LIGDI_FOLLOW_UP_PAID_TWICE);
  stale = ligdi_payment_record_copy (cash);

  close_follow_up (book, cash, 0, 5);
  assert_follow_up (book, cash, LIGDI_FOLLOW_UP_NONE);
  assert_count (book, 0);
  events = ligdi_ledger_list_events (book->ledger, cash->id, NULL);
  last = g_ptr_array_index (events, events->len - 1);
  g_assert_cmpstr (last->what, ==, "follow-up-closed");
  g_assert_cmpstr (last->note, ==, "Rendu au client");

  /* What a person has said stands. */
  g_assert_false (
      ligdi_ledger_close_follow_up (book->ledger, stale, "Gardé", 0, 6, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (ligdi_test_book_execute (book->path, "UPDATE follow_up SET reason = 'x'"));
  /* Something else opened meanwhile is not closed by whoever has not seen it. */
  g_assert_true (ligdi_ledger_open_contradiction (book->ledger, cash, 7, "x", NULL));
  assert_follow_up (book, cash, LIGDI_FOLLOW_UP_CONTRADICTION);
  g_assert_false (
      ligdi_ledger_close_follow_up (book->ledger, stale, "Gardé", 0, 8, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  assert_whole (book);
}

/* A wrong amount is no takings until a person has closed it. */
static void
test_wrong_amount (LigdiTestBook *book, gconstpointer data)
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (LigdiPaymentRecord) paid = ligdi_test_book_begin_at (book->ledger, 700, STATE (PAID));
  g_autoptr (LigdiPaymentRecord) kept
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DISPUTED));
  g_autoptr (LigdiPaymentRecord) returned
      = ligdi_test_book_begin_at (book->ledger, 600, STATE (DISPUTED));

  assert_takings (book, 0, now + 60000, 1, 700);
  assert_takings (book, now + 60000, G_MAXINT64, 0, 0);
  /* On the day it is closed, not on the day it came. */
  close_follow_up (book, kept, 300, now + 100000);
  close_follow_up (book, returned, 0, now + 100000);
  assert_takings (book, 0, now + 60000, 1, 700);
  assert_takings (book, now + 60000, G_MAXINT64, 0, 300);
  assert_takings (book, now + 100000, now + 100001, 0, 300);
  assert_takings (book, now + 100001, G_MAXINT64, 0, 0);
  assert_whole (book);
  /* Nobody can say later that it was more. */
  g_assert_true (ligdi_test_book_execute (book->path,
                                          "DROP TRIGGER follow_up_stays;"
                                          "UPDATE follow_up SET counted = 301 WHERE counted > 0"));
  g_assert_false (ligdi_ledger_verify_file (book->path, &(LigdiLedgerCount){ 0 }, NULL));
}

/* What must be decided, then what must be waited for, then what is only watched. */
static void
test_list (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) waiting
      = ligdi_test_book_begin_at (book->ledger, 100, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) disputed
      = ligdi_test_book_begin_at (book->ledger, 200, STATE (DISPUTED));
  g_autoptr (LigdiPaymentRecord) let_go
      = ligdi_test_book_begin_at (book->ledger, 300, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) asked
      = ligdi_test_book_begin_at (book->ledger, 400, STATE (VERIFYING));
  g_autoptr (LigdiPaymentRecord) aside
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (AWAITING));
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (aside);
  g_autoptr (LigdiPaymentRecord) cash = settle (book, let_go, LIGDI_SETTLEMENT_CASH);
  const gint64 expected[] = { disputed->id, aside->id, asked->id, waiting->id, let_go->id };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) two = NULL;

  /* These are for nobody: at the counter, being made, over. */
  for (guint i = 0; i < LIGDI_PAYMENT_N_STATES; i++)
    if (i != STATE (VERIFYING) && i != STATE (UNRESOLVED) && i != STATE (DISPUTED))
      ligdi_payment_record_free (
          ligdi_test_book_begin_at (book->ledger, 900, (LigdiPaymentState) i));
  aside->left_at = 5;
  g_assert_true (ligdi_ledger_record (book->ledger, old, aside, 5, "set-aside", NULL, NULL));

  list = ligdi_ledger_list_to_follow (book->ledger, 100, NULL);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (((LigdiPaymentRecord *) g_ptr_array_index (list, i))->id, ==, expected[i]);
  two = ligdi_ledger_list_to_follow (book->ledger, 2, NULL);
  g_assert_cmpuint (two->len, ==, 2);
  /* Not the one that is asked about just now, nor the one that was let go. */
  assert_count (book, 3);
}

static void
assert_counterpart (LigdiTestBook *book, const LigdiPaymentRecord *record, gint64 expected)
{
  g_autoptr (LigdiPaymentRecord) counterpart = NULL;

  g_assert_true (ligdi_ledger_load_counterpart (book->ledger, record, &counterpart, NULL));
  g_assert_cmpint (counterpart != NULL ? counterpart->id : 0, ==, expected);
}

/* The money came late: what was rung up in its stead? */
static void
test_counterpart (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) given_up = settle (book, first, LIGDI_SETTLEMENT_GIVEN_UP);
  g_autoptr (LigdiPaymentRecord) other = ligdi_test_book_begin_at (book->ledger, 600, STATE (PAID));
  g_autoptr (LigdiPaymentRecord) refused
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DECLINED));
  g_autoptr (LigdiPaymentRecord) rung_again = NULL;
  g_autoptr (LigdiPaymentRecord) in_cash = NULL;
  g_autoptr (LigdiPaymentRecord) next = ligdi_test_book_make_intent (500);

  assert_counterpart (book, given_up, 0);
  rung_again = ligdi_test_book_begin_at (book->ledger, 500, STATE (PAID));
  assert_counterpart (book, given_up, rung_again->id);
  /* Never an earlier one, nor one of another day. */
  assert_counterpart (book, rung_again, 0);
  given_up->created_at -= 13 * 3600 * G_GINT64_CONSTANT (1000);
  assert_counterpart (book, given_up, 0);

  /* Of its own sale before all others. */
  g_assert_true (ligdi_ledger_begin_again (book->ledger, refused, NULL, next, NULL));
  in_cash = settle (book, next, LIGDI_SETTLEMENT_CASH);
  assert_counterpart (book, refused, in_cash->id);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (LigdiTestBook *, gconstpointer);
  } tests[] = {
    { "given-up", test_given_up },
    { "given-up-and-paid-twice", test_given_up_and_paid_twice },
    { "close", test_close },
    { "wrong-amount", test_wrong_amount }, { "list", test_list },
    { "counterpart", test_counterpart },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/ledger/follow-up/", tests[i].name, NULL);

      g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, tests[i].test,
                  ligdi_test_book_tear_down);
    }
  return g_test_run ();
}
