/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-backup.h"

#include "ligdi-error.h"
#include "ligdi-ledger-disk.h"
#include "ligdi-ledger-file.h"
#include "ligdi-ledger-statement.h"
#include "ligdi-ledger-verify.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* A second copy of the ledger, and the way back from it. Neither ever writes over anything. */

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean success;

  if (fd < 0)
    return ligdi_ledger_file_set_error (error, "cannot look at the copy");
  success = fsync (fd) == 0 || ligdi_ledger_file_set_error (error, "the copy is not on the disk");
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
  g_autofree char *name = g_canonicalize_filename (to, NULL);
  sqlite3 *db = NULL;
  sqlite3_backup *backup;
  int code = sqlite3_open_v2 (name, &db, SQLITE_OPEN_READWRITE, NULL);

  /* Nobody else's: so its log needs no memory that programs share, which a stick or a network
   * disk may not have. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
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

/* Beside its place first, under a name that is nobody's: what has the right name is whole. */
static char *
copy_whole (sqlite3 *from, const char *beside, GError **error)
{
  g_autofree char *draft = g_strconcat (beside, ".XXXXXX", NULL);
  LigdiLedgerCount count;
  int fd = g_mkstemp_full (draft, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      ligdi_ledger_file_set_error (error, "cannot make the copy");
      return NULL;
    }
  close (fd);
  if (copy_database (from, draft, error) && ligdi_ledger_verify_file (draft, &count, error)
      && sync_path (draft, O_RDONLY, error))
    return g_steal_pointer (&draft);
  g_unlink (draft);
  return NULL;
}

/* As rename (), but never over anything; sticks and network disks know no hard links. */
static gboolean
rename_to_free_name (const char *from, const char *to)
{
  int fd;
  int why;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  fd = g_open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  close (fd);
  if (g_rename (from, to) == 0)
    return TRUE;
  why = errno;
  g_unlink (to);
  errno = why;
  return FALSE;
}

static gboolean
set_there_already (GError **error)
{
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_STATE, "there is a file already");
  return FALSE;
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
  g_autofree char *draft = NULL;
  GStatBuf status;
  sqlite3 *db;

  g_return_val_if_fail (path != NULL && target != NULL, FALSE);

  if (g_lstat (target, &status) == 0)
    return set_there_already (error);
  db = ligdi_ledger_file_read (path, error);
  if (db == NULL)
    return FALSE;
  draft = copy_whole (db, target, error);
  sqlite3_close (db);
  if (draft == NULL)
    return FALSE;
  if (rename_to_free_name (draft, target))
    return sync_folder_of (target, error);
  if (errno == EEXIST)
    set_there_already (error);
  else
    ligdi_ledger_file_set_error (error, "cannot put the copy in its place");
  g_unlink (draft);
  return FALSE;
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

/* As long as its journal can be read, a ledger has something to lose, whatever else is wrong
 * with it. Its log is poured into it first: its file and its log get other names one after the
 * other, and whoever is killed in between must leave a whole ledger in its place. */
