/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-test-book.h"

#include <string.h>

#define STATE(name) LIGDI_PAYMENT_STATE_##name
#define EVENT(name) LIGDI_PAYMENT_EVENT_##name

static gint64
count (LigdiTestBook *book, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);

  return ligdi_test_book_query (book->path, sql);
}

static char *
list_follow_ups (LigdiTestBook *book, gint64 payment)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT kind FROM follow_up WHERE payment = %" G_GINT64_FORMAT, payment);

  return ligdi_test_book_query_text (book->path, sql);
}

static void
assert_follow_ups (LigdiTestBook *book, gint64 payment, const char *expected)
{
  g_autofree char *kinds = list_follow_ups (book, payment);

  g_assert_cmpstr (kinds, ==, expected);
}

static void
assert_settled (LigdiTestBook *book, gint64 ticket, const char *expected)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT settled_by FROM sale WHERE id = %" G_GINT64_FORMAT, ticket);
  g_autofree char *settled_by = ligdi_test_book_query_text (book->path, sql);

  g_assert_cmpstr (settled_by, ==, expected);
}

static void
assert_same_text (const char *a, const char *b)
{
  g_assert_cmpstr (a, ==, b);
}

static void
assert_same_record (const LigdiPaymentRecord *a, const LigdiPaymentRecord *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->ticket, ==, b->ticket);
  g_assert_cmpint (a->n_items, ==, b->n_items);
  assert_same_text (a->reference, b->reference);
  assert_same_text (a->transaction_id, b->transaction_id);
  g_assert_cmpint (a->amount, ==, b->amount);
  g_assert_cmpint (a->state, ==, b->state);
  assert_same_text (a->token, b->token);
  assert_same_text (a->page_url, b->page_url);
  assert_same_text (a->return_url, b->return_url);
  assert_same_text (a->cancel_url, b->cancel_url);
  assert_same_text (a->base_url, b->base_url);
  g_assert_cmpint (a->exit, ==, b->exit);
  g_assert_cmpint (a->released_by, ==, b->released_by);
  g_assert_cmpint (a->last_answer, ==, b->last_answer);
  g_assert_cmpint (a->n_checks, ==, b->n_checks);
  g_assert_cmpint (a->n_pending, ==, b->n_pending);
  g_assert_cmpint (a->created_at, ==, b->created_at);
  g_assert_cmpint (a->left_at, ==, b->left_at);
  g_assert_cmpint (a->checked_at, ==, b->checked_at);
  g_assert_cmpint (a->next_check_at, ==, b->next_check_at);
  g_assert_cmpint (a->verdict_at, ==, b->verdict_at);
  g_assert_cmpint (a->amount_received, ==, b->amount_received);
  assert_same_text (a->operator_name, b->operator_name);
  assert_same_text (a->payer, b->payer);
  assert_same_text (a->request_id, b->request_id);
  assert_same_text (a->refusal, b->refusal);
}

static void
test_begin_sale (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (1250);
  g_autoptr (LigdiPaymentRecord) loaded = NULL;
  g_autoptr (LigdiSale) loaded_sale = NULL;
  g_autoptr (GPtrArray) events = NULL;

  ligdi_sale_add (sale, "Riz « 5 kg » l'autre; DROP TABLE sale;--", 2, 500);
  ligdi_sale_add (sale, "Thé \xf0\x9f\x8d\xb5", 1, 250);
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, NULL));
  g_assert_cmpint (record->id, >, 0);
  g_assert_cmpint (record->ticket, ==, 1);
  g_assert_cmpint (record->n_items, ==, 3);

  loaded = ligdi_test_book_load (book->ledger, record->id);
  assert_same_record (loaded, record);
  loaded_sale = ligdi_ledger_load_sale (book->ledger, record->ticket, NULL);
  g_assert_cmpuint (ligdi_sale_get_n_lines (loaded_sale), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (loaded_sale, i);

      g_assert_cmpstr (line->label, ==, ligdi_sale_get_line (sale, i)->label);
      g_assert_cmpint (line->quantity, ==, ligdi_sale_get_line (sale, i)->quantity);
      g_assert_cmpint (line->unit_price, ==, ligdi_sale_get_line (sale, i)->unit_price);
    }
  events = ligdi_ledger_list_events (book->ledger, record->id, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpstr (((LigdiJournalEntry *) g_ptr_array_index (events, 0))->what, ==, "intent");
  assert_settled (book, record->ticket, "open");
}

