/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-disk.h"

#include "ligdi-test-fate.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A disk that fails as the seed says, between SQLite and the file system. It also keeps, in the
 * folder "durable" beside the files, what a power cut would leave of each: the file as of its
 * last fsync, NAME, and what was written since, NAME.pending; and, in "directory", which files
 * were renamed and deleted, to NAME.gone, since the folder was last synced. What a power cut
 * makes of these is the driver's business. */

#define DURABLE "durable"
#define DIRECTORY "directory"

/* What is done to a file, as the driver reads it: this, then the bytes. */
typedef struct
{
  gint64 kind; /* 0 for a write, 1 for a truncation */
  gint64 offset;
  gint64 length;
} Change;

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

static char *
in_durable (const char *name, const char *suffix)
{
  return g_strconcat (root, "/" DURABLE "/", name, suffix, NULL);
}

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
append (const char *path, const void *bytes, gsize length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  close (fd);
}

static void
keep_change (File *file, const Change *change, const void *bytes)
{
  g_autofree char *path = in_durable (file->name, ".pending");
  g_autofree char *both = g_malloc (sizeof *change + (gsize) change->length);

  memcpy (both, change, sizeof *change);
  if (change->length > 0)
    memcpy (both + sizeof *change, bytes, (gsize) change->length);
  append (path, both, sizeof *change + (gsize) change->length);
}

static void
make_changes (int fd, const char *changes, gsize length)
{
  gsize at = 0;

  while (at < length)
    {
      Change change;

      memcpy (&change, changes + at, sizeof change);
      at += sizeof change;
      if (change.kind == 0)
        g_assert_cmpint (pwrite (fd, changes + at, (gsize) change.length, change.offset), ==,
                         (gssize) change.length);
      else
        g_assert_cmpint (ftruncate (fd, change.offset), ==, 0);
      at += (gsize) change.length;
    }
}

/* What was written to the file is there to stay. */
static void
make_durable (File *file)
{
  g_autofree char *path = in_durable (file->name, "");
  g_autofree char *pending = in_durable (file->name, ".pending");
  g_autofree char *changes = NULL;
  gsize length = 0;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  if (g_file_get_contents (pending, &changes, &length, NULL))
    make_changes (fd, changes, length);
  close (fd);
  unlink (pending);
}

/* So are the names in the folder: what they once meant is gone for good. */
static void
make_names_durable (void)
{
  g_autofree char *path = in_durable (DIRECTORY, "");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      g_autofree char *gone = in_durable (words[1], ".gone");

      syscall (SYS_unlink, gone);
    }
  syscall (SYS_unlink, path);
}

static void
note_name (const char *line)
{
  g_autofree char *path = in_durable (DIRECTORY, "");

  append (path, line, strlen (line));
}

static void
move (const char *from, const char *from_suffix, const char *to, const char *to_suffix)
{
  g_autofree char *old = in_durable (from, from_suffix);
  g_autofree char *new = in_durable (to, to_suffix);

  syscall (SYS_rename, old, new);
}

/* A file that is gone takes along what was not yet written of it; a power cut may bring back
 * what was. */
static void
note_gone (const char *name)
{
  g_autofree char *line = g_strdup_printf ("delete %s\n", name);
  g_autofree char *pending = in_durable (name, ".pending");

  syscall (SYS_unlink, pending);
  move (name, "", name, ".gone");
  note_name (line);
}

int
rename (const char *from, const char *to)
{
  int status = (int) syscall (SYS_rename, from, to);
  const char *old = get_name (from);
  const char *new = get_name (to);

  if (status == 0 && old != NULL && new != NULL)
    {
      g_autofree char *line = g_strdup_printf ("rename %s %s\n", old, new);

      move (old, ".pending", new, ".pending");
      move (old, "", new, "");
      note_name (line);
    }
  return status;
}

int
unlink (const char *path)
{
  int status = (int) syscall (SYS_unlink, path);
  const char *name = get_name (path);

  if (status == 0 && name != NULL && !deleting)
    note_gone (name);
  return status;
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
meet_trouble (const File *file)
{
  guint at;

  if (file->name == NULL)
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

  if (meet_trouble (file) == TROUBLE_READ)
    return SQLITE_IOERR_READ;
  return file->real->pMethods->xRead (file->real, bytes, length, offset);
}

static int
write_some (File *file, const void *bytes, int length, sqlite3_int64 offset)
{
  Change change = { .kind = 0, .offset = offset, .length = length };

  if (length == 0)
    return SQLITE_OK;
  if (file->name != NULL)
    keep_change (file, &change, bytes);
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
  switch (meet_trouble (file))
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
  Change change = { .kind = 1, .offset = size, .length = 0 };

  if (is_last_step (file))
    ligdi_test_fate_die ();
  if (meet_trouble (file) == TROUBLE_WRITE)
    return SQLITE_IOERR_TRUNCATE;
  if (file->name != NULL)
    keep_change (file, &change, NULL);
  return file->real->pMethods->xTruncate (file->real, size);
}

/* After a failed fsync the kernel takes what it could not write for written: no later fsync
 * tries again. Or it does; systems differ. */
static int
fail_to_sync (File *file)
{
  g_autofree char *pending = in_durable (file->name, ".pending");

  if (ligdi_test_fate_draw (LIGDI_TEST_LUCK_DISK, 2) == 0)
    syscall (SYS_unlink, pending);
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
  if (meet_trouble (file) == TROUBLE_SYNC)
    return fail_to_sync (file);
  make_durable (file);
  if (file->syncs_folder)
    make_names_durable ();
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
  if (!exists && meet_trouble (file) == TROUBLE_FULL)
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
      note_gone (name);
      if (sync_folder)
        make_names_durable ();
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
  g_assert_cmpint (sqlite3_vfs_register (&above, TRUE), ==, SQLITE_OK);
  /* Its own random numbers may have been drawn before. */
  sqlite3_randomness (0, NULL);
}