static gboolean
may_replace (const char *path, sqlite3 *backup, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  sqlite3 *db = ligdi_ledger_file_read (path, &local_error);
  gboolean success = db != NULL && check_older (db, backup, &local_error);

  sqlite3_close (db);
  success = success && ligdi_ledger_file_empty_log (path, &local_error);
  if (success || g_error_matches (local_error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What lies beside a ledger and belongs to it alone. */
static const char *const beside[] = { "-wal", "-shm", "-journal" };

static gboolean
rename_beside (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *old_name = g_strconcat (from, beside[i], NULL);
      g_autofree char *new_name = g_strconcat (to, beside[i], NULL);

      if (g_rename (old_name, new_name) != 0 && errno != ENOENT)
        return FALSE;
    }
  return TRUE;
}

/* As if nothing had been kept. The ledger itself had two names and loses one. */
static void
give_back (const char *kept, const char *path)
{
  rename_beside (kept, path);
  g_unlink (kept);
}

/* The file that was there keeps its bytes under another name, and its log with it: beside the
 * copy it would be poured into that. */
static char *
keep_old (const char *path, gboolean exists, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *kept = g_strdup_printf ("%s.before-%s", path, stamp);

  for (guint i = 2; g_file_test (kept, G_FILE_TEST_EXISTS); i++)
    {
      g_free (kept);
      kept = g_strdup_printf ("%s.before-%s-%u", path, stamp, i);
    }
  if (exists && link (path, kept) != 0)
    {
      ligdi_ledger_file_set_error (error, "cannot keep the old ledger");
      return NULL;
    }
  if (rename_beside (path, kept))
    return g_steal_pointer (&kept);
  ligdi_ledger_file_set_error (error, "cannot keep the old ledger");
  give_back (kept, path);
  return NULL;
}

static gboolean
replace (const char *path, gboolean exists, sqlite3 *backup, GError **error)
{
  g_autofree char *draft = NULL;
  g_autofree char *kept = NULL;

  if (exists && !may_replace (path, backup, error))
    return FALSE;
  draft = copy_whole (backup, path, error);
  if (draft == NULL)
    return FALSE;
  kept = keep_old (path, exists, error);
  /* At no moment is there no ledger. */
  if (kept != NULL && g_rename (draft, path) == 0)
    return sync_folder_of (path, error);
  if (kept != NULL)
    {
      ligdi_ledger_file_set_error (error, "cannot put the copy in its place");
      give_back (kept, path);
    }
  g_unlink (draft);
  return FALSE;
}

/* A link leads to the ledger itself, or to a disk that is not there. */
static char *
resolve (const char *path, gboolean *exists, GError **error)
{
  GStatBuf status;
  g_autofree char *real = NULL;
  char *found;

  *exists = g_lstat (path, &status) == 0;
  if (!*exists)
    return g_strdup (path);
  found = realpath (path, NULL);
  if (found == NULL)
    {
      ligdi_ledger_file_set_error (error, "cannot find the ledger");
      return NULL;
    }
  real = g_strdup (found);
  free (found);
  return g_steal_pointer (&real);
}

/* Nobody can write to the ledger, or begin to, as long as this is open. */
static int
lock_out_tills (const char *path, GError **error)
{
  g_autofree char *users = ligdi_ledger_file_name_users (path);
  int fd = g_open (users, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      ligdi_ledger_file_set_error (error, "cannot open the ledger's folder");
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_LOCKED, "a till is open");
  close (fd);
  return -1;
}

/**
 * ligdi_ledger_restore:
 * @backup: a file that ligdi_ledger_back_up() made
 * @path: where the ledger belongs, in a folder that is there
 * @error: return location: %LIGDI_ERROR_STATE when the journal there holds anything that
 *   @backup does not, %LIGDI_ERROR_LEDGER_LOCKED while a till is open, or a ledger error
 *
 * Puts a copy of @backup in the ledger's place. The file that was there is kept beside it.
 *
 * Returns: %FALSE, and nothing changed, on failure
 */
gboolean
ligdi_ledger_restore (const char *backup, const char *path, GError **error)
{
  g_autofree char *real = NULL;
  LigdiLedgerCount count;
  sqlite3 *db;
  gboolean exists;
  gboolean success;
  int fd;

  g_return_val_if_fail (backup != NULL && path != NULL, FALSE);

  if (!ligdi_ledger_disk_check (path, error)
      || !ligdi_ledger_verify_file (backup, &count, error))
    return FALSE;
  /* Tills lock by the name they know, which may be a link's. */
  fd = lock_out_tills (path, error);
  if (fd < 0)
    return FALSE;
  real = resolve (path, &exists, error);
  db = real != NULL ? ligdi_ledger_file_read (backup, error) : NULL;
  success = db != NULL && replace (real, exists, db, error);
  sqlite3_close (db);
  close (fd);
  return success;
}
