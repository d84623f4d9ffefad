/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-disk.h"

#include "ligdi-test-fate.h"
#include "ligdi-test-platter.h"
#include "ligdi-test-turn.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A disk that fails as the seed says, between SQLite and the file system. What was written to it
 * is told to the platter, which knows what a power cut would leave. */

typedef enum
{
  TROUBLE_NONE,
  TROUBLE_WRITE,
  TROUBLE_FULL,
  TROUBLE_SYNC,
  TROUBLE_READ,
  N_TROUBLES,
} Trouble;

typedef struct
{
  sqlite3_file base;
  char *name;            /* NULL for what is none of our files */
  gboolean syncs_folder; /* its next fsync is one of the folder, too */
  sqlite3_file *real;
} File;

static sqlite3_vfs *below;
static sqlite3_vfs above;
static char *root;
static LigdiTestDiskPlan plan;
static guint spell;
static Trouble trouble;
static gboolean deleting;

/* Whether the file lies in our folder. */
static const char *
get_name (const char *path)
{
  gsize length = root != NULL ? strlen (root) : 0;

  if (path == NULL || root == NULL || strncmp (path, root, length) != 0 || path[length] != '/')
    return NULL;
  return strchr (path + length + 1, '/') == NULL ? path + length + 1 : NULL;
}

static void
begin_trouble (guint kind, guint for_how_many)
{
  trouble = (Trouble) kind;
  spell = for_how_many;
  ligdi_test_fate_note ("disk: trouble %u for %u", kind, for_how_many + 1);
}

/* Trouble comes in spells: of one operation, or of some. */
static Trouble
meet_trouble (const char *name)
{
  guint at;

  if (name == NULL)
    return TROUBLE_NONE;
  at = ligdi_test_fate_count_disk ();
  if (spell > 0)
    spell--;
  else
    trouble = TROUBLE_NONE;
  if (trouble != TROUBLE_NONE)
    return trouble;
  if (at == plan.at)
    begin_trouble (plan.kind, plan.spell);
  else if (ligdi_test_fate_happens (LIGDI_TEST_LUCK_DISK, plan.per_mille))
    begin_trouble (1 + ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, N_TROUBLES - 1),
                   ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 3) > 0
                       ? 0
                       : ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 60));
  return trouble;
}

/* Names in the folder change as a whole: before or after that the process may die. */
typedef int (*NameFunc) (const char *from, const char *to);

static int
change_name (NameFunc change, const char *from, const char *to,
             void (*note) (const char *from, const char *to))
{
  const char *old = get_name (from);
  const char *new = get_name (to);
  gboolean last;
  int status;

  if (old == NULL || new == NULL)
    return change (from, to);
  last = ligdi_test_fate_is_last_step ();
  if (last && ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 2) == 0)
    ligdi_test_fate_die ();
  if (meet_trouble (old) == TROUBLE_FULL)
    {
      errno = ENOSPC;
      return -1;
    }
  status = change (from, to);
  if (status == 0)
    note (old, new);
  if (last)
    ligdi_test_fate_die ();
  return status;
}

static int
change_by_rename (const char *from, const char *to)
{
  return (int) syscall (SYS_rename, from, to);
}

