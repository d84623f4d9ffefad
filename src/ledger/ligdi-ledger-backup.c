/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-backup.h"

#include "ligdi-error.h"
#include "ligdi-ledger-file.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-ledger-verify.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* A second copy of the ledger, and the way back from it. Neither ever writes over anything. */

static gboolean
set_file_error (GError **error, const char *what)
{
  g_set_error (error, LIGDI_ERROR, errno == ENOSPC ? LIGDI_ERROR_LEDGER_FULL : LIGDI_ERROR_LEDGER,
               "%s: %s", what, g_strerror (errno));
  return FALSE;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean success;

  if (fd < 0)
    return set_file_error (error, "cannot look at the copy");
  success = fsync (fd) == 0 || set_file_error (error, "the copy is not on the disk");
  close (fd);
  return success;
}

static gboolean
sync_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

static gboolean
copy_database (sqlite3 *from, const char *to, GError **error)
{
  sqlite3 *db = NULL;
  sqlite3_backup *backup;
  int code = sqlite3_open_v2 (to, &db, SQLITE_OPEN_READWRITE, NULL);

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (db, "main", from, "main");
      if (backup != NULL)
        {
          /* In one go: those who write meanwhile go on in their log. */
          sqlite3_backup_step (backup, -1);
          sqlite3_backup_finish (backup);
        }
      code = sqlite3_errcode (db);
    }
  /* One file, which can be carried away without its log. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    ligdi_ledger_set_error (db, code, error);
  sqlite3_close (db);
  return code == SQLITE_OK;
}

/* Beside its place first: what has the name is whole. */
static gboolean
copy_whole (sqlite3 *from, const char *draft, GError **error)
{
  LigdiLedgerCount count;
  int fd;

  g_unlink (draft);
  fd = g_open (draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return set_file_error (error, "cannot make the copy");
  close (fd);
  return copy_database (from, draft, error) && ligdi_ledger_verify_file (draft, &count, error)
         && sync_path (draft, O_RDONLY, error);
}

/* As rename (), but never over anything. */
static gboolean
put_in_place (const char *draft, const char *path, GError **error)
{
  if (link (draft, path) != 0)
    {
      if (errno == EEXIST)
        g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "there is a file already");
      else
        set_file_error (error, "cannot put the copy in its place");
      return FALSE;
    }
  g_unlink (draft);
  return sync_folder_of (path, error);
}

/**
 * ligdi_ledger_back_up:
 * @path: a ledger's file
 * @target: a file that is not there
 * @error: return location: %LIGDI_ERROR_STATE when it is there, or a ledger error
 *
 * Copies the ledger as it is at one moment, while the till goes on selling, and looks whether
 * the copy is whole. It holds the payments' tokens, and is for its owner's eyes only.
 *
 * Returns: %FALSE, and no file, on failure
 */
gboolean
ligdi_ledger_back_up (const char *path, const char *target, GError **error)
{
  g_autofree char *draft = g_strconcat (target, ".new", NULL);
  sqlite3 *db;
  gboolean success;

  g_return_val_if_fail (path != NULL && target != NULL, FALSE);

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "there is a file already");
      return FALSE;
    }
  db = ligdi_ledger_file_read (path, error);
  if (db == NULL)
    return FALSE;
  success = copy_whole (db, draft, error) && put_in_place (draft, target, error);
  sqlite3_close (db);
  if (!success)
    g_unlink (draft);
  return success;
}

/* Whether every line of the journal here is in the other one too. */
static gboolean
check_older (sqlite3 *here, sqlite3 *there, GError **error)
{
  g_autoptr (sqlite3_stmt) last = ligdi_ledger_prepare (
      here, error, "SELECT id, hash FROM payment_event ORDER BY id DESC LIMIT 1", "");
  g_autoptr (sqlite3_stmt) same = NULL;
  gboolean has_row;

  if (last == NULL || !ligdi_ledger_step (last, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  same = ligdi_ledger_prepare (there, error, "SELECT 1 FROM payment_event WHERE id = ? AND hash = ?",
                               "it", sqlite3_column_int64 (last, 0),
                               (const char *) sqlite3_column_text (last, 1));
  if (same == NULL || !ligdi_ledger_step (same, &has_row, error))
    return FALSE;
  if (!has_row)
    g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_STATE,
                         "the ledger holds what the backup does not");
  return has_row;
}

/* A ledger that cannot be read any more has nothing that would be lost. */
static gboolean
may_replace (const char *path, sqlite3 *backup, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  sqlite3 *db = ligdi_ledger_file_open (path, FALSE, &local_error);
  gboolean success;

  if (db == NULL)
    {
      if (g_error_matches (local_error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  success = check_older (db, backup, error);
  sqlite3_close (db);
  return success;
}

/* The file that was there keeps its bytes under another name, and its log with it. */
static gboolean
move_aside (const char *path, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.before-%s", path, stamp);
  static const char *const ends[] = { "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (path, ends[i], NULL);
      g_autofree char *to = g_strconcat (aside, ends[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return set_file_error (error, "cannot move the old ledger");
    }
  return link (path, aside) == 0 || set_file_error (error, "cannot move the old ledger");
}

static gboolean
replace (const char *path, sqlite3 *backup, GError **error)
{
  g_autofree char *draft = g_strconcat (path, ".new", NULL);
  gboolean exists = g_file_test (path, G_FILE_TEST_EXISTS);

  if ((exists && !may_replace (path, backup, error)) || !copy_whole (backup, draft, error)
      || (exists && !move_aside (path, error)))
    {
      g_unlink (draft);
      return FALSE;
    }
  /* At no moment is there no ledger: a till that starts now would begin a new one. */
  if (g_rename (draft, path) != 0)
    return set_file_error (error, "cannot put the copy in its place");
  return sync_folder_of (path, error);
}

/**
 * ligdi_ledger_restore:
 * @backup: a file that ligdi_ledger_back_up() made
 * @path: where the ledger belongs, in a folder that is there
 * @error: return location: %LIGDI_ERROR_STATE when the ledger there holds anything that
 *   @backup does not, %LIGDI_ERROR_LEDGER_LOCKED while a till is open, or a ledger error
 *
 * Puts a copy of @backup in the ledger's place. The file that was there is kept beside it.
 *
 * Returns: %FALSE, and nothing changed, on failure
 */
gboolean
ligdi_ledger_restore (const char *backup, const char *path, GError **error)
{
  g_autofree char *watch = g_strconcat (path, ".watch", NULL);
  LigdiLedgerCount count;
  gboolean success = FALSE;
  int fd;

  g_return_val_if_fail (backup != NULL && path != NULL, FALSE);

  if (!ligdi_ledger_verify_file (backup, &count, error))
    return FALSE;
  fd = g_open (watch, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return set_file_error (error, "cannot open the ledger's folder");
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED, "a till is open");
  else
    {
      sqlite3 *db = ligdi_ledger_file_read (backup, error);

      success = db != NULL && replace (path, db, error);
      sqlite3_close (db);
    }
  close (fd);
  return success;
}
