/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-book.h"

#include <glib/gstdio.h>

/* A ledger as an older version left it must open for ever. */

#define SCHEMA                                                                                     \
  "SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL"              \
  " ORDER BY type, name"

static const char *fixture;

static void
load_fixture (LigdiTestBook *book)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  ligdi_test_book_close (book);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  g_file_get_contents (fixture, &sql, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ligdi_test_book_execute (book->path, sql));
}

static void
test_opens (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) orphans = NULL;
  g_autoptr (LigdiPaymentRecord) next = NULL;
  g_autoptr (LigdiSale) sale = NULL;
  const LigdiPaymentRecord *disputed;
  const LigdiPaymentRecord *paid;

  load_fixture (book);
  ligdi_test_book_reopen (book);
  records = ligdi_ledger_list_between (book->ledger, 0, G_MAXINT64, NULL);
  g_assert_cmpuint (records->len, ==, 6);

  disputed = g_ptr_array_index (records, 1);
  g_assert_cmpstr (disputed->reference, ==, "LGD-2222-7777");
  g_assert_cmpint (disputed->state, ==, LIGDI_PAYMENT_STATE_DISPUTED);
  g_assert_cmpint (disputed->released_by, ==, LIGDI_RELEASE_NEW_PAYMENT);
  g_assert_cmpint (disputed->exit, ==, LIGDI_EXIT_LOST);
  g_assert_cmpint (disputed->amount, ==, 2000);
  g_assert_cmpint (disputed->amount_received, ==, 200);

  paid = g_ptr_array_index (records, 5);
  g_assert_cmpint (paid->state, ==, LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (paid->ticket, ==, 1);
  g_assert_cmpint (paid->n_items, ==, 3);
  g_assert_cmpint (paid->verdict_at, ==, 1760000060000);
  g_assert_cmpstr (paid->operator_name, ==, "ORANGE BURKINA");
  g_assert_cmpstr (paid->request_id, ==, "P2782222872026");
  g_assert_cmpint (paid->opening, ==, LIGDI_OPENING_HERE);
  events = ligdi_ledger_list_events (book->ledger, paid->id, NULL);
  /* The last one is this version's: how the payment stood when it was carried over. */
  g_assert_cmpuint (events->len, ==, 4);
  g_assert_cmpstr (((LigdiJournalEntry *) g_ptr_array_index (events, 3))->what, ==,
                   "carried-over");
  sale = ligdi_ledger_load_sale (book->ledger, paid->ticket, NULL);
  g_assert_cmpint (ligdi_sale_get_total (sale), ==, 1250);
  g_assert_cmpstr (ligdi_sale_get_line (sale, 0)->label, ==, "Riz « 5 kg »");

  /* Its process is long gone, and it was not closed. */
  orphans = ligdi_ledger_list_orphans (book->ledger, NULL);
  g_assert_cmpuint (orphans->len, ==, 1);
  g_assert_true (ligdi_ledger_wants_integrity_check (book->ledger, 1760000000001));

  /* Ticket numbers go on after the last one that was given, not after the last that is there. */
  next = ligdi_test_book_begin (book->ledger, 500);
  g_assert_cmpint (next->ticket, ==, 42);
}

/* An old ledger ends up with the schema that a new one begins with. */
static void
test_schema (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *fresh = ligdi_test_book_query_text (book->path, SCHEMA);
  g_autofree char *migrated = NULL;

  load_fixture (book);
  ligdi_test_book_reopen (book);
  migrated = ligdi_test_book_query_text (book->path, SCHEMA);
  g_assert_cmpstr (migrated, ==, fresh);
}

/* What was not sealed when it was written is sealed from now on. */
static void
test_sealed (LigdiTestBook *book, gconstpointer data)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  load_fixture (book);
  ligdi_test_book_reopen (book);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_ledger_verify_file (book->path, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count.n_payments, ==, 7);
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "UPDATE payment SET amount = 1 WHERE id = 1"));
  g_assert_false (ligdi_ledger_verify_file (book->path, &count, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
}

/* What is found wrong only after it was brought up to date is left as it is all the same. */
static void
test_refused (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (LigdiLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;

  load_fixture (book);
  g_assert_true (ligdi_test_book_execute (
      book->path, "PRAGMA journal_mode = WAL; DROP TABLE house_keeping;"));
  before = ligdi_test_hash_file (book->path);
  ledger = ligdi_ledger_open (book->path, &error);
  g_assert_null (ledger);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  after = ligdi_test_hash_file (book->path);
  g_assert_cmpstr (after, ==, before);
}

static void
set_up (LigdiTestBook *book, gconstpointer data)
{
  fixture = data;
  ligdi_test_book_set_up (book, data);
}

static void
add (const char *name, const char *file, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *path = g_strconcat ("/ledger/migration/", base, "/", name, NULL);

  g_test_add (path, LigdiTestBook, file, set_up, test, ligdi_test_book_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >, 1);
  /* The ledgers of every version that ever landed. */
  for (int i = 1; i < argc; i++)
    {
      add ("opens", argv[i], test_opens);
      add ("schema", argv[i], test_schema);
      add ("sealed", argv[i], test_sealed);
      add ("refused", argv[i], test_refused);
    }
  return g_test_run ();
}