static int
change_by_rename_to_free_name (const char *from, const char *to)
{
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

static int
change_by_link (const char *from, const char *to)
{
  return (int) syscall (SYS_link, from, to);
}

/* In place of those of libc, for every library in this program. */
int
rename (const char *from, const char *to)
{
  return change_name (change_by_rename, from, to, ligdi_test_platter_rename);
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
  g_assert_cmpuint (flags, ==, RENAME_NOREPLACE);
  return change_name (change_by_rename_to_free_name, from, to, ligdi_test_platter_rename);
}

int
link (const char *from, const char *to)
{
  return change_name (change_by_link, from, to, ligdi_test_platter_link);
}

int
unlink (const char *path)
{
  int status = (int) syscall (SYS_unlink, path);
  const char *name = get_name (path);

  if (status == 0 && name != NULL && !deleting)
    ligdi_test_platter_delete (name);
  return status;
}

/* Of one of our files, or of the folder itself. */
int
fsync (int fd)
{
  g_autofree char *link_name = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link_name, NULL);
  gboolean is_folder = root != NULL && g_strcmp0 (path, root) == 0;
  const char *name = is_folder ? "." : get_name (path);
  gboolean last;

  if (name == NULL)
    return (int) syscall (SYS_fsync, fd);
  last = ligdi_test_fate_is_last_step ();
  if (last && ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 2) == 0)
    ligdi_test_fate_die ();
  if (meet_trouble (name) == TROUBLE_SYNC)
    {
      errno = EIO;
      return -1;
    }
  if (is_folder)
    ligdi_test_platter_sync_names ();
  else
    ligdi_test_platter_sync (name);
  if (last)
    ligdi_test_fate_die ();
  return 0;
}

static gboolean
is_last_step (const File *file)
{
  return file->name != NULL && ligdi_test_fate_is_last_step ();
}

static int
on_close (sqlite3_file *base)
{
  File *file = (File *) base;
  int code = file->real->pMethods != NULL ? file->real->pMethods->xClose (file->real) : SQLITE_OK;

  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->real, g_free);
  return code;
}

static int
on_read (sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (meet_trouble (file->name) == TROUBLE_READ)
    return SQLITE_IOERR_READ;
  return file->real->pMethods->xRead (file->real, bytes, length, offset);
}

static int
write_some (File *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (length == 0)
    return SQLITE_OK;
  if (file->name != NULL && g_str_has_suffix (file->name, "-wal"))
    {
      ligdi_test_fate_get ()->n_written++;
      ligdi_test_turn_wake_all (ligdi_test_fate_get ()->monotonic);
    }
  if (file->name != NULL)
    ligdi_test_platter_write (file->name, offset, bytes, (gsize) length);
  return file->real->pMethods->xWrite (file->real, bytes, length, offset);
}

static int
on_write (sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (is_last_step (file))
    {
      write_some (file, bytes,
                  (int) ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, (guint32) length + 1), offset);
      ligdi_test_fate_die ();
    }
  switch (meet_trouble (file->name))
    {
    case TROUBLE_WRITE:
      return SQLITE_IOERR_WRITE;
    case TROUBLE_FULL:
      write_some (file, bytes,
                  (int) ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, (guint32) length), offset);
      return SQLITE_FULL;
    case TROUBLE_NONE:
    case TROUBLE_SYNC:
    case TROUBLE_READ:
    case N_TROUBLES:
      break;
    }
  return write_some (file, bytes, length, offset);
}

static int
on_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (is_last_step (file))
    ligdi_test_fate_die ();
  if (meet_trouble (file->name) == TROUBLE_WRITE)
    return SQLITE_IOERR_TRUNCATE;
  if (file->name != NULL)
    ligdi_test_platter_truncate (file->name, size);
  return file->real->pMethods->xTruncate (file->real, size);
}

/* After a failed fsync the kernel takes what it could not write for written: no later fsync
 * tries again. Or it does; systems differ. */
static int
fail_to_sync (File *file)
{
  if (ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 2) == 0)
    ligdi_test_platter_lose (file->name);
  return SQLITE_IOERR_FSYNC;
}

static int
on_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;
  gboolean last = is_last_step (file);

  if (file->name == NULL)
    return SQLITE_OK;
  if (last && ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 2) == 0)
    ligdi_test_fate_die ();
  if (meet_trouble (file->name) == TROUBLE_SYNC)
    return fail_to_sync (file);
  ligdi_test_platter_sync (file->name);
  if (file->syncs_folder)
    ligdi_test_platter_sync_names ();
  file->syncs_folder = FALSE;
  if (last)
    ligdi_test_fate_die ();
  return SQLITE_OK;
}

static int
on_file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileSize (file->real, size);
}

static int
on_lock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xLock (file->real, level);
}

static int
on_unlock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
on_check_lock (sqlite3_file *base, int *locked)
{
  File *file = (File *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, locked);
}

