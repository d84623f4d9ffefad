/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-file.h"

#include "ligdi-error.h"
#include "ligdi-ledger-disk.h"
#include "ligdi-ledger-migrations.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-ledger-verify.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The file of a ledger: how it is made, how it is opened, and when it is left alone. */

/* The log as SQLite writes it: a header, then of each page a header and the page. */
#define LOG_HEADER 32
#define LOG_SALT 16
#define LOG_SALT_LENGTH 8
#define LOG_FRAME_HEADER 24
#define LOG_FRAME_SALT 8

#define LOG_PART (64 * 1024)

/* Of the file itself: what it says about whether there is a log. */
#define HEADER_READING 19
#define HEADER_READING_LOG 2

static sqlite3 *
fail (sqlite3 *db)
{
  sqlite3_close (db);
  return NULL;
}

/* For every list of words in a CHECK clause, and there are seven for a payment, SQLite makes a small
 * table of its own each time a row is written, and would take 87 kB from the system and give it back
 * for each. Taken a page at a time, a step of a payment is written in half the time. */
static gpointer
take_pages_one_by_one (gpointer data G_GNUC_UNUSED)
{
  /* Too late where somebody in this process uses SQLite already: then it stays as it is. */
  sqlite3_config (SQLITE_CONFIG_PAGECACHE, NULL, 0, 1);
  return NULL;
}

/* To SQLite, "file:x", ":memory:" and "" are no names of files; with its folder before it, any
 * name is. */
static sqlite3 *
open_database (const char *path, int flags, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  g_autofree char *name = g_canonicalize_filename (path, NULL);
  sqlite3 *db = NULL;
  int code;

  g_once (&once, take_pages_one_by_one, NULL);
  code = sqlite3_open_v2 (name, &db, flags, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, LIGDI_LEDGER_BUSY_TIMEOUT_MS);
      sqlite3_extended_result_codes (db, 1);
      code = sqlite3_exec (db, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;", NULL, NULL,
                           NULL);
    }
  if (code == SQLITE_OK)
    return db;
  ligdi_ledger_set_error (db, code, error);
  return fail (db);
}

/**
 * ligdi_ledger_file_set_error:
 * @error: return location
 * @what: what could not be done
 *
 * Turns errno into the cashier's next move.
 *
 * Returns: %FALSE
 */
gboolean
ligdi_ledger_file_set_error (GError **error, const char *what)
{
  g_set_error (error, LIGDI_ERROR, errno == ENOSPC ? LIGDI_ERROR_LEDGER_FULL : LIGDI_ERROR_LEDGER,
               "%s: %s", what, g_strerror (errno));
  return FALSE;
}

/* A log without its ledger holds somebody's last sales, and would be poured into a new ledger
 * that took the place. */
static gboolean
check_no_log (const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  if (g_stat (log, &status) != 0 || status.st_size == 0)
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                       "the ledger is gone and its log is not");
  return FALSE;
}

/* Made beside its place and moved there when it is whole, so that a file found empty is one
 * that was emptied, and never taken for a new shop's. It holds tokens: nobody else's business. */
