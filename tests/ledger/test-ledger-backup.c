/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-backup.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-book.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A copy is whole or not there, and nothing is ever written over. */

static char *
name_backup (LigdiTestBook *book)
{
  return g_build_filename (book->folder, "backup.sqlite", NULL);
}

static void
sell (LigdiTestBook *book, gint64 amount)
{
  ligdi_payment_record_free (ligdi_test_book_begin (book->ledger, amount));
}

static guint
count_files (LigdiTestBook *book, const char *like)
{
  g_autoptr (GDir) folder = g_dir_open (book->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, like) != NULL)
      n++;
  return n;
}

/* While the till has it open, and sells. */
static void
test_back_up (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  LigdiLedgerCount count;
  GStatBuf status;
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, &error));
  g_assert_no_error (error);
  sell (book, 600);
  g_assert_true (ligdi_ledger_verify_file (backup, &count, NULL));
  g_assert_cmpint (count.n_sales, ==, 1);
  g_assert_cmpint (g_stat (backup, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (book, "backup"), ==, 1);

  g_assert_false (ligdi_ledger_back_up (book->path, backup, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_true (ligdi_ledger_verify_file (backup, &count, NULL));
  g_assert_cmpint (count.n_sales, ==, 1);
}

/* What SQLite takes for something else than a file's name is a file's name all the same. */
static void
test_names (LigdiTestBook *book, gconstpointer data)
{
  static const char *const names[] = { "file:copy?mode=memory", ":memory:", "copy %41.sqlite" };
  g_autofree char *here = g_get_current_dir ();
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_cmpint (g_chdir (book->folder), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (ligdi_ledger_verify_file (names[i], &count, &error));
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
      g_clear_error (&error);
      g_assert_true (ligdi_ledger_back_up (book->path, names[i], &error));
      g_assert_no_error (error);
      g_assert_true (g_file_test (names[i], G_FILE_TEST_IS_REGULAR));
      g_assert_true (ligdi_ledger_verify_file (names[i], &count, &error));
      g_assert_no_error (error);
      g_assert_cmpint (count.n_sales, ==, 1);
    }
  g_assert_false (ligdi_ledger_verify_file ("", &count, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  g_assert_cmpint (g_chdir (here), ==, 0);
}

static void
test_no_room (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (book->folder, "no-folder", "backup.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (ligdi_ledger_back_up (book->path, nowhere, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
}

/* A broken ledger is not copied as if it were whole. */
static void
test_broken (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "UPDATE payment SET amount = 1"));
  g_assert_false (ligdi_ledger_back_up (book->path, backup, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
  g_assert_cmpuint (count_files (book, "backup"), ==, 0);
}

static void
test_restore (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (LigdiLedger) other = NULL;
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));

  /* While a till is open, nothing. */
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED);
  g_clear_error (&error);

  /* Over the same ledger, or none at all. */
  ligdi_test_book_close (book);
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (book, ".before-"), >=, 1);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));

  /* It goes on from there. */
  ligdi_test_book_reopen (book);
  sell (book, 600);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT max (id) FROM sale"), ==, 2);

  /* What was sold since would be lost. */
  ligdi_test_book_close (book);
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM sale"), ==, 2);
}

/* Two ledgers that were one until they parted: neither replaces the other. */
static void
test_parted (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autofree char *later = g_strconcat (backup, ".later", NULL);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  sell (book, 600);
  g_assert_true (ligdi_ledger_back_up (book->path, later, NULL));
  ligdi_test_book_close (book);
  g_unlink (book->path);
  g_assert_true (ligdi_ledger_restore (backup, book->path, NULL));
  ligdi_test_book_reopen (book);
  sell (book, 700);
  ligdi_test_book_close (book);
  g_assert_false (ligdi_ledger_restore (later, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
}

/* A ledger that cannot be read is kept, and replaced. */
static void
test_over_broken (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  ligdi_test_book_close (book);
  g_assert_true (g_file_set_contents (book->path, "no ledger any more", -1, NULL));
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (book, ".before-"), >=, 1);
  ligdi_test_book_reopen (book);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM sale"), ==, 1);
}

/* A log without its ledger holds the last sales: it is kept, and not poured into the copy. */
static void
test_log_without_ledger (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autofree char *log = g_strconcat (book->path, "-wal", NULL);
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  ligdi_test_book_close (book);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  g_assert_true (g_file_set_contents (log, "what was sold last", -1, NULL));
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (book, ".before-"), >=, 1);
  g_assert_true (ligdi_ledger_verify_file (book->path, &count, NULL));
}

static void
sell_and_die (LigdiTestBook *book, const char *backup)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      ligdi_test_book_reopen (book);
      sell (book, 600);
      if (!ligdi_ledger_back_up (book->path, backup, NULL))
        _exit (1);
      /* Without a goodbye: the sale is in the log. */
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

/* Whoever is killed while the old ledger is put aside leaves all of it in one file. */
static void
test_log_is_poured_in (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autofree char *log = g_strconcat (book->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  ligdi_test_book_close (book);
  sell_and_die (book, backup);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (book, ".before-"), ==, 1);
  g_assert_cmpuint (count_files (book, "-wal"), ==, 0);
}

/* One line that is wrong takes nothing away from the others. */
static void
test_over_tampered (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  sell (book, 600);
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (book->path, "DROP TRIGGER payment_event_stays;"
                                                      "UPDATE payment_event SET note = 'x'"));
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_STATE);
  g_assert_cmpint (ligdi_test_book_query (book->path, "SELECT count (*) FROM sale"), ==, 2);
  g_assert_cmpuint (count_files (book, ".before-"), ==, 0);
}

/* A second till that does not hold the watch is a till too. */
static void
test_second_till (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (LigdiLedger) second = ligdi_ledger_open (book->path, NULL);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  ligdi_test_book_close (book);
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED);
}

/* A link to a disk that is not there is no empty place. */
static void
test_dangling_link (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autofree char *nowhere = g_build_filename (book->folder, "no-disk", "ledger.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  ligdi_test_book_close (book);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  g_assert_cmpint (symlink (nowhere, book->path), ==, 0);
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER);
  g_assert_true (g_file_test (book->path, G_FILE_TEST_IS_SYMLINK));
}

/* A backup that was tampered with is none. */
static void
test_from_broken (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = name_backup (book);
  g_autoptr (GError) error = NULL;

  sell (book, 500);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  ligdi_test_book_close (book);
  g_assert_true (ligdi_test_book_execute (backup, "UPDATE payment SET amount = 1"));
  g_assert_false (ligdi_ledger_restore (backup, book->path, &error));
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT);
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
  add ("/ledger/backup/back-up", test_back_up);
  add ("/ledger/backup/names", test_names);
  add ("/ledger/backup/no-room", test_no_room);
  add ("/ledger/backup/broken", test_broken);
  add ("/ledger/backup/restore", test_restore);
  add ("/ledger/backup/parted", test_parted);
  add ("/ledger/backup/over-broken", test_over_broken);
  add ("/ledger/backup/log-without-ledger", test_log_without_ledger);
  add ("/ledger/backup/log-is-poured-in", test_log_is_poured_in);
  add ("/ledger/backup/over-tampered", test_over_tampered);
  add ("/ledger/backup/second-till", test_second_till);
  add ("/ledger/backup/dangling-link", test_dangling_link);
  add ("/ledger/backup/from-broken", test_from_broken);
  return g_test_run ();
}