/* What another program asks for makes one sale, whoever asks how often. */
static void
test_charge (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPaymentRecord) first = ligdi_test_book_make_intent (500);
  g_autoptr (LigdiPaymentRecord) second = ligdi_test_book_make_intent (500);
  g_autoptr (LigdiPaymentRecord) again = ligdi_test_book_make_intent (500);
  g_autoptr (LigdiPaymentRecord) found = NULL;
  g_autoptr (LigdiPaymentRecord) newest = NULL;
  g_autoptr (LigdiPaymentRecord) none = NULL;
  g_autoptr (GError) error = NULL;

  ligdi_sale_add (sale, "Riz", 1, 500);
  first->charge = g_strdup ("A-17");
  first->charge_sender = g_strdup ("Atelier");
  second->charge = g_strdup ("A-17");
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, first, NULL, NULL));
  g_assert_false (ligdi_ledger_begin_sale (book->ledger, sale, second, NULL, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);

  found = ligdi_ledger_find_charge (book->ledger, "A-17", &error);
  g_assert_no_error (error);
  assert_same_record (found, first);
  g_assert_cmpstr (found->charge, ==, "A-17");
  g_assert_cmpstr (found->charge_sender, ==, "Atelier");
  none = ligdi_ledger_find_charge (book->ledger, "A-18", &error);
  g_assert_no_error (error);
  g_assert_null (none);

  /* Another try is of the same sale. */
  g_assert_true (ligdi_test_book_step (book->ledger, first, EVENT (CREATE_FAILED), NULL));
  g_assert_true (ligdi_ledger_begin_again (book->ledger, first, NULL, again, NULL));
  g_assert_cmpstr (again->charge, ==, "A-17");
  newest = ligdi_ledger_find_charge (book->ledger, "A-17", NULL);
  g_assert_cmpint (newest->id, ==, again->id);
}

