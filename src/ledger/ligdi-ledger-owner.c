/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-owner.h"

#include "ligdi-ledger-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* An owner is "boot id:pid:start time:namespace of the pid". A pid alone comes back after a
 * restart, and in flatpak every program has the same one and sees nobody else's. So each holds a
 * lock of its own for as long as it has the ledger open: whoever asks need not see the process. */

/* How much of a digest is a place in a file: 60 bits. */
#define PLACE_DIGITS 15

static char *
read_boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("unknown");
  return g_strstrip (text);
}

/* The 22nd field of /proc/PID/stat, counted after the last ")", because the second one is the
 * program's name and may hold anything. */
static char *
read_start_time (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) getpid ());
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &text, NULL, NULL)
      || (rest = strrchr (text, ')')) == NULL)
    return g_strdup ("0");
  fields = g_strsplit (rest, " ", 0);
  return g_strdup (g_strv_length (fields) > 20 ? fields[20] : "0");
}

/* The number in "pid:[4026531836]". */
static char *
read_namespace (void)
{
  g_autofree char *link = g_file_read_link ("/proc/self/ns/pid", NULL);
  const char *number = link != NULL ? strchr (link, '[') : NULL;

  return number != NULL ? g_strndup (number + 1, strcspn (number + 1, "]")) : g_strdup ("0");
}

/* The byte that stands for an owner, far beyond what is in the file. */
static struct flock
choose_lock (const char *owner, short type)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, owner, -1);

  digest[PLACE_DIGITS] = '\0';
  return (struct flock){
    .l_type = type,
    .l_whence = SEEK_SET,
    .l_start = (off_t) g_ascii_strtoull (digest, NULL, 16),
    .l_len = 1,
  };
}

/**
 * ligdi_ledger_owner_describe_self:
 *
 * Returns: (transfer full): this process, told from any other before, after or beside it
 */
char *
ligdi_ledger_owner_describe_self (void)
{
  g_autofree char *boot_id = read_boot_id ();
  g_autofree char *start = read_start_time ();
  g_autofree char *space = read_namespace ();

  return g_strdup_printf ("%s:%d:%s:%s", boot_id, (int) getpid (), start, space);
}

/**
 * ligdi_ledger_owner_hold:
 * @owner: what ligdi_ledger_owner_describe_self() says
 * @fd: the file of the ledger's users, open to read and write
 * @error: return location, a ledger error
 *
 * Lets everybody know that @owner is alive, until @fd is closed, or the process ends.
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_ledger_owner_hold (const char *owner, int fd, GError **error)
{
  /* Shared: a process may have a ledger open twice. */
  struct flock lock = choose_lock (owner, F_RDLCK);

  return fcntl (fd, F_OFD_SETLK, &lock) == 0
         || ligdi_ledger_file_set_error (error, "cannot open the ledger");
}

/**
 * ligdi_ledger_owner_is_alive:
 * @owner: what ligdi_ledger_owner_describe_self() said once, to another process
 * @fd: the file of the ledger's users, open to read and write
 *
 * Returns: whether that very process still has the ledger open
 */
gboolean
ligdi_ledger_owner_is_alive (const char *owner, int fd)
{
  struct flock lock = choose_lock (owner, F_WRLCK);

  /* What cannot be asked is left alone. */
  return fcntl (fd, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}
