/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-book.h"

#include <sqlite3.h>
#include <string.h>

/* Whatever is changed behind the till's back is found, and named. */

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
/* What a person with the file in hand does first. */
#define UNLOCK                                                                                     \
  "DROP TRIGGER payment_event_stays; DROP TRIGGER payment_event_remains;"                          \
  "DROP TRIGGER payment_remains; DROP TRIGGER sale_remains; DROP TRIGGER paid_stays;"              \
  "DROP TRIGGER seal_stays; DROP TRIGGER seal_remains; DROP TRIGGER sale_line_stays;"              \
  "DROP TRIGGER sale_line_remains; DROP TRIGGER follow_up_remains;"                                \
  "DROP TRIGGER payment_event_is_sealed; DROP TRIGGER follow_up_stays;"                            \
  "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;"

#define FIRST_BY_NAME                                                                              \
  "WHERE id = (SELECT min (id) FROM payment_event WHERE cashier IS NOT NULL)"

static void
record (LigdiLedger *ledger, LigdiPaymentRecord *payment, LigdiPaymentEvent event, gint64 at)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (payment);
  g_autoptr (GError) error = NULL;

  if (event == LIGDI_PAYMENT_EVENT_INVOICE_CREATED)
    {
      payment->token = g_strdup_printf ("token-%s", payment->reference);
      payment->page_url = g_strconcat ("https://gateway.example/", payment->token, NULL);
    }
  if (event == LIGDI_PAYMENT_EVENT_CONFIRMED_PAID || event == LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED
      || event == LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH)
    {
      payment->verdict_at = at;
      payment->amount_received = event == LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH ? 1 : payment->amount;
      payment->operator_name = g_strdup ("ORANGE = \"BURKINA\"\n");
      payment->payer = g_strdup ("22670000000");
    }
  g_assert_true (ligdi_payment_record_apply (payment, event, NULL));
  ligdi_ledger_record (ledger, old, payment, at, ligdi_payment_event_to_nick (event), NULL, &error);
  g_assert_no_error (error);
}

static LigdiPaymentRecord *
sell (LigdiLedger *ledger, gint64 amount, gint64 at)
{
  LigdiPaymentRecord *payment = ligdi_test_book_make_intent (amount);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz « 5 kg »", 1, amount);
  payment->created_at = at;
  g_assert_true (ligdi_ledger_begin_sale (ledger, sale, payment, NULL, NULL));
  record (ledger, payment, LIGDI_PAYMENT_EVENT_INVOICE_CREATED, at + 1);
  return payment;
}

static void
close_follow_up (LigdiLedger *ledger, LigdiPaymentRecord *payment, gint64 counted, gint64 at)
{
  g_autoptr (GError) error = NULL;

  ligdi_ledger_close_follow_up (ledger, payment, "Vu", counted, at, &error);
  g_assert_no_error (error);
}

/* A few days of a shop, with everything that a ledger can hold. */
static void
fill (LigdiTestBook *book)
{
  gint64 at = G_GINT64_CONSTANT (1760000000000);

  /* On the first day nobody has a name. */
  for (guint day = 0; day < 3; day++, at += DAY_MS)
    {
      g_autoptr (LigdiPaymentRecord) paid = sell (book->ledger, 1000 + day, at);
      g_autoptr (LigdiPaymentRecord) cash = sell (book->ledger, 2000 + day, at + 100);
      g_autoptr (LigdiPaymentRecord) wrong = sell (book->ledger, 3000 + day, at + 200);
      g_autoptr (LigdiPaymentRecord) declined = sell (book->ledger, 4000 + day, at + 300);
      g_autoptr (LigdiPaymentRecord) again = ligdi_test_book_make_intent (4000 + day);
      g_autoptr (LigdiPaymentRecord) released = ligdi_payment_record_copy (cash);

      record (book->ledger, paid, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID, at + 400);
      released->released_by = LIGDI_RELEASE_CASH;
      released->settled_by = LIGDI_SETTLEMENT_CASH;
      g_assert_true (ligdi_ledger_settle (book->ledger, cash, released, at + 500, NULL));
      record (book->ledger, wrong, LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH, at + 600);
      record (book->ledger, declined, LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED, at + 700);
      again->created_at = at + 800;
      g_assert_true (
          ligdi_ledger_begin_again (book->ledger, declined, NULL, again, NULL));
      record (book->ledger, again, LIGDI_PAYMENT_EVENT_INVOICE_CREATED, at + 801);
      record (book->ledger, again, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID, at + 900);
      record (book->ledger, released, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID, at + 1000);
      g_assert_true (ligdi_ledger_open_contradiction (book->ledger, paid, at + 1100,
                                                      "confirmed-declined", NULL));
      ligdi_ledger_set_cashier (book->ledger, "Awa", day == 1);
      close_follow_up (book->ledger, wrong, 1, at + 1200);
      close_follow_up (book->ledger, paid, 0, at + 1300);
    }
}

