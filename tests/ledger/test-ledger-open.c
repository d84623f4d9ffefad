/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-private.h"
#include "ligdi-test-book.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_SIZE 4096
/* What the file says about whether there is a log. */
#define HEADER_WRITING 18
#define HEADER_READING 19

static int
get_mode (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

/* The ledger holds tokens: file, log and folders are the owner's alone, whatever the umask. */
static void
test_creates_private (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *inner = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *path = g_build_filename (inner, "ledger.sqlite", NULL);
  mode_t before = umask (0);
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (path, NULL);
  static const char *const endings[] = { "", "-wal", "-shm", ".watch" };
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (ledger, 500);

  umask (before);
  g_assert_cmpint (get_mode (inner), ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_assert_cmpint (get_mode (file), ==, 0600);
    }
}

static void
assert_setting (LigdiTestBook *book, const char *pragma, int expected)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (ligdi_ledger_get_database (book->ledger), pragma, -1,
                                       &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, expected);
  sqlite3_finalize (statement);
}

/* 2 is FULL: with less, a power cut takes back what was committed. */
static void
test_settings (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *mode = ligdi_test_book_query_text (book->path, "PRAGMA journal_mode");

  assert_setting (book, "PRAGMA synchronous", 2);
  assert_setting (book, "PRAGMA foreign_keys", 1);
  assert_setting (book, "PRAGMA trusted_schema", 0);

  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (ligdi_test_book_query (book->path, "PRAGMA user_version"), ==, 6);
  g_assert_cmpint (ligdi_test_book_query (book->path, "PRAGMA application_id"), ==, 0x4c696764);
}

static void
test_reopens (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, LIGDI_PAYMENT_STATE_UNRESOLVED);
  g_autoptr (LigdiPaymentRecord) loaded = NULL;

  ligdi_test_book_reopen (book);
  loaded = ligdi_test_book_load (book->ledger, record->id);
  g_assert_cmpstr (loaded->reference, ==, record->reference);
  g_assert_cmpint (loaded->state, ==, LIGDI_PAYMENT_STATE_UNRESOLVED);
}

/* Refused, for that reason, without a byte changed and without anything left locked. */
static void
assert_refused (const char *path, LigdiError code)
{
  g_autofree char *before = ligdi_test_hash_file (path);
  g_autofree char *after = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      LigdiLedger *ledger = ligdi_ledger_open (path, &error);

      g_assert_null (ledger);
      g_assert_error (error, LIGDI_ERROR, (int) code);
    }
  after = ligdi_test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_newer_schema (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);

  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "PRAGMA user_version = 99"));
  assert_refused (book->path, LIGDI_ERROR_LEDGER_NEWER);
  /* What a newer program notes about its own stop is its own. */
  g_assert_true (ligdi_test_book_execute (book->path, "UPDATE house_keeping SET closed_cleanly = 0"));
  assert_refused (book->path, LIGDI_ERROR_LEDGER_NEWER);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT closed_cleanly FROM house_keeping"),
                   ==, 0);
  g_assert_true (ligdi_test_book_execute (book->path, "PRAGMA user_version = 6"));
  ligdi_test_book_reopen (book);
}

static void
test_foreign_database (void)
{
  static const char *const foreign[] = {
    "CREATE TABLE bookmark (url TEXT)",
    "CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1",
    "CREATE TABLE house_keeping (closed_cleanly INTEGER); INSERT INTO house_keeping VALUES (7)",
    "PRAGMA application_id = 7; CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1",
    "PRAGMA application_id = 7",
    "PRAGMA user_version = 1",
    "PRAGMA application_id = 0x4c696764",
    "PRAGMA application_id = 0x4c696764; PRAGMA user_version = 1",
    "PRAGMA application_id = 0x4c696764; CREATE TABLE bookmark (url TEXT)",
    "PRAGMA user_version = -1; CREATE TABLE bookmark (url TEXT)",
    "CREATE TABLE bookmark (url TEXT); PRAGMA journal_mode = WAL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
      g_autofree char *path = g_build_filename (folder, "ledger.sqlite", NULL);

      g_test_message ("%s", foreign[i]);
      g_assert_true (ligdi_test_book_execute (path, foreign[i]));
      assert_refused (path, LIGDI_ERROR_LEDGER_CORRUPT);
    }
}

