/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-ledger-follow-up.h"
#include "ligdi-ledger-private.h"
#include "ligdi-ledger-search.h"
#include "ligdi-test-book.h"

#include <sqlite3.h>
#include <string.h>

/* A payment is found by whatever its customer reads out. */

static LigdiPaymentRecord *
sell (LigdiTestBook *book, gint64 amount, const char *reference, const char *payer,
      const char *request_id)
{
  LigdiPaymentRecord *record = ligdi_test_book_make_intent (amount);
  g_autoptr (LigdiPaymentRecord) old = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  g_free (record->reference);
  record->reference = g_strdup (reference);
  ligdi_sale_add (sale, "Riz 5 kg", 1, amount);
  g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, NULL));
  old = ligdi_payment_record_copy (record);
  record->payer = g_strdup (payer);
  record->request_id = g_strdup (request_id);
  g_assert_true (ligdi_ledger_record (book->ledger, old, record, 1, "attempt", NULL, NULL));
  return record;
}

static void
assert_finds (LigdiTestBook *book, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ligdi_ledger_search (book->ledger, text, 10, &error);
  GString *tickets = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (tickets, "%s%d", i > 0 ? " " : "",
                            (int) ((LigdiPaymentRecord *) g_ptr_array_index (found, i))->ticket);
  g_test_message ("“%s”", text);
  g_assert_cmpstr (tickets->str, ==, expected);
  g_string_free (tickets, TRUE);
}

static void
fill (LigdiTestBook *book)
{
  ligdi_payment_record_free (sell (book, 12500, "LGD-7K2M-9QXA", "22670000012", "P2782222872026"));
  ligdi_payment_record_free (sell (book, 500, "LGD-7K9Z-2345", "22676543212", "P2799"));
  ligdi_payment_record_free (sell (book, 12500, "LGD-4TQ8-2VNB", NULL, NULL));
  ligdi_payment_record_free (sell (book, 2, "LGD-2222-3333", "22601020304", "p1"));
}

static void
test_finds_charge (LigdiTestBook *book, gconstpointer data)
{
  static const char *const charges[] = { "CMD-2026-17", "cmd-2026-18", "Étal 3" };

  fill (book);
  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    {
      g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (77);
      g_autoptr (LigdiSale) sale = ligdi_sale_new ();

      ligdi_sale_add (sale, "Riz 5 kg", 1, 77);
      record->charge = g_strdup (charges[i]);
      g_assert_true (ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, NULL));
    }
  assert_finds (book, "cmd", "6 5");
  assert_finds (book, " CMD-2026-18", "6");
  assert_finds (book, "Étal", "7");
  assert_finds (book, "2026-17", "");
}

static void
test_finds (LigdiTestBook *book, gconstpointer data)
{
  fill (book);
  /* A ticket's number; 2 is an amount too, and 0004 nothing else. */
  assert_finds (book, "3", "3");
  assert_finds (book, "2", "4 2");
  assert_finds (book, " 0004 ", "4");
  /* An amount, as people and receipts write it. */
  assert_finds (book, "12500", "3 1");
  assert_finds (book, "12 500", "3 1");
  assert_finds (book, "12\u202f500\u00a0F\u00a0CFA", "3 1");
  assert_finds (book, "500f", "2");
  assert_finds (book, "500 kg", "");
  /* The end of a telephone number, or all of it. */
  assert_finds (book, "12", "2 1");
  assert_finds (book, "212", "2");
  assert_finds (book, "0012", "1");
  assert_finds (book, "43 212", "2");
  assert_finds (book, "+226 70 00 00 12", "1");
  assert_finds (book, "9912", "");
  /* A reference: how it begins, its second part, all of it, without its dashes. */
  assert_finds (book, "LGD-7K", "2 1");
  assert_finds (book, "7k2m", "1");
  assert_finds (book, "2vnb", "3");
  assert_finds (book, "lgd 4tq8 2v", "3");
  assert_finds (book, "LGD-4TQ8-2VNB", "3");
  assert_finds (book, "LGD-4TQ8-2VNBX", "");
  /* The gateway's request id: how it begins. */
  assert_finds (book, "p278", "1");
  assert_finds (book, "P2782222872026", "1");
  assert_finds (book, "P27", "2 1");
  assert_finds (book, "P1", "4");
  /* Nothing. */
  assert_finds (book, "", "");
  assert_finds (book, " – ", "");
  assert_finds (book, "Ouagadougou", "");
  assert_finds (book, "'; DROP TABLE payment; --", "");
  assert_finds (book, "%", "");
  assert_finds (book, "99999999999999999999999999", "");
}

