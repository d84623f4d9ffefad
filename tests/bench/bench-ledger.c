/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the ledger's care costs: steps of payments written durably, beside bare SQLite that
 * makes as many commits of the same rows. Both take turns, so that whatever else the disk does
 * falls on both. */

#include "ligdi-ledger.h"
#include "ligdi-random.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include <stdio.h>

#define ROUNDS 15
#define STEPS 200
#define GOAL_RATIO 0.8
/* As long as what the ledger writes of such a step. */
#define CHANGES "left_at=1764061234567\nstate=verifying\n"
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

static void
check (sqlite3 *db, int code)
{
  if (code != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

static LigdiPaymentRecord *
begin (LigdiLedger *ledger, gint64 amount)
{
  LigdiPaymentRecord *record = ligdi_payment_record_new ();
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;

  record->reference = ligdi_random_reference ();
  record->transaction_id = ligdi_random_token ();
  record->amount = amount;
  record->return_url = g_strdup ("https://ligdipay.invalid/return/x");
  record->cancel_url = g_strdup ("https://ligdipay.invalid/cancel/x");
  record->base_url = g_strdup ("https://app.ligdicash.com");
  record->created_at = g_get_real_time () / 1000;
  ligdi_sale_add (sale, "Riz 5 kg", 1, amount);
  if (!ligdi_ledger_begin_sale (ledger, sale, record, NULL, &error))
    g_error ("%s", error->message);
  return record;
}

static void
step (LigdiLedger *ledger, LigdiPaymentRecord *record, LigdiPaymentEvent event)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / 1000;

  if (!ligdi_payment_record_apply (record, event, &error))
    g_error ("%s", error->message);
  if (record->token == NULL)
    {
      record->token = ligdi_random_token ();
      record->page_url = g_strconcat ("https://client.ligdicash.com/", record->token, NULL);
    }
  record->left_at = now;
  if (!ligdi_ledger_record (ledger, old, record, now, ligdi_payment_event_to_nick (event), NULL,
                            &error))
    g_error ("%s", error->message);
}

/* Page left, and opened again: the commonest two. */
static double
write_with_care (LigdiLedger *ledger, LigdiPaymentRecord *record)
{
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < STEPS / 2; i++)
    {
      step (ledger, record, LIGDI_PAYMENT_EVENT_CUSTOMER_CANCELLED);
      step (ledger, record, LIGDI_PAYMENT_EVENT_PAGE_REOPENED);
    }
  return (double) STEPS * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

static double
write_bare (sqlite3 *db, gint64 payment)
{
  sqlite3_stmt *update = NULL;
  sqlite3_stmt *insert = NULL;
  gint64 start;
  double rate;

  check (db, sqlite3_prepare_v2 (db,
                                 "UPDATE payment SET state = ?, left_at = ?, exit = 'cancelled'"
                                 " WHERE id = ? AND state = ?",
                                 -1, &update, NULL));
  check (db, sqlite3_prepare_v2 (db,
                                 "INSERT INTO payment_event (payment, at, what, from_state,"
                                 " to_state, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                 -1, &insert, NULL));
  start = g_get_monotonic_time ();
  for (int i = 0; i < STEPS; i++)
    {
      const char *from = i % 2 == 0 ? "awaiting" : "verifying";
      const char *to = i % 2 == 0 ? "verifying" : "awaiting";

      check (db, sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
      sqlite3_reset (update);
      sqlite3_bind_text (update, 1, to, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (update, 2, g_get_real_time () / 1000);
      sqlite3_bind_int64 (update, 3, payment);
      sqlite3_bind_text (update, 4, from, -1, SQLITE_STATIC);
      sqlite3_step (update);
      sqlite3_reset (insert);
      sqlite3_bind_int64 (insert, 1, payment);
      sqlite3_bind_int64 (insert, 2, g_get_real_time () / 1000);
      sqlite3_bind_text (insert, 3, "customer-cancelled", -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 4, from, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 5, to, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 6, CHANGES, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 7, HASH, -1, SQLITE_STATIC);
      sqlite3_step (insert);
      check (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
    }
  rate = (double) STEPS * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
  sqlite3_finalize (update);
  sqlite3_finalize (insert);
  return rate;
}

static void
measure_steps (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ledger.sqlite", NULL);
  g_autofree char *bare_path = g_build_filename (folder, "bare.sqlite", NULL);
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (path, NULL);
  g_autoptr (LigdiLedger) bare = ligdi_ledger_open (bare_path, NULL);
  g_autoptr (LigdiPaymentRecord) record = begin (ledger, 12500);
  g_autoptr (LigdiPaymentRecord) bare_record = begin (bare, 12500);
  g_autoptr (GArray) with_care = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) without = g_array_new (FALSE, FALSE, sizeof (double));
  sqlite3 *db = NULL;
  double ratio;

  step (ledger, record, LIGDI_PAYMENT_EVENT_INVOICE_CREATED);
  step (bare, bare_record, LIGDI_PAYMENT_EVENT_INVOICE_CREATED);
  g_clear_object (&bare);
  check (db, sqlite3_open_v2 (bare_path, &db, SQLITE_OPEN_READWRITE, NULL));
  check (db, sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", NULL, NULL,
                           NULL));
  for (int i = 0; i < ROUNDS; i++)
    {
      double value = write_with_care (ledger, record);

      g_array_append_val (with_care, value);
      value = write_bare (db, bare_record->id);
      g_array_append_val (without, value);
    }
  sqlite3_close (db);
  ratio = median (with_care) / median (without);
  printf ("durable steps a second %8.0f, bare SQLite %8.0f: %5.2f, goal at least %.1f: %s\n",
          median (with_care), median (without), ratio, GOAL_RATIO,
          ratio >= GOAL_RATIO ? "met" : "MISSED");
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ligdi-bench-XXXXXX", NULL);
  g_autoptr (GDir) files = NULL;
  const char *name;

  measure_steps (folder);
  files = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  return 0;
}