static void
test_garbage (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "ledger.sqlite", NULL);
  g_autofree char *zeros = g_malloc0 (8192);
  g_autofree char *letters = g_strnfill (8192, 'x');

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  assert_refused (path, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_true (g_file_set_contents (path, "Notes du jour : 3 sacs de riz.\n", -1, NULL));
  assert_refused (path, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_true (g_file_set_contents (path, zeros, 8192, NULL));
  assert_refused (path, LIGDI_ERROR_LEDGER_CORRUPT);
  memcpy (letters, "SQLite format 3", 16);
  g_assert_true (g_file_set_contents (path, letters, 8192, NULL));
  assert_refused (path, LIGDI_ERROR_LEDGER_CORRUPT);
}

static void
test_truncated (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  for (guint i = 0; i < 20; i++)
    ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  g_assert_true (g_file_get_contents (book->path, &bytes, &length, NULL));
  for (gsize cut = 1; cut < length; cut += cut < 512 ? 97 : 3079)
    {
      g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", cut, length);
      g_assert_true (g_file_set_contents (book->path, bytes, (gssize) cut, NULL));
      assert_refused (book->path, LIGDI_ERROR_LEDGER_CORRUPT);
    }
  g_assert_true (g_file_set_contents (book->path, bytes, (gssize) length, NULL));
  ligdi_test_book_reopen (book);
}

/* A ledger that was emptied is not a new shop: it had customers. */
static void
test_emptied (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);

  ligdi_test_book_close (book);
  g_assert_true (g_file_set_contents (book->path, "", 0, NULL));
  assert_refused (book->path, LIGDI_ERROR_LEDGER_CORRUPT);
}

/* What a program that stopped uncleanly left in the log is still there after a refusal. */
static void
test_refusal_keeps_the_log (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (book->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  sqlite3 *reader = NULL;
  g_autoptr (GError) error = NULL;
  LigdiLedger *second;

  /* A reader that stays keeps the log from being put away. */
  g_assert_cmpint (sqlite3_open (book->path, &reader), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (reader, "BEGIN; SELECT count (*) FROM sale", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "PRAGMA user_version = 99"));
  before = ligdi_test_hash_file (wal);
  second = ligdi_ledger_open (book->path, &error);
  g_assert_null (second);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_NEWER);
  after = ligdi_test_hash_file (wal);
  g_assert_cmpstr (after, ==, before);
  sqlite3_close (reader);
}

