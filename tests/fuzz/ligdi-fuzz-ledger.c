/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-fuzz"

#include "ligdi-fuzz-ledger.h"

#include "ligdi-error.h"
#include "ligdi-ledger-query.h"
#include "ligdi-ledger-sale.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define BEGAN_AT G_GINT64_CONSTANT (1760000000000)

/* Small pages: a small file, in which most bytes mean something. */
#define COMPACT \
  "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL;"

static char *folder;
static char *path;

static void
empty_folder (void)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_remove (file);
    }
}

static void
clean_up (void)
{
  empty_folder ();
  g_rmdir (folder);
  g_free (folder);
  g_free (path);
}

/* In memory where there is some: a ledger is written to the disk at every step. */
static void
make_folder (void)
{
  const char *top = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  const char *asked = g_getenv ("TMPDIR");

  folder = g_build_filename (asked != NULL ? asked : top, "ligdipay-fuzz-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (folder));
  path = g_build_filename (folder, "ledger.sqlite", NULL);
  atexit (clean_up);
}

static void
execute (const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static GByteArray *
take_file (void)
{
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  empty_folder ();
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

static LigdiPaymentRecord *
make_record (guint number, gint64 at, gint64 amount)
{
  LigdiPaymentRecord *record = ligdi_payment_record_new ();

  record->reference = g_strdup_printf ("LGD-2222-333%u", number);
  record->transaction_id = g_strdup_printf ("LGD-2222-333%u-0123456789abcdef", number);
  record->amount = amount;
  record->return_url = g_strdup ("https://ligdipay.invalid/return/x");
  record->cancel_url = g_strdup ("https://ligdipay.invalid/cancel/x");
  record->base_url = g_strdup ("https://app.ligdicash.com");
  record->created_at = at;
  return record;
}

static void
step (LigdiLedger *ledger, LigdiPaymentRecord *record, gint64 at, LigdiPaymentEvent event)
{
  g_autoptr (LigdiPaymentRecord) old = ligdi_payment_record_copy (record);
  g_autoptr (GError) error = NULL;

  ligdi_payment_record_apply (record, event, &error);
  g_assert_no_error (error);
  if (event == LIGDI_PAYMENT_EVENT_INVOICE_CREATED)
    {
      record->token = g_strdup_printf ("token-of-%s", record->reference);
      record->page_url = g_strconcat ("https://client.ligdicash.com/", record->token, NULL);
    }
  if (event >= LIGDI_PAYMENT_EVENT_CONFIRMED_PAID)
    {
      record->verdict_at = at;
      record->amount_received = record->amount;
      record->operator_name = g_strdup ("ORANGE");
      record->payer = g_strdup ("22670000000");
    }
  ligdi_ledger_record (ledger, old, record, at, ligdi_payment_event_to_nick (event), NULL, &error);
  g_assert_no_error (error);
}

/* A sale with a payment that the gateway says this of. */
static void
sell (LigdiLedger *ledger, guint number, gint64 at, LigdiPaymentEvent verdict)
{
  gint64 amount = 250 * (gint64) (number + 1);
  g_autoptr (LigdiPaymentRecord) record = make_record (number, at, amount);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;

  ligdi_sale_add (sale, "Sel", 1, 250);
  if (number > 0)
    ligdi_sale_add (sale, "Riz", number, 250);
  ligdi_ledger_begin_sale (ledger, sale, record, NULL, &error);
  g_assert_no_error (error);
  step (ledger, record, at + 1000, LIGDI_PAYMENT_EVENT_INVOICE_CREATED);
  step (ledger, record, at + 2000, verdict);
}

/* Three days, of which two are sealed. */
static GByteArray *
make_current (void)
{
  g_autoptr (GError) error = NULL;
  LigdiLedger *ledger;

  empty_folder ();
  ledger = ligdi_ledger_open (path, &error);
  g_assert_no_error (error);
  sell (ledger, 0, BEGAN_AT, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  sell (ledger, 1, BEGAN_AT + 60000, LIGDI_PAYMENT_EVENT_CONFIRMED_DECLINED);
  sell (ledger, 2, BEGAN_AT + DAY_MS, LIGDI_PAYMENT_EVENT_CONFIRMED_MISMATCH);
  sell (ledger, 3, BEGAN_AT + DAY_MS + 60000, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  sell (ledger, 4, BEGAN_AT + 2 * DAY_MS, LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED);
  sell (ledger, 5, BEGAN_AT + 2 * DAY_MS + 60000, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID);
  g_assert_finalize_object (ledger);
  execute ("UPDATE payment SET owner = 'nobody';" COMPACT);
  return take_file ();
}

static GByteArray *
make_old (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  g_file_get_contents (LIGDI_FUZZ_OLD_LEDGER, &sql, NULL, &error);
  g_assert_no_error (error);
  empty_folder ();
  execute (sql);
  execute (COMPACT);
  return take_file ();
}

/**
 * ligdi_fuzz_ledger_get_folder:
 *
 * Returns: (transfer none): the folder that all of it happens in
 */
const char *
ligdi_fuzz_ledger_get_folder (void)
{
  if (folder == NULL)
    make_folder ();
  return folder;
}

/**
 * ligdi_fuzz_ledger_get_path:
 *
 * Returns: (transfer none): where the ledger is
 */
const char *
ligdi_fuzz_ledger_get_path (void)
{
  ligdi_fuzz_ledger_get_folder ();
  return path;
}

/**
 * ligdi_fuzz_ledger_get_current:
 *
 * Returns: (transfer none): a ledger of this program
 */
const GByteArray *
ligdi_fuzz_ledger_get_current (void)
{
  static GByteArray *bytes;

  ligdi_fuzz_ledger_get_folder ();
  if (bytes == NULL)
    bytes = make_current ();
  return bytes;
}

/**
 * ligdi_fuzz_ledger_get_old:
 *
 * Returns: (transfer none): a ledger of an older program
 */
const GByteArray *
ligdi_fuzz_ledger_get_old (void)
{
  static GByteArray *bytes;

  ligdi_fuzz_ledger_get_folder ();
  if (bytes == NULL)
    bytes = make_old ();
  return bytes;
}

/**
 * ligdi_fuzz_ledger_put:
 * @data: what the ledger's file shall hold
 * @length: how much that is
 */
void
ligdi_fuzz_ledger_put (const guint8 *data, gsize length)
{
  FILE *file;

  ligdi_fuzz_ledger_get_folder ();
  empty_folder ();
  file = g_fopen (path, "we");
  g_assert_nonnull (file);
  g_assert_true (length == 0 || fwrite (data, length, 1, file) == 1);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
describe_payment (GString *text, const LigdiPaymentRecord *record)
{
  g_string_append_printf (
      text,
      "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%" G_GINT64_FORMAT
      "|%s|%s|%s|%s|%s|%s|%d|%d|%d|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
      "|%s|%s|%s|%s\n",
      record->id, record->ticket, record->n_items, record->reference, record->transaction_id,
      record->amount, ligdi_payment_state_to_nick (record->state), record->token, record->page_url,
      record->return_url, record->cancel_url, record->base_url, (int) record->opening,
      (int) record->exit, (int) record->released_by, record->created_at, record->verdict_at,
      record->amount_received, record->operator_name, record->payer, record->request_id,
      record->refusal);
}

static gboolean
describe_sale (GString *text, LigdiLedger *ledger, gint64 ticket, GError **error)
{
  g_autoptr (LigdiSale) sale = ligdi_ledger_load_sale (ledger, ticket, error);

  if (sale == NULL)
    return FALSE;
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);

      g_string_append_printf (text, "  %s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "\n", line->label,
                              line->quantity, line->unit_price);
    }
  return TRUE;
}

static gboolean
describe_history (GString *text, LigdiLedger *ledger, gint64 payment, GError **error)
{
  g_autoptr (GPtrArray) entries = ligdi_ledger_list_events (ledger, payment, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const LigdiJournalEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "  %" G_GINT64_FORMAT "|%s|%s\n", entry->at, entry->what,
                              entry->note);
    }
  return TRUE;
}

/* What a question straight to the database tells, such as the takings do. */
static gboolean
describe_takings (GString *text)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2 (db,
                               "SELECT count (*), sum (p.amount) FROM payment_event AS e"
                               " JOIN payment AS p ON p.id = e.payment WHERE e.to_state = 'paid'"
                               " UNION ALL SELECT count (*), sum (amount) FROM payment"
                               " WHERE state = 'paid'",
                               -1, &statement, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_string_append_printf (text, "%s: %s\n", (const char *) sqlite3_column_text (statement, 0),
                              (const char *) sqlite3_column_text (statement, 1));
      code = SQLITE_OK;
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return code == SQLITE_DONE;
}

/**
 * ligdi_fuzz_ledger_describe:
 * @error: return location
 *
 * Returns: (transfer full): all that the journal vouches for, or %NULL
 */
char *
ligdi_fuzz_ledger_describe (GError **error)
{
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open_to_read (path, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (ledger != NULL)
    records = ligdi_ledger_list_between (ledger, G_MININT64, G_MAXINT64, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      const LigdiPaymentRecord *record = g_ptr_array_index (records, i);

      describe_payment (text, record);
      if (!describe_sale (text, ledger, record->ticket, error)
          || !describe_history (text, ledger, record->id, error))
        return NULL;
    }
  if (!describe_takings (text))
    g_string_append (text, "no takings\n");
  return g_strdup (text->str);
}