static void
test_refused_charge (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiCharge) charge = NULL;
  g_autoptr (LigdiCharge) taken = NULL;
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (500);
  g_autoptr (LigdiPaymentRecord) again = ligdi_test_book_make_intent (500);
  g_autofree char *cashier = NULL;
  g_autoptr (GError) error = NULL;
  gboolean refused;

  ligdi_sale_add (sale, "Riz", 1, 500);
  charge = ligdi_charge_new ("A-17", "Atelier", sale);
  taken = ligdi_charge_new ("A-18", "Atelier", sale);
  record->charge = g_strdup ("A-18");
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, NULL));

  g_assert_true (ligdi_ledger_is_charge_refused (book->ledger, "A-17", &refused, NULL));
  g_assert_false (refused);
  ligdi_ledger_set_cashier (book->ledger, "Awa", FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (ligdi_ledger_refuse_charge (book->ledger, charge, 5 + i, &error));
      g_assert_no_error (error);
    }
  g_assert_true (ligdi_ledger_is_charge_refused (book->ledger, "A-17", &refused, NULL));
  g_assert_true (refused);
  cashier = ligdi_test_book_query_text (
      book->path, "SELECT cashier || refused_at || amount FROM refused_charge");
  g_assert_cmpstr (cashier, ==, "Awa5500");
  g_assert_false (ligdi_ledger_refuse_charge (book->ledger, taken, 5, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);

  /* A try that came to nothing before anybody saw a page is no payment. */
  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (CREATE_FAILED), NULL));
  g_assert_true (ligdi_ledger_begin_again (book->ledger, record, NULL, again, NULL));
  g_assert_false (ligdi_ledger_refuse_charge (book->ledger, taken, 5, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (ligdi_test_book_step (book->ledger, again, EVENT (CREATE_FAILED), NULL));
  g_assert_true (ligdi_ledger_refuse_charge (book->ledger, taken, 5, &error));
  g_assert_no_error (error);
}

/* What somebody did has a name; what the gateway said has none. */
static void
test_cashier (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record = NULL;
  g_autoptr (LigdiPaymentRecord) cash = NULL;
  g_autoptr (LigdiPaymentRecord) loaded = NULL;
  g_autoptr (GPtrArray) events = NULL;
  static const struct
  {
    const char *what;
    const char *cashier;
    gboolean approved;
  } expected[] = {
    { "intent", "Awa", FALSE },
    { "invoice-created", NULL, FALSE },
    { "customer-cancelled", NULL, FALSE },
    { "patience-exhausted", NULL, FALSE },
    { "given-up", "Moussa", TRUE },
    { "confirmed-paid", NULL, FALSE },
    { "follow-up-closed", NULL, TRUE },
  };

  ligdi_ledger_set_cashier (book->ledger, "Awa", FALSE);
  record = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  cash = ligdi_payment_record_copy (record);
  cash->settled_by = LIGDI_SETTLEMENT_GIVEN_UP;
  ligdi_ledger_set_cashier (book->ledger, "Moussa", TRUE);
  g_assert_true (ligdi_ledger_settle (book->ledger, record, cash, 5, NULL));
  g_assert_true (
      ligdi_test_book_step (book->ledger, cash, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID, NULL));
  ligdi_ledger_set_cashier (book->ledger, NULL, TRUE);
  g_assert_true (ligdi_ledger_close_follow_up (book->ledger, cash, "Vu", 0, 6, NULL));

  /* Who rang it up, whoever came after. */
  g_assert_cmpstr (record->cashier, ==, "Awa");
  loaded = ligdi_test_book_load (book->ledger, record->id);
  g_assert_cmpstr (loaded->cashier, ==, "Awa");

  events = ligdi_ledger_list_events (book->ledger, record->id, NULL);
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < events->len; i++)
    {
      const LigdiJournalEntry *entry = g_ptr_array_index (events, i);

      g_assert_cmpstr (entry->what, ==, expected[i].what);
      g_assert_cmpstr (entry->cashier, ==, expected[i].cashier);
      g_assert_cmpint (entry->approved, ==, expected[i].approved);
    }
}

/* Every field survives the way to disk and back. */
static void
test_every_field (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
  g_autoptr (LigdiPaymentRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;

  record->state = STATE (DISPUTED);
  record->token = g_strdup ("token");
  record->page_url = g_strdup ("https://client.ligdicash.com/é?a='b'");
  record->exit = LIGDI_EXIT_LOST;
  record->released_by = LIGDI_RELEASE_CASH;
  record->last_answer = LIGDI_ANSWER_VERDICT;
  record->n_checks = 7;
  record->n_pending = 3;
  record->left_at = 11;
  record->checked_at = 12;
  record->next_check_at = 13;
  record->verdict_at = 14;
  record->amount_received = 0;
  record->operator_name = g_strdup ("ORANGE BURKINA");
  record->payer = g_strdup ("22670000000");
  record->request_id = g_strdup ("P2782222872026");
  record->refusal = g_strdup ("02");
  ligdi_ledger_record (book->ledger, old, record, 15, "confirmed-mismatch", "note", &error);
  g_assert_no_error (error);
  ligdi_test_book_reopen (book);
  loaded = ligdi_test_book_load (book->ledger, record->id);
  assert_same_record (loaded, record);
}

static void
test_every_word (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));

  for (int exit = LIGDI_EXIT_NONE; exit <= LIGDI_EXIT_LOST; exit++)
    for (int answer = LIGDI_ANSWER_NONE; answer <= LIGDI_ANSWER_VERDICT; answer++)
      {
        g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
        g_autoptr (LigdiPaymentRecord) loaded = NULL;

        record->exit = (LigdiExit) exit;
        record->last_answer = (LigdiAnswer) answer;
        g_assert_true (ligdi_ledger_record (book->ledger, old, record, 1, "attempt", NULL, NULL));
        loaded = ligdi_test_book_load (book->ledger, record->id);
        assert_same_record (loaded, record);
      }
}