static void
test_impossible_paths (void)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *below_file = g_build_filename (folder, "file", "ledger.sqlite", NULL);
  g_autofree char *dangling = g_build_filename (folder, "link", NULL);
  const char *const paths[] = { inner, below_file, dangling, "/proc/ligdipay/ledger.sqlite" };

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (symlink ("nowhere/ledger.sqlite", dangling), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", paths[i]);
      g_assert_null (ligdi_ledger_open (paths[i], &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
    }
}

/* Somebody else has it: not ours to wait for long, nor to break. */
static void
test_locked (LigdiTestBook *book, gconstpointer data)
{
  sqlite3 *other = NULL;
  g_autoptr (GError) error = NULL;
  LigdiLedger *ledger;

  ligdi_test_book_close (book);
  g_assert_cmpint (sqlite3_open (book->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other,
                                 "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;"
                                 "UPDATE gate SET confirmed_at = 1",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  ledger = ligdi_ledger_open (book->path, &error);
  g_assert_null (ledger);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED);
  sqlite3_close (other);
  ligdi_test_book_reopen (book);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT confirmed_at FROM gate"), ==, 0);
}

/* The same while it is open: the step is refused as a whole. */
static void
test_locked_meanwhile (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiPaymentRecord) record
      = ligdi_test_book_begin_at (book->ledger, 500, LIGDI_PAYMENT_STATE_AWAITING);
  sqlite3 *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sqlite3_open (book->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (ligdi_test_book_step (book->ledger, record,
                                        LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED);
  sqlite3_close (other);
  g_assert_true (ligdi_test_book_step (book->ledger, record,
                                       LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED, NULL));
  g_assert_cmpint (
      ligdi_test_book_query (book->path,
                             "SELECT count (*) FROM payment_event WHERE what = 'customer-returned'"),
      ==, 1);
}

#define FIRST_ONES 6

static int
open_and_sell (const char *path, int gate, gboolean as_till)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = NULL;
  char byte;

  if (read (gate, &byte, 1) != 0)
    return 1;
  ledger = as_till ? ligdi_ledger_open (path, &error)
                   : ligdi_ledger_open_beside (path, TRUE, &error);
  if (ledger == NULL)
    g_printerr ("%s\n", error->message);
  else
    ligdi_payment_record_free (ligdi_test_book_begin (ledger, 500));
  return ledger != NULL ? 0 : 2;
}

/* One of them makes the ledger, and the others wait for it: tills, and programs that come and go. */
static void
test_first_at_once (void)
{
  for (guint round = 0; round < 8; round++)
    {
      g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
      g_autofree char *path = g_build_filename (folder, "new", "ledger.sqlite", NULL);
      pid_t children[FIRST_ONES];
      int gate[2];
      int status;

      g_assert_cmpint (pipe (gate), ==, 0);
      for (guint i = 0; i < FIRST_ONES; i++)
        {
          children[i] = fork ();
          if (children[i] > 0)
            continue;
          close (gate[1]);
          _exit (open_and_sell (path, gate[0], i % 3 == 0));
        }
      close (gate[0]);
      /* Now. */
      close (gate[1]);
      for (guint i = 0; i < FIRST_ONES; i++)
        {
          g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
          g_assert_true (WIFEXITED (status));
          g_assert_cmpint (WEXITSTATUS (status), ==, 0);
        }
      g_assert_cmpint (ligdi_test_book_query (path, "SELECT count (*) FROM sale"), ==, FIRST_ONES);
    }
}

static void
add (const char *path, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, test, ligdi_test_book_tear_down);
}

/* A journal that puts back the first page of @bytes, as SQLite writes it. */
static void
write_journal (const char *path, const char *bytes, gsize length)
{
  static const guint8 magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  guint32 numbers[] = { GUINT32_TO_BE (1), 0, GUINT32_TO_BE ((guint32) (length / PAGE_SIZE)),
                        GUINT32_TO_BE (512), GUINT32_TO_BE (PAGE_SIZE) };
  guint32 page = GUINT32_TO_BE (1);
  guint32 sum = 0;
  g_autofree char *name = g_strconcat (path, "-journal", NULL);
  g_autoptr (GByteArray) journal = g_byte_array_new ();

  g_byte_array_append (journal, magic, sizeof magic);
  g_byte_array_append (journal, (const guint8 *) numbers, sizeof numbers);
  g_byte_array_set_size (journal, 512);
  memset (journal->data + sizeof magic + sizeof numbers, 0, 512 - sizeof magic - sizeof numbers);
  g_byte_array_append (journal, (const guint8 *) &page, sizeof page);
  g_byte_array_append (journal, (const guint8 *) bytes, PAGE_SIZE);
  for (int i = PAGE_SIZE - 200; i > 0; i -= 200)
    sum += (guint8) bytes[i];
  sum = GUINT32_TO_BE (sum);
  g_byte_array_append (journal, (const guint8 *) &sum, sizeof sum);
  g_assert_true (g_file_set_contents (name, (const char *) journal->data, journal->len, NULL));
}

/* A restored ledger, and a power cut just when its first till had made the log: the file says that
 * there is one, and the journal that it has never been. */
static void
test_power_cut_at_switch (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *log = g_strconcat (book->path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *after = NULL;
  g_autoptr (LigdiPaymentRecord) record = NULL;
  gsize length;

  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "PRAGMA journal_mode = DELETE"));
  g_assert_true (g_file_get_contents (book->path, &bytes, &length, NULL));
  g_assert_cmpint (bytes[HEADER_READING], ==, 1);
  write_journal (book->path, bytes, length);
  bytes[HEADER_WRITING] = bytes[HEADER_READING] = 2;
  g_assert_true (g_file_set_contents (book->path, bytes, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (log, "a log’s start", -1, NULL));

  ligdi_test_book_reopen (book);
  record = ligdi_test_book_begin (book->ledger, 500);
  ligdi_test_book_close (book);
  g_assert_true (g_file_get_contents (book->path, &after, &length, NULL));
  g_assert_cmpint (after[HEADER_READING], ==, 2);
  g_assert_cmpint (after[HEADER_WRITING], ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/open/creates-private", test_creates_private);
  add ("/ledger/open/settings", test_settings);
  add ("/ledger/open/reopens", test_reopens);
  add ("/ledger/open/newer-schema", test_newer_schema);
  g_test_add_func ("/ledger/open/foreign-database", test_foreign_database);
  g_test_add_func ("/ledger/open/garbage", test_garbage);
  add ("/ledger/open/truncated", test_truncated);
  add ("/ledger/open/emptied", test_emptied);
  add ("/ledger/open/refusal-keeps-the-log", test_refusal_keeps_the_log);
  g_test_add_func ("/ledger/open/impossible-paths", test_impossible_paths);
  g_test_add_func ("/ledger/open/first-at-once", test_first_at_once);
  add ("/ledger/open/power-cut-at-switch", test_power_cut_at_switch);
  add ("/ledger/open/locked", test_locked);
  add ("/ledger/open/locked-meanwhile", test_locked_meanwhile);
  return g_test_run ();
}