static gboolean
create (const char *path, GError **error)
{
  g_autofree char *draft = g_strconcat (path, ".new", NULL);
  sqlite3 *db;
  gboolean success;
  int fd;

  /* What a power cut left of an earlier try. */
  g_unlink (draft);
  fd = g_open (draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return ligdi_ledger_file_set_error (error, "cannot make the ledger");
  close (fd);
  db = open_database (draft, SQLITE_OPEN_READWRITE, error);
  success = db != NULL && ligdi_ledger_migrate (db, error);
  sqlite3_close (db);
  if (success && g_rename (draft, path) != 0)
    success = ligdi_ledger_file_set_error (error, "cannot make the ledger");
  if (!success)
    g_unlink (draft);
  return success;
}

static guint32
read_number (const char *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* The numbers of the pages in the log: those of its frames that carry its own salt. The log is
 * where SQLite says, which is not beside a link to the ledger. */
static GHashTable *
list_pages_in_log (sqlite3 *db, gint64 page_size)
{
  GHashTable *pages = g_hash_table_new (NULL, NULL);
  const char *log = sqlite3_filename_wal (sqlite3_db_filename (db, "main"));
  g_autofree char *bytes = NULL;
  gsize step = LOG_FRAME_HEADER + (gsize) page_size;
  gsize length;

  if (!g_file_get_contents (log, &bytes, &length, NULL))
    return pages;
  for (gsize at = LOG_HEADER; at + step <= length; at += step)
    if (memcmp (bytes + at + LOG_FRAME_SALT, bytes + LOG_SALT, LOG_SALT_LENGTH) == 0)
      g_hash_table_add (pages, GUINT_TO_POINTER (read_number (bytes + at)));
  return pages;
}

static gboolean
check_pages (sqlite3 *db, const char *path, gint64 page_size, gint64 n_pages, GError **error)
{
  g_autoptr (GHashTable) in_log = NULL;
  GStatBuf status;
  gint64 missing;

  if (g_stat (path, &status) != 0)
    return ligdi_ledger_file_set_error (error, "cannot open the ledger");
  missing = status.st_size / page_size + 1;
  if (status.st_size % page_size == 0 && missing > n_pages)
    return TRUE;
  in_log = list_pages_in_log (db, page_size);
  while (missing <= n_pages && g_hash_table_contains (in_log, GUINT_TO_POINTER ((guint) missing)))
    missing++;
  if (missing == n_pages + 1 && g_hash_table_size (in_log) > 0)
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT, "the file was cut off");
  return FALSE;
}

/* SQLite writes whole pages, and takes a part of one at the end for a page of zeros. A full disk
 * and a power cut leave a part of one, too, but then the whole of it is in the log. */
static gboolean
check_length (sqlite3 *db, const char *path, GError **error)
{
  gint64 page_size;
  gint64 n_pages;
  gboolean whole;

  /* As of one moment: another till may put its log away. */
  if (!ligdi_ledger_execute (db, error, "BEGIN", ""))
    return FALSE;
  whole = ligdi_ledger_read_integer (db, &page_size, error, "PRAGMA page_size")
          && ligdi_ledger_read_integer (db, &n_pages, error, "PRAGMA page_count")
          && check_pages (db, path, page_size, n_pages, error);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return whole;
}

static gboolean
switch_to_log (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean has_row;

  statement = ligdi_ledger_prepare (db, error, "PRAGMA journal_mode = WAL", "");
  if (statement == NULL || !ligdi_ledger_step (statement, &has_row, error))
    return FALSE;
  if (!has_row || g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") != 0)
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER,
                           "the disk cannot keep a write-ahead log");
      return FALSE;
    }
  /* It says so before it writes it down, and that may fail. */
  return ligdi_ledger_step (statement, &has_row, error);
}

/* After a power cut in the middle of the switch, SQLite takes back what the file says of its log,
 * finds the log beside it all the same, and leaves it at that. */
static gboolean
says_log (sqlite3 *db, gboolean *says, GError **error)
{
  char header[HEADER_READING + 1] = { 0 };
  sqlite3_file *file = NULL;
  int code = sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file);

  if (code == SQLITE_OK)
    code = file->pMethods->xRead (file, header, sizeof header, 0);
  *says = header[HEADER_READING] == HEADER_READING_LOG;
  if (code != SQLITE_OK)
    ligdi_ledger_set_error (db, code, error);
  return code == SQLITE_OK;
}

static gboolean
use_write_ahead_log (sqlite3 *db, GError **error)
{
  gboolean says;

  if (!switch_to_log (db, error) || !says_log (db, &says, error))
    return FALSE;
  if (!says
      && (!ligdi_ledger_execute (db, error, "PRAGMA journal_mode = DELETE", "")
          || !switch_to_log (db, error)))
    return FALSE;
  /* FULL, not NORMAL: with NORMAL a power cut can take back a commit. */
  return ligdi_ledger_execute (db, error, "PRAGMA synchronous = FULL", "");
}

static int
write_again (sqlite3_file *file)
{
  g_autofree char *bytes = g_malloc (LOG_PART);
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize (file, &size);

  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += LOG_PART)
    {
      int length = (int) MIN (size - at, LOG_PART);

      code = file->pMethods->xRead (file, bytes, length, at);
      if (code == SQLITE_OK)
        code = file->pMethods->xWrite (file, bytes, length, at);
    }
  return code == SQLITE_OK && size > 0 ? file->pMethods->xSync (file, SQLITE_SYNC_NORMAL) : code;
}

/**
 * ligdi_ledger_file_lock:
 * @path: a file for nothing but the lock; made when it is not there
 * @operation: LOCK_SH or LOCK_EX
 * @fd: (out): what holds the lock until it is closed, or -1 when another program has it
 * @error: return location, a ledger error
 *
 * Returns: %FALSE when nobody can have it
 */
gboolean
ligdi_ledger_file_lock (const char *path, int operation, int *fd, GError **error)
{
  gboolean busy;

  *fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (*fd < 0)
    return ligdi_ledger_file_set_error (error, "cannot open the ledger");
  if (flock (*fd, operation | LOCK_NB) == 0)
    return TRUE;
  busy = errno == EWOULDBLOCK;
  if (!busy)
    ligdi_ledger_file_set_error (error, "cannot open the ledger");
  close (*fd);
  *fd = -1;
  return busy;
}