/* Another till writes while this one is opened. */
static void
test_beside_writing (LigdiTestBook *book, gconstpointer data)
{
  fill (book);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (LigdiLedger) second = NULL;
      g_autoptr (LigdiPaymentRecord) payment = NULL;
      g_autoptr (GError) error = NULL;

      payment = sell (book->ledger, 10000 + i, g_get_real_time () / 1000);
      second = ligdi_ledger_open (book->path, &error);
      g_assert_no_error (error);
      record (second, payment, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID, g_get_real_time () / 1000);
    }
  ligdi_test_book_close (book);
  ligdi_test_book_reopen (book);
}

static gboolean
verify (const char *path, gboolean all, LigdiLedgerCount *count, GError **error)
{
  sqlite3 *db = NULL;
  gboolean whole;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  whole = all ? ligdi_ledger_verify_all (db, count, error)
              : ligdi_ledger_verify_recent (db, error);
  sqlite3_close (db);
  return whole;
}

static void
test_whole (LigdiTestBook *book, gconstpointer data)
{
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;
  g_autofree char *days = NULL;

  g_assert_true (verify (book->path, TRUE, &count, &error));
  g_assert_cmpint (count.n_lines, ==, 0);

  fill (book);
  g_assert_true (verify (book->path, TRUE, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count.n_sales, ==, 12);
  g_assert_cmpint (count.n_payments, ==, 15);
  g_assert_cmpint (count.n_days, ==, 2);
  g_assert_true (verify (book->path, FALSE, NULL, &error));

  days = ligdi_test_book_query_text (
      book->path, "SELECT n_paid || ' ' || takings FROM seal ORDER BY id");
  g_assert_cmpstr (days, ==, "3 7001\n3 7004");
  ligdi_test_book_close (book);
  ligdi_test_book_reopen (book);
}

/* No secret goes into the journal, though a change of one would be found. */
static void
test_no_secrets (LigdiTestBook *book, gconstpointer data)
{
  fill (book);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment_event WHERE"
                                                      " changes LIKE '%token-%'"
                                                      " OR changes LIKE '%gateway.example/t%'"),
                   ==, 0);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment_event WHERE"
                                                      " changes LIKE '%token digest=%'"),
                   ==, 15);
}

/* A clock that was set back opens no day again, and loses none. */
static void
test_clock (LigdiTestBook *book, gconstpointer data)
{
  gint64 at = G_GINT64_CONSTANT (1760000000000);
  const gint64 days[] = { 0, 1, 0, 0, 1, 2 };
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (LigdiPaymentRecord) payment
          = sell (book->ledger, 100 + i, at + days[i] * DAY_MS + i * 100);

      record (book->ledger, payment, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID,
              at + days[i] * DAY_MS + i * 100 + 50);
    }
  g_assert_true (verify (book->path, TRUE, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count.n_days, ==, 3);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT sum (takings) FROM seal"), ==,
                   100 + 101 + 102 + 103 + 104);
}

