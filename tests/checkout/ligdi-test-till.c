/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-till.h"

#include <sqlite3.h>

static void
on_payment_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiTestTill *till = user_data;

  till->n_changes++;
}

static void
on_online_changed (LigdiCheckout *checkout, gpointer user_data)
{
  LigdiTestTill *till = user_data;

  till->n_online_changes++;
}

static void
on_create_failed (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                  gpointer user_data)
{
  LigdiTestTill *till = user_data;

  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
  g_ptr_array_add (till->create_errors, g_error_copy (error));
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  LigdiTestTill *till = user_data;

  g_ptr_array_add (till->ledger_errors, g_error_copy (error));
}

static sqlite3 *
open_database (LigdiTestTill *till)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (till->path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  return db;
}

/**
 * ligdi_test_till_set_up:
 * @till: a fixture
 * @data: unused
 */
void
ligdi_test_till_set_up (LigdiTestTill *till, gconstpointer data)
{
  till->folder = ligdi_test_make_folder ();
  till->path = g_build_filename (till->folder, "ledger.sqlite", NULL);
  till->peer = ligdi_test_peer_new ();
  till->create_errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  till->ledger_errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  ligdi_test_till_open (till);
}

/**
 * ligdi_test_till_tear_down:
 * @till: a fixture
 * @data: unused
 */
void
ligdi_test_till_tear_down (LigdiTestTill *till, gconstpointer data)
{
  ligdi_test_till_close (till);
  ligdi_test_finish_loop ();
  ligdi_test_peer_free (till->peer);
  g_ptr_array_unref (till->create_errors);
  g_ptr_array_unref (till->ledger_errors);
  ligdi_test_remove_folder (till->folder);
  g_free (till->path);
}

/**
 * ligdi_test_till_open:
 * @till: a till that is closed
 *
 * Starts the program anew on the same ledger.
 */
void
ligdi_test_till_open (LigdiTestTill *till)
{
  g_autoptr (GError) error = NULL;

  till->gateway = ligdi_gateway_new (ligdi_test_peer_get_base_url (till->peer), LIGDI_TEST_KEY,
                                     LIGDI_TEST_TOKEN, &error);
  g_assert_no_error (error);
  till->ledger = ligdi_ledger_open (till->path, &error);
  g_assert_no_error (error);
  till->checkout = ligdi_checkout_new (till->gateway, till->ledger);
  ligdi_checkout_set_shop (till->checkout, "Boutique", "");
  g_signal_connect (till->checkout, "payment-changed", G_CALLBACK (on_payment_changed), till);
  g_signal_connect (till->checkout, "online-changed", G_CALLBACK (on_online_changed), till);
  g_signal_connect (till->checkout, "create-failed", G_CALLBACK (on_create_failed), till);
  g_signal_connect (till->checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), till);
}

/**
 * ligdi_test_till_close:
 * @till: a till
 *
 * Ends the program as it ends in earnest: in the middle of whatever is in flight, and without
 * another turn of the main loop. Nothing may keep the ledger open.
 */
void
ligdi_test_till_close (LigdiTestTill *till)
{
  if (till->checkout != NULL)
    g_assert_finalize_object (till->checkout);
  till->checkout = NULL;
  g_clear_object (&till->gateway);
  if (till->ledger != NULL)
    g_assert_finalize_object (till->ledger);
  till->ledger = NULL;
}

/**
 * ligdi_test_till_begin:
 * @till: a till
 * @amount: francs XOF
 *
 * Returns: (transfer full): a payment that is being created
 */
LigdiPayment *
ligdi_test_till_begin (LigdiTestTill *till, gint64 amount)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;
  LigdiPayment *payment;

  g_assert_true (ligdi_sale_add (sale, "Riz 5 kg", 1, amount));
  payment = ligdi_checkout_begin (till->checkout, sale, LIGDI_OPENING_HERE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_CREATING);
  return payment;
}