static void
test_compare_and_set (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (AWAITING));
  g_autoptr (LigdiPaymentRecord) stale = ligdi_payment_record_copy (record);
  g_autoptr (LigdiPaymentRecord) missing = ligdi_payment_record_copy (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  gint64 n_events;

  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (CONFIRMED_PAID), NULL));
  n_events = count (book, "payment_event");
  g_assert_false (ligdi_test_book_step (book->ledger, stale, EVENT (CONFIRMED_DECLINED), &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, record->reference));
  missing->id = 999;
  g_assert_false (
      ligdi_test_book_step (book->ledger, missing, EVENT (CUSTOMER_RETURNED), &other_error));
  g_assert_error (other_error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpint (count (book, "payment_event"), ==, n_events);
}

/* Whether the cashier went on is a thing to compare, too. */
static void
test_compare_release (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) old
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) cash = ligdi_payment_record_copy (old);
  g_autoptr (GError) error = NULL;

  cash->released_by = LIGDI_RELEASE_CASH;
  cash->settled_by = LIGDI_SETTLEMENT_CASH;
  g_assert_true (ligdi_ledger_settle (book->ledger, old, cash, 1, NULL));
  /* Somebody who does not know that yet must not undo it. */
  g_assert_false (ligdi_ledger_record (book->ledger, old, old, 2, "attempt", NULL, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_true (ligdi_ledger_record (book->ledger, cash, cash, 2, "attempt", NULL, NULL));
}

static void
assert_begin_again (LigdiTestBook *book, const LigdiPaymentRecord *old, gboolean release,
                    LigdiPaymentRecord **again, int code)
{
  g_autoptr (LigdiPaymentRecord) released = NULL;
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (old->amount);
  g_autoptr (GError) error = NULL;
  gint64 n_payments = count (book, "payment");
  gint64 n_events = count (book, "payment_event");

  if (release)
    {
      released = ligdi_payment_record_copy (old);
      released->released_by = LIGDI_RELEASE_NEW_PAYMENT;
    }
  if (ligdi_ledger_begin_again (book->ledger, old, released, record, &error))
    {
      g_assert_cmpint (code, ==, -1);
      g_assert_cmpint (record->ticket, ==, old->ticket);
      g_assert_cmpint (count (book, "payment"), ==, n_payments + 1);
      if (again != NULL)
        *again = g_steal_pointer (&record);
      return;
    }
  g_assert_error (error, LIGDI_ERROR, code);
  g_assert_cmpint (count (book, "payment"), ==, n_payments);
  g_assert_cmpint (count (book, "payment_event"), ==, n_events);
}

/* One open attempt a sale: the index knows which states are open. */
static void
test_one_open_attempt (LigdiTestBook *book, gconstpointer data)
{
  static const struct
  {
    LigdiPaymentState state;
    int code;
  } table[] = {
    { STATE (CREATING), LIGDI_ERROR_OPEN_ATTEMPT },
    { STATE (AWAITING), LIGDI_ERROR_OPEN_ATTEMPT },
    { STATE (VERIFYING), LIGDI_ERROR_OPEN_ATTEMPT },
    { STATE (UNRESOLVED), LIGDI_ERROR_OPEN_ATTEMPT },
    { STATE (DISPUTED), LIGDI_ERROR_OPEN_ATTEMPT },
    { STATE (PAID), LIGDI_ERROR_STATE },
    { STATE (DECLINED), -1 },
    { STATE (ABORTED), -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPaymentRecord) record
          = ligdi_test_book_begin_at (book->ledger, 500, table[i].state);

      g_test_message ("%s", ligdi_payment_state_to_nick (table[i].state));
      assert_begin_again (book, record, FALSE, NULL, table[i].code);
    }
}

static void
test_begin_again_releases (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) second = NULL;
  g_autoptr (LigdiPaymentRecord) third = NULL;
  g_autoptr (LigdiPaymentRecord) loaded = NULL;

  assert_begin_again (book, first, TRUE, &second, -1);
  loaded = ligdi_test_book_load (book->ledger, first->id);
  g_assert_cmpint (loaded->released_by, ==, LIGDI_RELEASE_NEW_PAYMENT);
  g_assert_cmpint (loaded->state, ==, STATE (UNRESOLVED));
  /* Again for the first one, whose sale now has the second open. */
  assert_begin_again (book, loaded, TRUE, NULL, LIGDI_ERROR_OPEN_ATTEMPT);
  /* With a stale view of the first one. */
  assert_begin_again (book, first, TRUE, NULL, LIGDI_ERROR_STATE);
  assert_begin_again (book, second, TRUE, &third, -1);
  g_assert_cmpint (ligdi_test_book_query (book->path,
                                          "SELECT count (*) FROM payment WHERE sale = 1"
                                          " AND released_by IS NULL"),
                   ==, 1);
}