/* By name: what is done, what is said, and whether a mere opening sees it. */
static const struct
{
  const char *name;
  const char *sql;
  const char *said;
  gboolean at_opening;
} damages[] = {
  { "line-changed", "UPDATE payment_event SET note = 'x' WHERE id = 3",
    "journal line 3 is not what was written", FALSE },
  { "line-moved", "UPDATE payment_event SET at = at + 1 WHERE id = 3",
    "journal line 3 is not what was written", FALSE },
  { "cashier", "UPDATE payment_event SET cashier = 'Ali' " FIRST_BY_NAME,
    "is not what was written", FALSE },
  { "nobody", "UPDATE payment_event SET cashier = NULL " FIRST_BY_NAME, "is not what was written",
    FALSE },
  { "somebody", "UPDATE payment_event SET cashier = 'Awa' WHERE id = 1",
    "journal line 1 is not what was written", FALSE },
  { "approved", "UPDATE payment_event SET approved = 1 " FIRST_BY_NAME, "is not what was written",
    FALSE },
  { "charge", "UPDATE sale SET charge = 'A-17' WHERE id = 1", "sale.charge", FALSE },
  { "line-gone", "DELETE FROM payment_event WHERE id = 7", "journal line 7 is missing", FALSE },
  { "first-gone", "DELETE FROM payment_event WHERE id = 1", "journal line 1 is missing", FALSE },
  { "recent-changed",
    "UPDATE payment_event SET changes = 'amount=1' WHERE id = (SELECT max (id) FROM payment_event)",
    "is not what was written", TRUE },
  /* To C it is the same word, to SQL another one: the takings would pass it over. */
  { "behind-a-nul",
    "UPDATE payment_event SET to_state = to_state || char (0) || 'x'"
    " WHERE id = (SELECT max (id) FROM payment_event)",
    "cannot be read", TRUE },
  { "last-gone", "DELETE FROM payment_event WHERE id = (SELECT max (id) FROM payment_event)",
    "is missing", TRUE },
  { "line-added",
    "INSERT INTO payment_event (payment, at, what, to_state) VALUES (1, 1, 'attempt', 'paid')",
    "is not what was written", TRUE },
  { "sealed-line-changed",
    "UPDATE payment_event SET hash = 'x' WHERE id = (SELECT last_line FROM seal WHERE id = 2)",
    "is not what was written", TRUE },
  { "seal-changed", "UPDATE seal SET takings = takings - 1 WHERE id = 2", "the seal of ", TRUE },
  { "old-seal-changed", "UPDATE seal SET takings = takings - 1 WHERE id = 1", "the seal of ",
    FALSE },
  { "seal-gone", "DELETE FROM seal WHERE id = 1", "the seal of ", TRUE },
  { "amount", "UPDATE payment SET amount = 999 WHERE id = 2", "“amount” is not what was written",
    FALSE },
  { "state", "UPDATE payment SET state = 'declined' WHERE id = 1",
    "“state” is not what was written", FALSE },
  { "page", "UPDATE payment SET page_url = 'https://evil.example/' WHERE id = 2",
    "“page digest” is not what was written", FALSE },
  { "state-behind-a-nul", "UPDATE payment SET state = state || char (0) || 'x' WHERE id = 1",
    "“state” is not what was written", FALSE },
  { "word-not-ours", "UPDATE payment SET last_answer = 'x' WHERE id = 2",
    "a payment's row holds an unknown word", FALSE },
  { "payer", "UPDATE payment SET payer = NULL WHERE id = 1", "“payer” is not what was written",
    FALSE },
  { "release", "UPDATE payment SET released_by = NULL WHERE id = 2",
    "“released_by” is not what was written", FALSE },
  { "settled", "UPDATE sale SET settled_by = 'cash' WHERE id = 1",
    "“sale.settled_by” is not what was written", FALSE },
  { "line-of-sale", "UPDATE sale_line SET unit_price = 1 WHERE sale = 1",
    "“sale.unit_price 0” is not what was written", FALSE },
  { "line-of-sale-added", "INSERT INTO sale_line VALUES (1, 1, 'x', 1, 1)", "“sale.label 1”",
    FALSE },
  { "follow-up-closed", "UPDATE follow_up SET closed_at = 1, reason = 'x' WHERE id = 2",
    "“follow_up.closed_at 2” is not what was written", FALSE },
  { "counted", "UPDATE follow_up SET counted = 2 WHERE id = 1",
    "“follow_up.counted 1” is not what was written", FALSE },
  { "follow-up-gone", "DELETE FROM follow_up WHERE id = 1", "“follow_up 1” is not what was written",
    FALSE },
  { "before-the-first",
    "UPDATE follow_up SET closed_at = 1, reason = 'seen' WHERE id = 2;"
    "INSERT INTO payment_event (id, payment, at, what, to_state, changes) SELECT -1, payment, 1,"
    " 'attempt', 'disputed', 'follow_up.closed_at 2=1' || char (10) || 'follow_up.reason 2=seen'"
    " FROM follow_up WHERE id = 2",
    "something was put in", TRUE },
  { "last-seal-gone", "DELETE FROM seal WHERE id = (SELECT max (id) FROM seal)",
    "something was put in or taken out", TRUE },
  { "payment-gone", "DELETE FROM payment WHERE id = 2", "payment 2 is missing", FALSE },
  { "sale-gone", "DELETE FROM sale WHERE id = 2", "payment 2 is missing", FALSE },
  { "one-in-one-out",
    "DELETE FROM seal WHERE id = (SELECT max (id) FROM seal);"
    "INSERT INTO payment_event (id, payment, at, what, to_state) VALUES (-1, 1, 1, 'x', 'paid')",
    "something was put in or taken out", TRUE },
  { "last-follow-up-gone", "DELETE FROM follow_up WHERE id = (SELECT max (id) FROM follow_up)",
    "something was put in or taken out", TRUE },
  { "payment-added",
    "INSERT INTO payment SELECT 99, sale, 'LGD-X', 'LGD-X-0', amount, state, token, page_url,"
    " return_url, cancel_url, base_url, exit, 'cash', last_answer, n_checks, n_pending, created_at,"
    " left_at, checked_at, next_check_at, verdict_at, amount_received, operator_name, payer,"
    " request_id, refusal, owner, opening FROM payment WHERE id = 1",
    "LGD-X is not in the journal", FALSE },
  { "payments-counter", "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'payment'",
    "something was put in or taken out", TRUE },
  { "sale-added", "INSERT INTO sale (created_at, n_items, total) VALUES (1, 1, 1)",
    "ticket 13 is not in the journal", FALSE },
};