static void
test_limit (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 12; i++)
    ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 700));
  found = ligdi_ledger_search (book->ledger, "700", 10, NULL);
  g_assert_cmpuint (found->len, ==, 10);
  g_assert_cmpint (((LigdiPaymentRecord *) g_ptr_array_index (found, 0))->ticket, ==, 12);
}

static int
on_statement_done (unsigned kind, gpointer total, gpointer statement, gpointer duration)
{
  *(gint64 *) total += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
  return 0;
}

/* Nothing that is asked while somebody types or waits reads every payment. */
static void
test_reads_little (LigdiTestBook *book, gconstpointer data)
{
  sqlite3 *db = ligdi_ledger_get_database (book->ledger);
  gint64 steps = 0;
  gint64 n;
  gint64 sum;
  guint count;
  char *page = NULL;
  static const char *const texts[] = { "12", "212", "LGD-7", "12 500", "P27" };

  fill (book);
  for (guint i = 0; i < 100; i++)
    ligdi_payment_record_free (ligdi_test_book_begin_at (book->ledger, 1000 + i,
                                                         LIGDI_PAYMENT_STATE_PAID));
  ligdi_test_book_reopen (book);
  db = ligdi_ledger_get_database (book->ledger);
  g_assert_cmpint (sqlite3_trace_v2 (db, SQLITE_TRACE_PROFILE, on_statement_done, &steps), ==,
                   SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_unref (ligdi_ledger_search (book->ledger, texts[i], 10, NULL));
  g_ptr_array_unref (ligdi_ledger_list_to_follow (book->ledger, 10, NULL));
  g_ptr_array_unref (ligdi_ledger_list_orphans (book->ledger, NULL));
  g_ptr_array_unref (ligdi_ledger_list_watched (book->ledger, 10, NULL));
  g_ptr_array_unref (ligdi_ledger_list_between (book->ledger, 5, 6, NULL));
  g_ptr_array_unref (ligdi_ledger_list_repeats (book->ledger, 7, 0, NULL));
  g_assert_true (ligdi_ledger_count_to_follow (book->ledger, &count, NULL));
  g_assert_true (ligdi_ledger_sum_takings (book->ledger, 5, 6, &n, &sum, NULL));
  g_assert_true (ligdi_ledger_load_span (book->ledger, &n, &sum, NULL));
  page = ligdi_ledger_load_last_page (book->ledger, NULL);
  g_free (page);
  /* A list of ten found ones is gone through, and no more than that. */
  g_assert_cmpint (steps, <, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/search/finds", LigdiTestBook, NULL, ligdi_test_book_set_up, test_finds,
              ligdi_test_book_tear_down);
  g_test_add ("/ledger/search/finds-charge", LigdiTestBook, NULL, ligdi_test_book_set_up,
              test_finds_charge, ligdi_test_book_tear_down);
  g_test_add ("/ledger/search/limit", LigdiTestBook, NULL, ligdi_test_book_set_up, test_limit,
              ligdi_test_book_tear_down);
  g_test_add ("/ledger/search/reads-little", LigdiTestBook, NULL, ligdi_test_book_set_up,
              test_reads_little, ligdi_test_book_tear_down);
  return g_test_run ();
}
