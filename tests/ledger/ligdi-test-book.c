/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-book.h"

#include "ligdi-random.h"

#include <sqlite3.h>

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                   ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

/**
 * ligdi_test_book_set_up:
 * @book: a fixture
 * @data: unused
 */
void
ligdi_test_book_set_up (LigdiTestBook *book, gconstpointer data)
{
  book->folder = ligdi_test_make_folder ();
  book->path = g_build_filename (book->folder, "ledger.sqlite", NULL);
  ligdi_test_book_reopen (book);
}

/**
 * ligdi_test_book_tear_down:
 * @book: a fixture
 * @data: unused
 */
void
ligdi_test_book_tear_down (LigdiTestBook *book, gconstpointer data)
{
  ligdi_test_book_close (book);
  ligdi_test_remove_folder (book->folder);
  g_free (book->path);
}

/**
 * ligdi_test_book_close:
 * @book: a book
 *
 * Closes the ledger and checks that nothing else kept it open.
 */
void
ligdi_test_book_close (LigdiTestBook *book)
{
  if (book->ledger != NULL)
    g_assert_finalize_object (book->ledger);
  book->ledger = NULL;
}

/**
 * ligdi_test_book_reopen:
 * @book: a book
 */
void
ligdi_test_book_reopen (LigdiTestBook *book)
{
  g_autoptr (GError) error = NULL;

  ligdi_test_book_close (book);
  book->ledger = ligdi_ledger_open (book->path, &error);
  g_assert_no_error (error);
}

/**
 * ligdi_test_book_make_intent:
 * @amount: francs XOF
 *
 * Returns: (transfer full): an intent
 */
LigdiPaymentRecord *
ligdi_test_book_make_intent (gint64 amount)
{
  LigdiPaymentRecord *record = ligdi_payment_record_new ();

  record->reference = ligdi_random_reference ();
  record->transaction_id = ligdi_random_token ();
  record->amount = amount;
  record->return_url = g_strdup ("https://ligdipay.invalid/return/x");
  record->cancel_url = g_strdup ("https://ligdipay.invalid/cancel/x");
  record->base_url = g_strdup ("https://app.ligdicash.com");
  record->created_at = g_get_real_time () / 1000;
  return record;
}

/**
 * ligdi_test_book_begin:
 * @ledger: a ledger
 * @amount: francs XOF
 *
 * Returns: (transfer full): the first payment of a new sale
 */
LigdiPaymentRecord *
ligdi_test_book_begin (LigdiLedger *ledger, gint64 amount)
{
  LigdiPaymentRecord *record = ligdi_test_book_make_intent (amount);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;

  ligdi_sale_add (sale, "Riz 5 kg", 1, amount);
  ligdi_ledger_begin_sale (ledger, sale, record, NULL, &error);
  g_assert_no_error (error);
  return record;
}

/**
 * ligdi_test_book_step:
 * @ledger: a ledger
 * @record: a payment; moves on when the ledger took it
 * @event: what happened
 * @error: return location
 *
 * Returns: %FALSE when nothing changed
 */
gboolean
ligdi_test_book_step (LigdiLedger *ledger, LigdiPaymentRecord *record, LigdiPaymentEvent event,
                      GError **error)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
  gint64 now = g_get_real_time () / 1000;

  if (!ligdi_payment_record_apply (record, event, error))
    return FALSE;
  if (event == LIGDI_PAYMENT_EVENT_INVOICE_CREATED)
    {
      record->token = ligdi_random_token ();
      record->page_url = g_strconcat ("https://client.ligdicash.com/", record->token, NULL);
    }
  if (event >= LIGDI_PAYMENT_EVENT_CONFIRMED_PAID)
    {
      record->verdict_at = now;
      record->amount_received = record->amount;
    }
  if (ligdi_ledger_record (ledger, old, record, now, ligdi_payment_event_to_nick (event), NULL,
                           error))
    return TRUE;
  record->state = old->state;
  return FALSE;
}

/**
 * ligdi_test_book_begin_at:
 * @ledger: a ledger
 * @amount: francs XOF
 * @state: where the payment shall be
 *
 * Returns: (transfer full): the first payment of a new sale, brought to @state
 */
LigdiPaymentRecord *
ligdi_test_book_begin_at (LigdiLedger *ledger, gint64 amount, LigdiPaymentState state)
{
  static const LigdiPaymentEvent ways[][4] = {
    [LIGDI_PAYMENT_STATE_CREATING] = { 0 },
    [LIGDI_PAYMENT_STATE_AWAITING] = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED },
    [LIGDI_PAYMENT_STATE_VERIFYING]
    = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED, LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED },
    [LIGDI_PAYMENT_STATE_UNRESOLVED]
    = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED, LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED,
        LIGDI_PAYMENT_EVENT_PATIENCE_EXHAUSTED },
    [LIGDI_PAYMENT_STATE_PAID]
    = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID },
    [LIGDI_PAYMENT_STATE_DECLINED]
    = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED, LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED },
    [LIGDI_PAYMENT_STATE_ABORTED] = { LIGDI_PAYMENT_EVENT_CREATE_FAILED },
    [LIGDI_PAYMENT_STATE_DISPUTED]
    = { LIGDI_PAYMENT_EVENT_INVOICE_CREATED, LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH },
  };
  LigdiPaymentRecord *record = ligdi_test_book_begin (ledger, amount);

  for (guint i = 0; record->state != state; i++)
    {
      g_autoptr (GError) error = NULL;

      ligdi_test_book_step (ledger, record, ways[state][i], &error);
      g_assert_no_error (error);
    }
  return record;
}

/**
 * ligdi_test_book_load:
 * @ledger: a ledger
 * @id: a payment's row
 *
 * Returns: (transfer full): what the ledger holds of it
 */
LigdiPaymentRecord *
ligdi_test_book_load (LigdiLedger *ledger, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = ligdi_ledger_list_between (ledger, 0, G_MAXINT64, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    if (((LigdiPaymentRecord *) g_ptr_array_index (records, i))->id == id)
      return g_ptr_array_steal_index (records, i);
  return NULL;
}

/**
 * ligdi_test_book_query:
 * @path: a database
 * @sql: a statement that answers an integer
 *
 * Asks behind the ledger's back.
 *
 * Returns: the answer
 */
gint64
ligdi_test_book_query (const char *path, const char *sql)
{
  g_autofree char *text = ligdi_test_book_query_text (path, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/**
 * ligdi_test_book_query_text:
 * @path: a database
 * @sql: a statement
 *
 * Returns: (transfer full): the first column of all its rows, one a line
 */
char *
ligdi_test_book_query_text (const char *path, const char *sql)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db = open_database (path);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        g_string_append (text, (const char *) sqlite3_column_text (statement, 0));
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

/**
 * ligdi_test_book_execute:
 * @path: a database; made when it is not there
 * @sql: statements
 *
 * Returns: %FALSE when the database refused
 */
gboolean
ligdi_test_book_execute (const char *path, const char *sql)
{
  sqlite3 *db = open_database (path);
  int code = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    g_test_message ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
  return code == SQLITE_OK;
}