/* Ticket numbers are printed on receipts: none is given twice, whatever failed between. */
static void
test_tickets (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 last = 0;

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (LigdiPaymentRecord) good = ligdi_test_book_begin (book->ledger, 500);
      g_autoptr (LigdiPaymentRecord) bad = ligdi_test_book_make_intent (500);
      g_autoptr (LigdiSale) sale = ligdi_sale_new ();
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (good->ticket, >, last);
      last = good->ticket;
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&good->ticket, sizeof good->ticket)));

      /* Fails in the middle: the sale is inserted already when the payment is refused. */
      ligdi_sale_add (sale, "Riz", 1, 500);
      g_free (bad->reference);
      bad->reference = g_strdup (good->reference);
      g_assert_false (ligdi_ledger_begin_sale (book->ledger, sale, bad, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (error->code, !=, LIGDI_ERROR_OPEN_ATTEMPT);
      if (i % 10 == 9)
        ligdi_test_book_reopen (book);
    }
  g_assert_cmpint (count (book, "sale"), ==, 30);
  g_assert_cmpint (count (book, "payment"), ==, 30);
  g_assert_cmpint (count (book, "sale_line"), ==, 30);
}

static void
test_append_only (LigdiTestBook *book, gconstpointer data)
{
  static const char *const forbidden[] = {
    "UPDATE payment_event SET note = 'x'",
    "UPDATE payment_event SET at = 0",
    "DELETE FROM payment_event",
    "DELETE FROM payment",
    "DELETE FROM sale",
    "UPDATE payment SET state = 'awaiting' WHERE state = 'paid'",
    "UPDATE payment SET state = 'declined' WHERE state = 'paid'",
    "UPDATE payment SET state = 'disputed' WHERE state = 'paid'",
    "UPDATE payment SET state = 'unresolved' WHERE state = 'disputed'",
    "UPDATE payment SET state = 'creating' WHERE state = 'aborted'",
    "UPDATE payment SET state = 'settled'",
    "UPDATE payment SET amount = 0",
    "UPDATE payment SET amount = 'much'",
    "UPDATE payment SET token = NULL WHERE state = 'paid'",
    "UPDATE payment SET verdict_at = 0 WHERE state = 'paid'",
    "UPDATE payment SET state = 'paid' WHERE state = 'awaiting'",
    "UPDATE payment SET reference = 'x'",
    "UPDATE payment SET exit = 'x'",
    "UPDATE payment SET released_by = 'x'",
    "UPDATE payment SET last_answer = 'x'",
    "UPDATE payment SET sale = 999",
    "UPDATE sale SET settled_by = 'x'",
    "UPDATE sale SET total = 0",
    "INSERT INTO gate VALUES (2, 0)",
    "INSERT INTO house_keeping VALUES (2, 0, 0)",
    "INSERT INTO payment_event (payment, at, what, to_state) VALUES (999, 1, 'x', 'paid')",
    "INSERT INTO follow_up (payment, kind, opened_at) VALUES (1, 'x', 1)",
    "UPDATE follow_up SET closed_at = 1",
  };

  ligdi_payment_record_free (ligdi_test_book_begin_at (book->ledger, 500, STATE (PAID)));
  ligdi_payment_record_free (ligdi_test_book_begin_at (book->ledger, 500, STATE (ABORTED)));
  ligdi_payment_record_free (ligdi_test_book_begin_at (book->ledger, 500, STATE (DISPUTED)));
  ligdi_payment_record_free (ligdi_test_book_begin_at (book->ledger, 500, STATE (AWAITING)));
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA foreign_keys = ON;", forbidden[i], NULL);

      g_test_message ("%s", forbidden[i]);
      g_assert_false (ligdi_test_book_execute (book->path, sql));
    }
}

