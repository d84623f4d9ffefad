/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ledger"

#include "ligdi-ledger-owner.h"

#include <string.h>
#include <unistd.h>

/* An owner is "boot id:pid:start time". A pid alone comes back after a restart. */

static char *
read_boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("unknown");
  return g_strstrip (text);
}

/* The 22nd field of /proc/PID/stat, counted after the last ")", because the second
 * one is the program's name and may hold anything. None for a process that has ended
 * and only waits for its parent to take note. */
static char *
read_start_time (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return NULL;
  fields = g_strsplit (rest, " ", 0);
  if (g_strv_length (fields) <= 20 || strchr ("ZX", *fields[1]) != NULL)
    return NULL;
  return g_strdup (fields[20]);
}

/**
 * ligdi_ledger_owner_describe_self:
 *
 * Returns: (transfer full): this process, told from any other before or after it
 */
char *
ligdi_ledger_owner_describe_self (void)
{
  g_autofree char *boot_id = read_boot_id ();
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *start = read_start_time (pid);

  return g_strdup_printf ("%s:%s:%s", boot_id, pid, start != NULL ? start : "0");
}

/**
 * ligdi_ledger_owner_is_alive:
 * @owner: what ligdi_ledger_owner_describe_self() said once
 *
 * Returns: whether that very process still runs
 */
gboolean
ligdi_ledger_owner_is_alive (const char *owner)
{
  g_auto (GStrv) parts = g_strsplit (owner, ":", 0);
  g_autofree char *boot_id = read_boot_id ();
  g_autofree char *start = NULL;

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], boot_id))
    return FALSE;
  start = read_start_time (parts[1]);
  return start != NULL && g_str_equal (start, parts[2]);
}
