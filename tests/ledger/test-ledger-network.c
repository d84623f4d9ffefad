/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-ledger-backup.h"
#include "ligdi-ledger-verify.h"
#include "ligdi-test-book.h"

#include <gio/gunixmounts.h>
#include <glib/gstdio.h>

#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* A ledger on another computer's disk. The disk is this one's; what it is said to be is the
 * test's choice, for every library in this program. */

static char *network_folder;
static guint32 disk_type;
static const char *mount_type;
static const char *mount_source;

int
statfs (const char *path, struct statfs *status)
{
  int result = (int) syscall (SYS_statfs, path, status);
  g_autofree char *real = g_malloc0 (PATH_MAX);

  if (result == 0 && network_folder != NULL && realpath (path, real) != NULL
      && g_str_has_prefix (real, network_folder))
    status->f_type = (__typeof__ (status->f_type)) disk_type;
  return result;
}

const char *
g_unix_mount_get_fs_type (GUnixMountEntry *entry)
{
  return mount_type;
}

const char *
g_unix_mount_get_device_path (GUnixMountEntry *entry)
{
  return mount_source;
}

static void
put_on (const char *folder, guint32 type)
{
  g_free (network_folder);
  network_folder = g_strdup (folder);
  disk_type = type;
  mount_type = "fuse";
  mount_source = "none";
}

static void
tear_down (LigdiTestBook *book, gconstpointer data)
{
  put_on (NULL, 0);
  ligdi_test_book_tear_down (book, data);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names, bytes and times of all there is in the folder. */
static char *
describe (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *hash = ligdi_test_hash_file (path);
      GStatBuf status;

      g_assert_cmpint (g_lstat (path, &status), ==, 0);
      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %s %ld.%09ld", name, hash, (long) status.st_mtim.tv_sec,
                                        (long) status.st_mtim.tv_nsec));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gboolean
is_refused (gboolean success, GError **error)
{
  gboolean refused = g_error_matches (*error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_REMOTE);

  g_clear_error (error);
  return refused && !success;
}

/* Whoever comes, and whatever for: nothing is made, changed or locked. */
static void
assert_all_are_refused (const char *folder, const char *path, const char *backup)
{
  g_autofree char *before = describe (folder);
  g_autofree char *after = NULL;
  g_autofree char *target = g_strconcat (backup, ".2", NULL);
  LigdiLedgerCount count;
  GError *error = NULL;

  g_assert_true (is_refused (ligdi_ledger_open (path, &error) != NULL, &error));
  g_assert_true (is_refused (ligdi_ledger_open_beside (path, TRUE, &error) != NULL, &error));
  g_assert_true (is_refused (ligdi_ledger_restore (backup, path, &error), &error));
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_true (is_refused (ligdi_ledger_open_to_read (path, &error) != NULL, &error));
      g_assert_true (is_refused (ligdi_ledger_verify_file (path, &count, &error), &error));
      g_assert_true (is_refused (ligdi_ledger_back_up (path, target, &error), &error));
      g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
    }
  after = describe (folder);
  g_assert_cmpstr (after, ==, before);
}

/* A till on the other computer has it open: beside the file are its log and its memory. */
static void
test_refused (LigdiTestBook *book, gconstpointer data)
{
  static const guint32 types[] = {
    NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,  CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC, AFS_SUPER_MAGIC,
    AFS_FS_MAGIC,    CEPH_SUPER_MAGIC, CODA_SUPER_MAGIC, NCP_SUPER_MAGIC,
  };
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);
  g_autoptr (LigdiTestFolder) elsewhere = ligdi_test_make_folder ();
  g_autofree char *backup = g_build_filename (elsewhere, "copy.sqlite", NULL);

  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_test_message ("%x", types[i]);
      put_on (book->folder, types[i]);
      assert_all_are_refused (book->folder, book->path, backup);
    }
  put_on (NULL, 0);
  g_assert_true (
      ligdi_test_book_step (book->ledger, record, LIGDI_PAYMENT_EVENT_CREATE_FAILED, NULL));
}

/* The first till of a shop, too; nor is a folder made. */
static void
test_not_begun (LigdiTestBook *book, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (book->path, ".copy", NULL);
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "a", "b", "ledger.sqlite", NULL);

  g_assert_true (ligdi_ledger_back_up (book->path, backup, NULL));
  put_on (folder, NFS_SUPER_MAGIC);
  assert_all_are_refused (folder, path, backup);
}