/**
 * ligdi_ledger_file_name_users:
 * @path: a ledger's file
 *
 * Returns: (transfer full): a file beside it that all who may write to the ledger hold a shared
 *   lock on, and who replaces it an exclusive one
 */
char *
ligdi_ledger_file_name_users (const char *path)
{
  return g_strconcat (path, ".users", NULL);
}

/* To be asked only about a file that this program does not have open: SQLite's locks on it would
 * be gone. */
static gboolean
uses_log (const char *path)
{
  char header[HEADER_READING + 1] = { 0 };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean uses = fd >= 0 && read (fd, header, sizeof header) == (gssize) sizeof header
                  && header[HEADER_READING] == HEADER_READING_LOG;

  if (fd >= 0)
    close (fd);
  return uses;
}

/**
 * ligdi_ledger_file_read:
 * @path: a ledger's file
 * @error: return location, a ledger error; one of an older program's must be opened by this
 *   one first
 *
 * Opens the ledger to read it and nothing else. On a network disk only a copy without a log can
 * be read: who reads a log may begin by taking away what a till on another computer shares its
 * memory by.
 *
 * Returns: (transfer full): the database, or %NULL
 */
sqlite3 *
ligdi_ledger_file_read (const char *path, GError **error)
{
  g_autoptr (GError) remote = NULL;
  sqlite3 *db;

  if (!ligdi_ledger_disk_check (path, &remote) && uses_log (path))
    {
      g_propagate_error (error, g_steal_pointer (&remote));
      return NULL;
    }
  db = open_database (path, SQLITE_OPEN_READONLY, error);
  if (db == NULL)
    return NULL;
  if (!ligdi_ledger_check_schema (db, error) || !ligdi_ledger_check_current (db, error))
    return fail (db);
  return db;
}

/**
 * ligdi_ledger_file_open:
 * @path: the ledger's file, in a folder that is there
 * @may_create: whether to make it when it is not there
 * @error: return location, a ledger error
 *
 * Opens the ledger and brings its schema up to date. A file that is refused is left as
 * it is, to the byte, and so is its log.
 *
 * Returns: (transfer full): the database, or %NULL
 */
sqlite3 *
ligdi_ledger_file_open (const char *path, gboolean may_create, GError **error)
{
  GStatBuf status;
  sqlite3 *db;

  /* A link to a disk that is not there is no invitation to begin anew. */
  if (g_lstat (path, &status) != 0)
    {
      if (errno != ENOENT)
        {
          ligdi_ledger_file_set_error (error, "cannot make the ledger");
          return NULL;
        }
      if (!may_create)
        {
          g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED,
                               "another program is making the ledger");
          return NULL;
        }
      if (!check_no_log (path, error) || !create (path, error))
        return NULL;
    }
  db = open_database (path, SQLITE_OPEN_READWRITE, error);
  if (db == NULL)
    return NULL;
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!ligdi_ledger_check_schema (db, error) || !check_length (db, path, error)
      || !use_write_ahead_log (db, error) || !ligdi_ledger_migrate (db, error)
      || !ligdi_ledger_verify_recent (db, error))
    return fail (db);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return db;
}

/**
 * ligdi_ledger_file_empty_log:
 * @path: the file of a ledger that no till has open
 * @error: return location, %LIGDI_ERROR_LEDGER_LOCKED while somebody reads it, or another ledger
 *   error
 *
 * Afterwards the ledger's one file is all of it.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_file_empty_log (const char *path, GError **error)
{
  sqlite3 *db = open_database (path, SQLITE_OPEN_READWRITE, error);
  gint64 version;
  gboolean success;
  int code;

  if (db == NULL)
    return FALSE;
  /* SQLite looks for the log when it first reads. */
  success = ligdi_ledger_read_integer (db, &version, error, "PRAGMA user_version");
  if (success)
    {
      code = sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      success = code == SQLITE_OK;
      if (!success)
        ligdi_ledger_set_error (db, code, error);
    }
  sqlite3_close (db);
  return success;
}

/**
 * ligdi_ledger_file_make_log_durable:
 * @db: a ledger that is whole and of this schema
 * @error: return location, a ledger error
 *
 * What is in the log may be nowhere but in this computer's memory: of an fsync that failed the
 * kernel says so once, to a program that has ended since, and takes the rest for written. At the
 * next power cut a hole in the log would cost everything that was written after it, or the whole
 * file, if the log was being put away. So it is written once more, in its place, while nobody
 * adds to it.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_file_make_log_durable (sqlite3 *db, GError **error)
{
  sqlite3_file *log = NULL;
  int code;

  if (!ligdi_ledger_begin_transaction (db, error))
    return FALSE;
  code = sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (code == SQLITE_OK)
    code = write_again (log);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  ligdi_ledger_set_error (db, code, error);
  return FALSE;
}