static void
test_paid_settles (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (VERIFYING));

  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (CONFIRMED_PAID), NULL));
  assert_settled (book, record->ticket, "payment");
  assert_follow_ups (book, record->id, "");
}

static void
test_declined_and_disputed_leave_open (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) declined
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DECLINED));
  g_autoptr (LigdiPaymentRecord) aborted
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (ABORTED));
  g_autoptr (LigdiPaymentRecord) disputed
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DISPUTED));

  assert_settled (book, declined->ticket, "open");
  assert_settled (book, aborted->ticket, "open");
  assert_settled (book, disputed->ticket, "open");
}

static LigdiPaymentRecord *
settle_in_cash (LigdiTestBook *book, const LigdiPaymentRecord *old, int code)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_payment_record_copy (old);
  g_autoptr (GError) error = NULL;

  record->released_by = LIGDI_RELEASE_CASH;
  record->settled_by = LIGDI_SETTLEMENT_CASH;
  if (ligdi_ledger_settle (book->ledger, old, record, 1234, &error))
    {
      g_assert_cmpint (code, ==, -1);
      return g_steal_pointer (&record);
    }
  g_assert_error (error, LIGDI_ERROR, code);
  return NULL;
}

/* Cash is taken, and then the link is paid all the same. */
static void
test_paid_twice (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) released = settle_in_cash (book, record, -1);

  assert_settled (book, record->ticket, "cash");
  assert_follow_ups (book, record->id, "");
  g_assert_true (ligdi_test_book_step (book->ledger, released, EVENT (CONFIRMED_PAID), NULL));
  assert_settled (book, record->ticket, "cash");
  assert_follow_ups (book, record->id, "paid-twice");
}

/* The first link is let go for a second, and both are paid: whichever comes first settles the
 * sale, the other one is money twice. */
static void
test_late (LigdiTestBook *book, gconstpointer data)
{
  for (guint first_wins = 0; first_wins < 2; first_wins++)
    {
      g_autoptr (LigdiPaymentRecord) first
          = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
      g_autoptr (LigdiPaymentRecord) second = NULL;
      g_autoptr (LigdiPaymentRecord) released = NULL;

      assert_begin_again (book, first, TRUE, &second, -1);
      released = ligdi_test_book_load (book->ledger, first->id);
      g_assert_true (ligdi_test_book_step (book->ledger, second, EVENT (INVOICE_CREATED), NULL));
      if (first_wins)
        g_assert_true (ligdi_test_book_step (book->ledger, released, EVENT (CONFIRMED_PAID), NULL));
      g_assert_true (ligdi_test_book_step (book->ledger, second, EVENT (CONFIRMED_PAID), NULL));
      if (!first_wins)
        g_assert_true (ligdi_test_book_step (book->ledger, released, EVENT (CONFIRMED_PAID), NULL));

      assert_settled (book, first->ticket, "payment");
      assert_follow_ups (book, first->id, first_wins ? "late" : "paid-twice");
      assert_follow_ups (book, second->id, first_wins ? "paid-twice" : "");
    }
}

static void
test_wrong_amount (LigdiTestBook *book, gconstpointer data)
{
  static const struct
  {
    gint64 received;
    const char *kind;
  } table[] = {
    { 100, "wrong-amount" },
    { 0, "wrong-amount" },
    { 500, "contradiction" },
    { -1, "contradiction" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPaymentRecord) record
          = ligdi_test_book_begin_at (book->ledger, 500, STATE (VERIFYING));
      g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);

      record->state = STATE (DISPUTED);
      record->verdict_at = 1;
      record->amount_received = table[i].received;
      g_assert_true (ligdi_ledger_record (book->ledger, old, record, 1, "confirmed-mismatch", NULL,
                                          NULL));
      assert_follow_ups (book, record->id, table[i].kind);
      assert_settled (book, record->ticket, "open");
    }
}