/* Whom a link leads there has no other disk than who went there. */
static void
test_link (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiTestFolder) folder = ligdi_test_make_folder ();
  g_autofree char *link = g_build_filename (folder, "ledger.sqlite", NULL);
  GError *error = NULL;

  ligdi_test_book_close (book);
  g_assert_cmpint (symlink (book->path, link), ==, 0);
  put_on (book->folder, NFS_SUPER_MAGIC);
  g_assert_true (is_refused (ligdi_ledger_open (link, &error) != NULL, &error));
}

static void
assert_opens (LigdiTestBook *book, gboolean opens)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiLedger) ledger = ligdi_ledger_open (book->path, &error);

  g_test_message ("%x %s %s", disk_type, mount_type, mount_source);
  if (opens)
    g_assert_no_error (error);
  else
    g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_REMOTE);
}

/* A program may serve another computer's files, or this one's. */
static void
test_programs (LigdiTestBook *book, gconstpointer data)
{
  static const struct
  {
    const char *type;
    const char *source;
    gboolean remote;
  } mounts[] = {
    { "fuse.sshfs", "till@office:/srv/shop", TRUE },
    { "fuse.rclone", "office:shop", TRUE },
    { "fuse.glusterfs", "office:/shop", TRUE },
    { "fuse.gvfsd-fuse", "gvfsd-fuse", TRUE },
    { "fuse", "https://dav.example/shop", TRUE },
    { "fuseblk", "/dev/disk/by-path/pci-0000:00:17.0-ata-1", FALSE },
    { "fuse.gocryptfs", "/srv/sealed", FALSE },
    { "fuse.mergerfs", "1:2", FALSE },
    { "virtiofs", "shop", FALSE },
  };

  ligdi_test_book_close (book);
  for (guint i = 0; i < G_N_ELEMENTS (mounts); i++)
    {
      put_on (book->folder, FUSE_SUPER_MAGIC);
      mount_type = mounts[i].type;
      mount_source = mounts[i].source;
      assert_opens (book, !mounts[i].remote);
    }
}

/* Virtual machines and containers have their own disk on these. */
static void
test_own_disks (LigdiTestBook *book, gconstpointer data)
{
  static const guint32 types[]
      = { EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, TMPFS_MAGIC, V9FS_MAGIC };

  ligdi_test_book_close (book);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      put_on (book->folder, types[i]);
      assert_opens (book, TRUE);
    }
}

/* A copy is one file, and nobody writes to it: it may lie on the network, and come back. */
static void
test_backup_on_the_network (LigdiTestBook *book, gconstpointer data)
{
  g_autoptr (LigdiTestFolder) elsewhere = ligdi_test_make_folder ();
  g_autofree char *backup = g_build_filename (elsewhere, "copy.sqlite", NULL);
  g_autoptr (LigdiPaymentRecord) record = ligdi_test_book_begin (book->ledger, 500);
  LigdiLedgerCount count;
  g_autoptr (GError) error = NULL;

  put_on (elsewhere, NFS_SUPER_MAGIC);
  g_assert_true (ligdi_ledger_back_up (book->path, backup, &error));
  g_assert_true (ligdi_ledger_verify_file (backup, &count, &error));
  g_assert_cmpint (count.n_payments, ==, 1);
  ligdi_test_book_close (book);
  g_assert_cmpint (g_unlink (book->path), ==, 0);
  g_assert_true (ligdi_ledger_restore (backup, book->path, &error));
  ligdi_test_book_reopen (book);
  /* In its place there, it is a ledger like any other. */
  g_assert_true (is_refused (ligdi_ledger_open (backup, &error) != NULL, &error));
}

static void
add (const char *path, void (*test) (LigdiTestBook *, gconstpointer))
{
  g_test_add (path, LigdiTestBook, NULL, ligdi_test_book_set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ledger/network/refused", test_refused);
  add ("/ledger/network/not-begun", test_not_begun);
  add ("/ledger/network/link", test_link);
  add ("/ledger/network/programs", test_programs);
  add ("/ledger/network/own-disks", test_own_disks);
  add ("/ledger/network/backup-on-the-network", test_backup_on_the_network);
  return g_test_run ();
}
