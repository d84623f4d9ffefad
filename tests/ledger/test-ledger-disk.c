/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-book.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* Disks that are full, may not be written, or fail. Each in a child process, because a process
 * cannot undo what is done to it here. */

#define DISK_KB 512

static void
run_or_skip (LigdiTestBody body, gpointer user_data)
{
  int status = ligdi_test_run_child (body, user_data);

  if (status == LIGDI_TEST_CHILD_SKIPS)
    g_test_skip ("this machine does not permit a disk of one's own");
  else
    g_assert_cmpint (status, ==, 0);
}

static void
fill_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  char block[512] = { 0 };
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, block, sizeof block) > 0)
    continue;
  close (fd);
}

static void
empty_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Sells until there is no more room; answers how many sales there are then. */
static gint64
sell_until_full (LigdiTestBook *book)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  ligdi_sale_add (sale, "Riz 5 kg", 1, 500);
  for (gint64 n_sales = 0;; n_sales++)
    {
      g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (500);
      g_autoptr (GError) error = NULL;

      if (!ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, &error))
        {
          g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_FULL);
          return n_sales;
        }
    }
}

static int
run_full_disk (gpointer user_data)
{
  LigdiTestBook *book = user_data;
  g_autoptr (LigdiPaymentRecord) first = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_sales;

  if (!ligdi_test_mount_small_disk (book->folder, DISK_KB))
    return LIGDI_TEST_CHILD_SKIPS;
  ligdi_test_book_reopen (book);
  first = ligdi_test_book_begin_at (book->ledger, 500, LIGDI_PAYMENT_STATE_AWAITING);
  fill_disk (book->folder);
  n_sales = sell_until_full (book);
  /* A verdict that cannot be written is not taken. */
  while (ligdi_test_book_step (book->ledger, first, LIGDI_PAYMENT_EVENT_CUSTOMER_RETURNED, &error)
         && ligdi_test_book_step (book->ledger, first, LIGDI_PAYMENT_EVENT_PAGE_REOPENED, &error))
    continue;
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_FULL);
  /* What was written is there, and can be read on a full disk. */
  records = ligdi_ledger_list_between (book->ledger, 0, G_MAXINT64, NULL);
  g_assert_cmpint (records->len, ==, n_sales + 1);

  empty_disk (book->folder);
  g_assert_true (ligdi_test_book_step (book->ledger, first, LIGDI_PAYMENT_EVENT_CONFIRMED_PAID,
                                       NULL));
  ligdi_test_book_reopen (book);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = ligdi_ledger_list_between (book->ledger, 0, G_MAXINT64, NULL);
  g_assert_cmpint (records->len, ==, n_sales + 1);
  ligdi_test_book_close (book);
  return 0;
}

static void
test_full_disk (LigdiTestBook *book, gconstpointer data)
{
  ligdi_test_book_close (book);
  run_or_skip (run_full_disk, book);
}

static int
run_full_from_the_start (gpointer user_data)
{
  LigdiTestBook *book = user_data;
  g_autoptr (GError) error = NULL;

  if (!ligdi_test_mount_small_disk (book->folder, DISK_KB))
    return LIGDI_TEST_CHILD_SKIPS;
  fill_disk (book->folder);
  g_assert_null (ligdi_ledger_open (book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_FULL);
  /* With room, it is a new shop all the same. */
  empty_disk (book->folder);
  ligdi_test_book_reopen (book);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  return 0;
}

static void
test_full_from_the_start (LigdiTestBook *book, gconstpointer data)
{
  ligdi_test_book_close (book);
  run_or_skip (run_full_from_the_start, book);
}

static int
run_full_when_opened (gpointer user_data)
{
  LigdiTestBook *book = user_data;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = NULL;

  if (!ligdi_test_mount_small_disk (book->folder, DISK_KB))
    return LIGDI_TEST_CHILD_SKIPS;
  ligdi_test_book_reopen (book);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  fill_disk (book->folder);
  before = ligdi_test_hash_file (book->path);
  ledger = ligdi_ledger_open (book->path, &error);
  g_assert_null (ledger);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_FULL);
  after = ligdi_test_hash_file (book->path);
  g_assert_cmpstr (after, ==, before);
  empty_disk (book->folder);
  ligdi_test_book_reopen (book);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment"), ==, 1);
  ligdi_test_book_close (book);
  return 0;
}

static void
test_full_when_opened (LigdiTestBook *book, gconstpointer data)
{
  ligdi_test_book_close (book);
  run_or_skip (run_full_when_opened, book);
}