static int
on_control (sqlite3_file *base, int what, void *data)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileControl (file->real, what, data);
}

static int
on_sector_size (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xSectorSize (file->real);
}

static int
on_characteristics (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xDeviceCharacteristics (file->real);
}

static int
on_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **where)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmMap (file->real, page, size, extend, where);
}

static int
on_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmLock (file->real, offset, n, flags);
}

static void
on_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int
on_shm_unmap (sqlite3_file *base, int delete)
{
  File *file = (File *) base;
  int code;

  /* Nothing of it needs to outlive a power cut. */
  deleting = TRUE;
  code = file->real->pMethods->xShmUnmap (file->real, delete);
  deleting = FALSE;
  return code;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = on_close,
  .xRead = on_read,
  .xWrite = on_write,
  .xTruncate = on_truncate,
  .xSync = on_sync,
  .xFileSize = on_file_size,
  .xLock = on_lock,
  .xUnlock = on_unlock,
  .xCheckReservedLock = on_check_lock,
  .xFileControl = on_control,
  .xSectorSize = on_sector_size,
  .xDeviceCharacteristics = on_characteristics,
  .xShmMap = on_shm_map,
  .xShmLock = on_shm_lock,
  .xShmBarrier = on_shm_barrier,
  .xShmUnmap = on_shm_unmap,
};

static int
on_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;
  int logs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
  int exists = 0;
  int code;

  file->name = g_strdup (get_name (path));
  file->real = g_malloc0 ((gsize) below->szOsFile);
  if (file->name != NULL)
    below->xAccess (below, path, SQLITE_ACCESS_EXISTS, &exists);
  /* As SQLite's own does, whether or not the file was there. */
  file->syncs_folder = (flags & logs) != 0 && (flags & SQLITE_OPEN_CREATE) != 0;
  if (!exists && is_last_step (file))
    ligdi_test_fate_die ();
  if (!exists && meet_trouble (file->name) == TROUBLE_FULL)
    code = SQLITE_CANTOPEN;
  else
    code = below->xOpen (below, path, file->real, flags, out_flags);
  file->base.pMethods = code == SQLITE_OK ? &methods : NULL;
  if (code != SQLITE_OK)
    on_close (base);
  return code;
}

static int
on_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  const char *name = get_name (path);
  int code;

  if (name != NULL && ligdi_test_fate_is_last_step ())
    ligdi_test_fate_die ();
  deleting = TRUE;
  code = below->xDelete (below, path, FALSE);
  deleting = FALSE;
  if (code == SQLITE_OK && name != NULL)
    {
      ligdi_test_platter_delete (name);
      if (sync_folder)
        ligdi_test_platter_sync_names ();
    }
  return code;
}

static int
on_randomness (sqlite3_vfs *vfs, int length, char *bytes)
{
  for (int i = 0; i < length; i++)
    bytes[i] = (char) ligdi_test_fate_draw (LIGDI_TEST_LUCK_NAMES, 256);
  return length;
}

/* Whoever waits for a lock, waits for another process. */
static int
on_sleep (sqlite3_vfs *vfs, int us)
{
  ligdi_test_fate_wait (us);
  return us;
}

/**
 * ligdi_test_disk_begin:
 * @folder: the folder whose files are on the disk
 * @what: which trouble it makes
 *
 * From now on SQLite writes through it.
 */
void
ligdi_test_disk_begin (const char *folder, const LigdiTestDiskPlan *what)
{
  below = sqlite3_vfs_find (NULL);
  root = g_strdup (folder);
  plan = *what;
  above = *below;
  above.szOsFile = sizeof (File);
  above.zName = "ligdi-test";
  above.pNext = NULL;
  above.xOpen = on_open;
  above.xDelete = on_delete;
  above.xRandomness = on_randomness;
  above.xSleep = on_sleep;
  g_assert_cmpint (sqlite3_vfs_register (&above, TRUE), ==, SQLITE_OK);
  /* Its own random numbers may have been drawn before. */
  sqlite3_randomness (0, NULL);
}
