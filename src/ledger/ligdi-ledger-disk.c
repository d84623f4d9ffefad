/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-disk.h"

#include "ligdi-error.h"

#include <errno.h>
#include <gio/gunixmounts.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>

/* Whose disk a ledger lies on. Its log is shared through this computer's memory, and who made a
 * row is looked up among this computer's processes: two computers on one file would each take
 * the other's payments for those of a program that is gone. */

/* GIO's filesystem::remote knows the first four. Not in the list are 9p and virtiofs, on which
 * virtual machines and containers have their own disk. */
static const guint32 network[] = {
  NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,  CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC, AFS_SUPER_MAGIC,
  AFS_FS_MAGIC,    CEPH_SUPER_MAGIC, CODA_SUPER_MAGIC, NCP_SUPER_MAGIC,
};

/* Encrypted folders, NTFS and pooled disks are programs' file systems too, and local. */
static const char *const network_programs[] = {
  "fuse.ceph",    "fuse.ceph-fuse", "fuse.curlftpfs", "fuse.glusterfs", "fuse.gvfsd-fuse",
  "fuse.moosefs", "fuse.rclone",    "fuse.s3fs",      "fuse.smbnetfs",  "fuse.sshfs",
  NULL,
};

/* Of what is there already: the file, or the folder that it will be made in. Links are
 * followed. */
static char *
find_what_is_there (const char *path, struct statfs *status)
{
  g_autofree char *at = g_canonicalize_filename (path, NULL);

  while (statfs (at, status) != 0)
    {
      char *folder;

      if (errno != ENOENT || g_str_equal (at, "/"))
        return NULL;
      folder = g_path_get_dirname (at);
      g_free (at);
      at = folder;
    }
  return g_steal_pointer (&at);
}

static gboolean
is_network_program (const char *path)
{
  g_autoptr (GUnixMountEntry) mount = g_unix_mount_for (path, NULL);

  return mount != NULL
         && (g_strv_contains (network_programs, g_unix_mount_get_fs_type (mount))
             || strstr (g_unix_mount_get_device_path (mount), "://") != NULL);
}

static gboolean
is_remote (const char *path)
{
  struct statfs status;
  g_autofree char *at = find_what_is_there (path, &status);

  /* Then there is no opening it either, and that says why. */
  if (at == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (network); i++)
    if ((guint32) status.f_type == network[i])
      return TRUE;
  return (guint32) status.f_type == FUSE_SUPER_MAGIC && is_network_program (at);
}

/**
 * ligdi_ledger_disk_check:
 * @path: the file of a ledger, which may be there
 * @error: return location, %LIGDI_ERROR_LEDGER_REMOTE
 *
 * To be called before anything is made or locked beside it.
 *
 * Returns: whether it is this computer's
 */
gboolean
ligdi_ledger_disk_check (const char *path, GError **error)
{
  if (!is_remote (path))
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_REMOTE,
                       "the ledger lies on a network file system");
  return FALSE;
}