/**
 * ligdi_test_till_await:
 * @till: a till
 * @amount: francs XOF
 *
 * Returns: (transfer full): a payment whose page is shown
 */
LigdiPayment *
ligdi_test_till_await (LigdiTestTill *till, gint64 amount)
{
  LigdiPayment *payment = ligdi_test_till_begin (till, amount);

  ligdi_test_till_wait_state (payment, LIGDI_PAYMENT_STATE_AWAITING);
  return payment;
}

/**
 * ligdi_test_till_leave_unresolved:
 * @till: a till
 * @amount: francs XOF
 *
 * Returns: (transfer full): a payment whose page was cancelled and which was asked about once,
 *   to no avail, while the cashier went on
 */
LigdiPayment *
ligdi_test_till_leave_unresolved (LigdiTestTill *till, gint64 amount)
{
  LigdiPayment *payment = ligdi_test_till_await (till, amount);

  g_assert_true (
      ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_CANCELLED, NULL));
  ligdi_test_till_wait_check (payment, 1);
  g_assert_true (ligdi_checkout_stop_waiting (till->checkout, payment, NULL));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
  return payment;
}

/**
 * ligdi_test_till_wait_state:
 * @payment: a payment
 * @state: where it shall get
 */
void
ligdi_test_till_wait_state (LigdiPayment *payment, LigdiPaymentState state)
{
  ligdi_test_wait_until (ligdi_payment_get_state (payment) == state);
}

/**
 * ligdi_test_till_wait_check:
 * @payment: a payment
 * @n_checks: how often it shall have been asked about
 */
void
ligdi_test_till_wait_check (LigdiPayment *payment, gint64 n_checks)
{
  ligdi_test_wait_until (ligdi_payment_get_record (payment)->n_checks >= n_checks);
}

/**
 * ligdi_test_till_list_journal:
 * @till: a till
 * @payment: a payment
 *
 * Returns: (transfer full): what happened to it, apart by spaces
 */
char *
ligdi_test_till_list_journal (LigdiTestTill *till, LigdiPayment *payment)
{
  g_autoptr (GPtrArray) entries = ligdi_checkout_list_journal (till->checkout, payment, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const LigdiJournalEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", entry->what);
    }
  return g_string_free (text, FALSE);
}

/**
 * ligdi_test_till_list_follow_ups:
 * @till: a till
 * @payment: a payment
 *
 * Returns: (transfer full): what waits for a person, apart by spaces
 */
char *
ligdi_test_till_list_follow_ups (LigdiTestTill *till, LigdiPayment *payment)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat (kind, ' ') FROM follow_up"
                                          " WHERE payment = %" G_GINT64_FORMAT,
                                          ligdi_payment_get_record (payment)->id);

  return ligdi_test_till_query (till, sql);
}

/**
 * ligdi_test_till_get_settled_by:
 * @till: a till
 * @payment: a payment
 *
 * Returns: (transfer full): how its sale was settled
 */
char *
ligdi_test_till_get_settled_by (LigdiTestTill *till, LigdiPayment *payment)
{
  g_autofree char *sql = g_strdup_printf ("SELECT settled_by FROM sale WHERE id = %" G_GINT64_FORMAT,
                                          ligdi_payment_get_record (payment)->ticket);

  return ligdi_test_till_query (till, sql);
}

/**
 * ligdi_test_till_query:
 * @till: a till
 * @sql: a statement that answers one value
 *
 * Asks the file behind the ledger's back.
 *
 * Returns: (transfer full): the answer, "" for NULL
 */
char *
ligdi_test_till_query (LigdiTestTill *till, const char *sql)
{
  sqlite3 *db = open_database (till);
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text != NULL ? text : g_strdup ("");
}

/**
 * ligdi_test_till_execute:
 * @till: a till
 * @sql: statements
 */
void
ligdi_test_till_execute (LigdiTestTill *till, const char *sql)
{
  sqlite3 *db = open_database (till);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}