/* A refusal that is taken back contradicts itself, whatever the amount. */
static void
test_declined_then_paid (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DECLINED));

  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (CONFIRMED_PAID), NULL));
  g_assert_cmpint (record->state, ==, STATE (DISPUTED));
  assert_follow_ups (book, record->id, "contradiction");
}

/* The same when the cashier has opened another payment meanwhile, as one does after a refusal.
 * The money that came must not get lost because the sale has an open attempt. */
static void
test_declined_then_paid_beside_another (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (DECLINED));
  g_autoptr (LigdiPaymentRecord) second = NULL;
  g_autoptr (LigdiPaymentRecord) loaded = NULL;
  g_autoptr (GError) error = NULL;

  assert_begin_again (book, first, FALSE, &second, -1);
  ligdi_test_book_step (book->ledger, first, EVENT (CONFIRMED_PAID), &error);
  g_assert_no_error (error);
  loaded = ligdi_test_book_load (book->ledger, first->id);
  assert_same_record (loaded, first);
  g_assert_cmpint (loaded->state, ==, STATE (DISPUTED));
  assert_follow_ups (book, first->id, "contradiction");
  /* The second one goes on, and the first one can be told of again. */
  g_assert_true (ligdi_test_book_step (book->ledger, second, EVENT (INVOICE_CREATED), NULL));
  g_assert_true (ligdi_ledger_record (book->ledger, first, first, 1, "attempt", NULL, NULL));
}

static void
test_cash_for_settled_sale (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) paid
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (PAID));
  g_autoptr (LigdiPaymentRecord) open
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (UNRESOLVED));
  g_autoptr (LigdiPaymentRecord) in_cash = NULL;

  g_assert_null (settle_in_cash (book, paid, LIGDI_ERROR_STATE));
  in_cash = settle_in_cash (book, open, -1);
  g_assert_null (settle_in_cash (book, in_cash, LIGDI_ERROR_STATE));
  assert_settled (book, paid->ticket, "payment");
  assert_settled (book, open->ticket, "cash");
  assert_begin_again (book, in_cash, TRUE, NULL, LIGDI_ERROR_STATE);
}

/* A stale view of the payment must not settle the sale by halves. */
static void
test_cash_is_whole (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (VERIFYING));
  g_autoptr (LigdiPaymentRecord) stale = ligdi_payment_record_copy (record);

  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (PATIENCE_EXHAUSTED), NULL));
  g_assert_null (settle_in_cash (book, stale, LIGDI_ERROR_STATE));
  assert_settled (book, record->ticket, "open");
}

static void
test_contradiction (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, STATE (PAID));
  g_autoptr (LigdiPaymentRecord) loaded = NULL;

  for (guint i = 0; i < 3; i++)
    g_assert_true (ligdi_ledger_open_contradiction (book->ledger, record, i, "confirmed-declined",
                                                    NULL));
  /* One is enough for a person; each is in the history. */
  assert_follow_ups (book, record->id, "contradiction");
  g_assert_cmpint (ligdi_test_book_query (
                       book->path,
                       "SELECT count (*) FROM payment_event WHERE what = 'contradiction'"),
                   ==, 3);
  loaded = ligdi_test_book_load (book->ledger, record->id);
  g_assert_cmpint (loaded->state, ==, STATE (PAID));
  assert_settled (book, record->ticket, "payment");

  /* What a person has closed opens again. */
  g_assert_true (
      ligdi_test_book_execute (book->path, "UPDATE follow_up SET closed_at = 1, reason = 'seen'"));
  g_assert_true (ligdi_ledger_open_contradiction (book->ledger, record, 4, "x", NULL));
  assert_follow_ups (book, record->id, "contradiction\ncontradiction");
}