static int
run_read_only (gpointer user_data)
{
  LigdiTestBook *book = user_data;
  g_autofree char *fresh = g_build_filename (book->folder, "fresh.sqlite", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) fresh_error = NULL;

  if (!ligdi_test_mount_small_disk (book->folder, DISK_KB))
    return LIGDI_TEST_CHILD_SKIPS;
  ligdi_test_book_reopen (book);
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  if (!ligdi_test_make_disk_read_only (book->folder))
    return LIGDI_TEST_CHILD_SKIPS;
  before = ligdi_test_hash_file (book->path);
  g_assert_null (ligdi_ledger_open (book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  g_assert_null (ligdi_ledger_open (fresh, &fresh_error));
  g_assert_error (fresh_error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  after = ligdi_test_hash_file (book->path);
  g_assert_cmpstr (after, ==, before);
  return 0;
}

static void
test_read_only (LigdiTestBook *book, gconstpointer data)
{
  ligdi_test_book_close (book);
  run_or_skip (run_read_only, book);
}

/* Writes that fail at some length, as on a disk with a quota: the step is refused, and the file
 * stays sound. Needs no permission of the machine. */
static int
run_limited (gpointer user_data)
{
  LigdiTestBook *book = user_data;
  struct rlimit limit;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  guint n_sales = 0;
  gboolean sold = TRUE;

  ligdi_test_book_reopen (book);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = 200 * 1024;
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return LIGDI_TEST_CHILD_SKIPS;
  ligdi_sale_add (sale, "Riz 5 kg", 1, 500);
  while (sold)
    {
      g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_make_intent (500);
      g_autoptr (GError) error = NULL;

      sold = ligdi_ledger_begin_sale (book->ledger, sale, record, NULL, &error);
      n_sales += sold;
      if (!sold)
        g_assert_true (error->domain == LIGDI_ERROR
                       && (error->code == LIGDI_ERROR_LEDGER || error->code == LIGDI_ERROR_LEDGER_FULL));
    }
  g_assert_cmpuint (n_sales, >, 0);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment"), ==, n_sales);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM sale"), ==, n_sales);
  /* A stop in this very state. */
  kill (getpid (), SIGKILL);
  return 1;
}

static void
test_limited (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *verdict = NULL;
  int status;

  ligdi_test_book_close (book);
  status = ligdi_test_run_child (run_limited, book);
  if (status == LIGDI_TEST_CHILD_SKIPS)
    {
      g_test_skip ("this machine does not permit a limit");
      return;
    }
  g_assert_cmpint (status, ==, 128 + SIGKILL);
  ligdi_test_book_reopen (book);
  verdict = ligdi_test_book_query_text (book->path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment"), ==,
                   ligdi_test_book_query (book->path, "SELECT count (*) FROM sale"));
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
}

/* Every sale that was begun is there after a stop without warning. */
static int
run_killed (gpointer user_data)
{
  LigdiTestBook *book = user_data;

  ligdi_test_book_reopen (book);
  for (guint i = 0; i < 25; i++)
    ligdi_payment_record_free (
        ligdi_test_book_begin_at (book->ledger, 500, LIGDI_PAYMENT_STATE_AWAITING));
  kill (getpid (), SIGKILL);
  return 1;
}

static void
test_killed (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (GPtrArray) orphans = NULL;

  ligdi_test_book_close (book);
  g_assert_cmpint (ligdi_test_run_child (run_killed, book), ==, 128 + SIGKILL);
  ligdi_test_book_reopen (book);
  orphans = ligdi_ledger_list_orphans (book->ledger, NULL);
  g_assert_cmpuint (orphans->len, ==, 25);
  for (guint i = 0; i < orphans->len; i++)
    {
      const LigdiPaymentRecord *record = g_ptr_array_index (orphans, i);

      g_assert_cmpint (record->state, ==, LIGDI_PAYMENT_STATE_AWAITING);
      g_assert_nonnull (record->token);
      g_assert_nonnull (record->page_url);
    }
}

static void
write_tail (LigdiTestBook *book, const char *bytes, gsize length)
{
  int fd = g_open (book->path, O_WRONLY | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

/* While the log was put away the disk became full, or the power went: of a page at the end of the
 * file there is a part, and in the log the whole. */
static void
test_log_half_put_away (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiTestFolder) elsewhere = ligdi_test_make_folder ();
  g_autofree char *link = g_build_filename (elsewhere, "link.sqlite", NULL);
  g_autofree char *verdict = NULL;
  g_autoptr (GError) error = NULL;

  ligdi_test_book_close (book);
  g_assert_cmpint (ligdi_test_run_child (run_killed, book), ==, 128 + SIGKILL);
  write_tail (book, "a part", strlen ("a part"));
  /* The log is not beside a link. */
  g_assert_cmpint (symlink (book->path, link), ==, 0);
  book->ledger = ligdi_ledger_open (link, &error);
  g_assert_no_error (error);
  verdict = ligdi_test_book_query_text (book->path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment"), ==, 25);
}

/* The log is whole, and does not have all that was cut off the file. */
static void
test_cut_off_beside_log (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *log = g_strconcat (book->path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  GStatBuf status;

  for (guint i = 0; i < 100; i++)
    ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, 500));
  ligdi_test_book_close (book);
  g_assert_true (g_file_get_contents (book->path, &bytes, &length, NULL));
  g_assert_cmpint (ligdi_test_run_child (run_killed, book), ==, 128 + SIGKILL);
  for (gsize cut = length / 2; cut > length / 4; cut -= 3079)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (book->path, bytes, (gssize) cut, NULL));
      g_assert_null (ligdi_ledger_open (book->path, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
    }
  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 0);
  g_assert_true (g_file_set_contents (book->path, bytes, (gssize) length, NULL));
  ligdi_test_book_reopen (book);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM payment"), ==, 125);
}

/* The ledger is gone and its log is still there: a new ledger beside it would be filled with
 * pieces of the old one. */
static void
test_log_without_ledger (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *log = g_strconcat (book->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ligdi_test_book_close (book);
  g_assert_cmpint (ligdi_test_run_child (run_killed, book), ==, 128 + SIGKILL);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  before = ligdi_test_hash_file (log);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ligdi_ledger_open (book->path, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
    }
  after = ligdi_test_hash_file (log);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (book->path, G_FILE_TEST_EXISTS));
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
  add ("/ledger/disk/full", test_full_disk);
  add ("/ledger/disk/full-from-the-start", test_full_from_the_start);
  add ("/ledger/disk/full-when-opened", test_full_when_opened);
  add ("/ledger/disk/read-only", test_read_only);
  add ("/ledger/disk/limited", test_limited);
  add ("/ledger/disk/killed", test_killed);
  add ("/ledger/disk/log-half-put-away", test_log_half_put_away);
  add ("/ledger/disk/cut-off-beside-log", test_cut_off_beside_log);
  add ("/ledger/disk/log-without-ledger", test_log_without_ledger);
  return g_test_run ();
}
