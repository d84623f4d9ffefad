/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-ledger-hook.h"
#include "ligdi-test-book.h"

/* Who listens hears every verdict, in order, until they have acknowledged it. */

#define EVENT(name) LIGDI_PAYMENT_EVENT_##name

static LigdiPaymentRecord *
decide (LigdiTestBook *book, gint64 amount, LigdiPaymentEvent event)
{
  LigdiPaymentRecord *record = ligdi_test_book_begin (book->ledger, amount);

  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (INVOICE_CREATED), NULL));
  g_assert_true (ligdi_test_book_step (book->ledger, record, EVENT (CUSTOMER_RETURNED), NULL));
  g_assert_true (ligdi_test_book_step (book->ledger, record, event, NULL));
  return record;
}

static LigdiHookEvent *
load (LigdiTestBook *book, const char *kind)
{
  g_autoptr (GError) error = NULL;
  LigdiHookEvent *event = ligdi_ledger_load_hook_event (book->ledger, kind, &error);

  g_assert_no_error (error);
  return event;
}

static void
assert_next (LigdiTestBook *book, const char *kind, const LigdiPaymentRecord *record,
             LigdiPaymentState state)
{
  g_autoptr (LigdiHookEvent) event = load (book, kind);
  g_autoptr (LigdiHookEvent) again = load (book, kind);

  g_assert_cmpstr (event->record->reference, ==, record->reference);
  g_assert_cmpint (event->state, ==, state);
  g_assert_cmpint (event->at, >, 0);
  g_assert_cmpint (again->line, ==, event->line);
  g_assert_true (ligdi_ledger_acknowledge (book->ledger, kind, event->line, NULL));
}

static void
test_in_order (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) before = decide (book, 100, EVENT (CONFIRMED_PAID));
  g_autoptr (LigdiPaymentRecord) paid = NULL;
  g_autoptr (LigdiPaymentRecord) declined = NULL;

  g_assert_null (load (book, "command"));
  g_assert_true (ligdi_ledger_set_hook (book->ledger, "command", TRUE, NULL));
  /* What was before nobody has asked for. */
  g_assert_null (load (book, "command"));
  paid = decide (book, 200, EVENT (CONFIRMED_PAID));
  declined = decide (book, 300, EVENT (CONFIRMED_DECLINED));
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 400));
  assert_next (book, "command", paid, LIGDI_PAYMENT_STATE_PAID);
  /* A refusal that is taken back is another verdict, and the first one stays what it was. */
  g_assert_true (ligdi_test_book_step (book->ledger, declined, EVENT (CONFIRMED_PAID), NULL));
  assert_next (book, "command", declined, LIGDI_PAYMENT_STATE_DECLINED);
  assert_next (book, "command", declined, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_null (load (book, "command"));
}

static void
test_two_listeners (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first = NULL;
  g_autoptr (LigdiPaymentRecord) second = NULL;

  g_assert_true (ligdi_ledger_set_hook (book->ledger, "command", TRUE, NULL));
  first = decide (book, 100, EVENT (CONFIRMED_PAID));
  g_assert_true (ligdi_ledger_set_hook (book->ledger, "address", TRUE, NULL));
  second = decide (book, 200, EVENT (CONFIRMED_PAID));
  /* Also after the till was closed. */
  ligdi_test_book_close (book);
  ligdi_test_book_reopen (book);
  g_assert_true (ligdi_ledger_set_hook (book->ledger, "command", TRUE, NULL));
  assert_next (book, "address", second, LIGDI_PAYMENT_STATE_PAID);
  assert_next (book, "command", first, LIGDI_PAYMENT_STATE_PAID);
  assert_next (book, "command", second, LIGDI_PAYMENT_STATE_PAID);
  /* Who does not listen any more has missed nothing. */
  g_assert_true (ligdi_ledger_set_hook (book->ledger, "command", FALSE, NULL));
  ligdi_payment_record_free (decide (book, 300, EVENT (CONFIRMED_PAID)));
  g_assert_true (ligdi_ledger_set_hook (book->ledger, "command", TRUE, NULL));
  g_assert_null (load (book, "command"));
}

/* An answer that comes late takes nothing back. */
static void
test_acknowledged_late (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) first = NULL;
  g_autoptr (LigdiPaymentRecord) second = NULL;
  g_autoptr (LigdiHookEvent) event = NULL;

  g_assert_true (ligdi_ledger_set_hook (book->ledger, "address", TRUE, NULL));
  first = decide (book, 100, EVENT (CONFIRMED_PAID));
  second = decide (book, 200, EVENT (CONFIRMED_PAID));
  event = load (book, "address");
  assert_next (book, "address", first, LIGDI_PAYMENT_STATE_PAID);
  assert_next (book, "address", second, LIGDI_PAYMENT_STATE_PAID);
  g_assert_true (ligdi_ledger_acknowledge (book->ledger, "address", event->line, NULL));
  g_assert_null (load (book, "address"));
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
  add ("/ledger/hook/in-order", test_in_order);
  add ("/ledger/hook/two-listeners", test_two_listeners);
  add ("/ledger/hook/acknowledged-late", test_acknowledged_late);
  return g_test_run ();
}