static void
test_lists (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) watched = NULL;

  for (int i = 0; i < 6; i++)
    {
      g_autoptr (LigdiPaymentRecord) record
          = ligdi_test_book_begin_at (book->ledger, 500, (LigdiPaymentState) i);
      g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
      g_autofree char *sql
          = g_strdup_printf ("UPDATE payment SET created_at = %d WHERE id = %d", 1000 + i, i + 1);

      g_assert_true (ligdi_test_book_execute (book->path, sql));
      record->next_check_at = i % 2 == 0 ? 0 : 100 - i;
      g_assert_true (ligdi_ledger_record (book->ledger, old, record, 1, "attempt", NULL, NULL));
    }
  all = ligdi_ledger_list_between (book->ledger, 0, G_MAXINT64, NULL);
  g_assert_cmpuint (all->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (((LigdiPaymentRecord *) g_ptr_array_index (all, i))->created_at, ==, 1005 - i);
  /* From one time, until another that is not included. */
  some = ligdi_ledger_list_between (book->ledger, 1001, 1003, NULL);
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpint (((LigdiPaymentRecord *) g_ptr_array_index (some, 0))->created_at, ==, 1002);
  /* The soonest first. */
  watched = ligdi_ledger_list_watched (book->ledger, 10, NULL);
  g_assert_cmpuint (watched->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (((LigdiPaymentRecord *) g_ptr_array_index (watched, i))->next_check_at, ==,
                     95 + 2 * i);
}

/* A row whose words nobody knows is not guessed at. */
static void
test_unknown_words (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  g_assert_true (ligdi_test_book_execute (
      book->path, "PRAGMA ignore_check_constraints = ON; UPDATE payment SET exit = 'teleported'"));
  records = ligdi_ledger_list_between (book->ledger, 0, G_MAXINT64, &error);
  g_assert_null (records);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
}

/* No room in the middle of a transaction: all of it or nothing, and the ledger says why. */
static void
test_full (LigdiTestBook *book, gconstpointer data)
{
  sqlite3 *db = ligdi_ledger_get_database (book->ledger);
  g_autofree char *long_label = g_strnfill (3000, 'x');
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (LigdiPaymentRecord) good = ligdi_test_book_begin (book->ledger, 500);
  g_autoptr (LigdiPaymentRecord) bad = ligdi_test_book_make_intent (500);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < LIGDI_SALE_MAX_LINES; i++)
    ligdi_sale_add (sale, long_label, 1, 500);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (ligdi_ledger_begin_sale (book->ledger, sale, bad, NULL, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_FULL);
  g_assert_cmpint (count (book, "sale"), ==, 1);
  g_assert_cmpint (count (book, "sale_line"), ==, 1);
  g_assert_cmpint (count (book, "payment"), ==, 1);
  /* With room again it goes on, and what was begun before is intact. */
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, bad, NULL, NULL));
  g_assert_true (ligdi_test_book_step (book->ledger, good, EVENT (INVOICE_CREATED), NULL));
}

static void
add (const char *path, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, test, ligdi_test_book_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ledger/record/begin-sale", test_begin_sale);
  add ("/ledger/record/charge", test_charge);
  add ("/ledger/record/refused-charge", test_refused_charge);
  add ("/ledger/record/cashier", test_cashier);
  add ("/ledger/record/every-field", test_every_field);
  add ("/ledger/record/every-word", test_every_word);
  add ("/ledger/record/compare-and-set", test_compare_and_set);
  add ("/ledger/record/compare-release", test_compare_release);
  add ("/ledger/record/one-open-attempt", test_one_open_attempt);
  add ("/ledger/record/begin-again-releases", test_begin_again_releases);
  add ("/ledger/record/tickets", test_tickets);
  add ("/ledger/record/append-only", test_append_only);
  add ("/ledger/record/paid-settles", test_paid_settles);
  add ("/ledger/record/declined-and-disputed-leave-open", test_declined_and_disputed_leave_open);
  add ("/ledger/record/paid-twice", test_paid_twice);
  add ("/ledger/record/late", test_late);
  add ("/ledger/record/wrong-amount", test_wrong_amount);
  add ("/ledger/record/declined-then-paid", test_declined_then_paid);
  add ("/ledger/record/declined-then-paid-beside-another", test_declined_then_paid_beside_another);
  add ("/ledger/record/cash-for-settled-sale", test_cash_for_settled_sale);
  add ("/ledger/record/cash-is-whole", test_cash_is_whole);
  add ("/ledger/record/contradiction", test_contradiction);
  add ("/ledger/record/lists", test_lists);
  add ("/ledger/record/unknown-words", test_unknown_words);
  add ("/ledger/record/full", test_full);
  return g_test_run ();
}