static void
test_damage (LigdiTestBook *book, gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  g_autofree char *sql = g_strconcat (UNLOCK, damages[which].sql, NULL);
  LigdiLedgerCount count;
  g_autoptr (GError) recent = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = NULL;

  fill (book);
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, sql));

  g_assert_false (verify (book->path, TRUE, &count, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
  if (strstr (error->message, damages[which].said) == NULL)
    g_error ("%s", error->message);

  g_assert_cmpint (verify (book->path, FALSE, NULL, &recent), ==, !damages[which].at_opening);
  ledger = ligdi_ledger_open (book->path, NULL);
  g_assert_cmpint (ledger != NULL, ==, !damages[which].at_opening);
}

/* A damaged file may hold nothing where the schema wants something: it is said to be damaged, and
 * nobody works with what is not there. */
static void
test_nulls (LigdiTestBook *book, gconstpointer data)
{
  static const char *const columns[][2] = {
    { "payment", "reference" },  { "payment", "transaction_id" }, { "payment", "return_url" },
    { "payment", "cancel_url" }, { "payment", "base_url" },       { "payment_event", "what" },
    { "sale_line", "label" },
  };

  fill (book);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *table = columns[i][0];
      const char *column = columns[i][1];
      g_autofree char *loosen = g_strdup_printf (
          UNLOCK "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET"
                 " sql = replace (sql, '%s TEXT NOT NULL', '%s TEXT') WHERE name = '%s'",
          column, column, table);
      g_autofree char *damage
          = g_strdup_printf ("UPDATE %s SET %s = NULL WHERE rowid = 1", table, column);
      g_autofree char *path = g_strdup_printf ("%s.%u", book->path, i);
      g_autofree char *bytes = NULL;
      gsize length;
      g_autoptr (LigdiLedger) ledger = NULL;
      g_autoptr (GError) error = NULL;

      ligdi_test_book_close (book);
      g_assert_true (g_file_get_contents (book->path, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      g_assert_true (ligdi_test_book_execute (path, loosen));
      g_assert_true (ligdi_test_book_execute (path, damage));
      ledger = ligdi_ledger_open_to_read (path, &error);
      g_assert_no_error (error);
      if (g_str_equal (table, "payment"))
        g_assert_null (ligdi_ledger_list_between (ledger, 0, G_MAXINT64, &error));
      else if (g_str_equal (table, "payment_event"))
        g_assert_null (ligdi_ledger_list_events (ledger, 1, &error));
      else
        g_assert_null (ligdi_ledger_load_sale (ledger, 1, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
    }
}

/* A disk that does not give what it holds, from one reading on, once or for good. */
static sqlite3_vfs *sound_disk;
static sqlite3_io_methods unsound_methods;
static int (*sound_read) (sqlite3_file *, void *, int, sqlite3_int64);
static guint n_reads;
static guint first_failing;
static guint last_failing;

static int
fail_to_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  n_reads++;
  if (n_reads >= first_failing && n_reads <= last_failing)
    return SQLITE_IOERR_READ;
  return sound_read (file, bytes, length, offset);
}

static int
open_unsound (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  int code = sound_disk->xOpen (sound_disk, path, file, flags, out_flags);

  if (code != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0)
    return code;
  unsound_methods = *file->pMethods;
  sound_read = unsound_methods.xRead;
  unsound_methods.xRead = fail_to_read;
  file->pMethods = &unsound_methods;
  return code;
}

/* Whoever is told that the ledger is not what was written looks for a thief, or goes back to a
 * backup. */
static void
test_unreadable (LigdiTestBook *book, gconstpointer data)
{
  sqlite3_vfs unsound_disk;
  LigdiLedgerCount count;
  gboolean whole = FALSE;

  fill (book);
  ligdi_test_book_close (book);
  sound_disk = sqlite3_vfs_find (NULL);
  unsound_disk = *sound_disk;
  unsound_disk.zName = "unsound";
  unsound_disk.pNext = NULL;
  unsound_disk.xOpen = open_unsound;
  g_assert_cmpint (sqlite3_vfs_register (&unsound_disk, TRUE), ==, SQLITE_OK);
  for (first_failing = 1; !whole; first_failing++)
    for (guint for_good = 0; for_good < 2; for_good++)
      {
        g_autoptr (GError) error = NULL;

        n_reads = 0;
        last_failing = for_good ? G_MAXUINT : first_failing;
        whole = ligdi_ledger_verify_file (book->path, &count, &error);
        if (!whole)
          g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
        g_assert_true (whole == (n_reads < first_failing));
      }
  sqlite3_vfs_unregister (&unsound_disk);
  g_assert_cmpuint (first_failing, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/verify/whole", LigdiTestBook, NULL, ligdi_test_book_set_up, test_whole,
              ligdi_test_book_tear_down);
  g_test_add ("/ledger/verify/no-secrets", LigdiTestBook, NULL, ligdi_test_book_set_up,
              test_no_secrets, ligdi_test_book_tear_down);
  g_test_add ("/ledger/verify/clock", LigdiTestBook, NULL, ligdi_test_book_set_up, test_clock,
              ligdi_test_book_tear_down);
  g_test_add ("/ledger/verify/beside-writing", LigdiTestBook, NULL, ligdi_test_book_set_up,
              test_beside_writing, ligdi_test_book_tear_down);
  g_test_add ("/ledger/verify/unreadable", LigdiTestBook, NULL, ligdi_test_book_set_up,
              test_unreadable, ligdi_test_book_tear_down);
  g_test_add ("/ledger/verify/nulls", LigdiTestBook, NULL, ligdi_test_book_set_up, test_nulls,
              ligdi_test_book_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/ledger/verify/damage/", damages[i].name, NULL);

      g_test_add (path, LigdiTestBook, GUINT_TO_POINTER (i), ligdi_test_book_set_up, test_damage,
                  ligdi_test_book_tear_down);
    }
  return g_test_run ();
}
