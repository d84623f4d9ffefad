/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-turn.h"

#include <dlfcn.h>
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Programs beside each other on one ledger, of which one at a time does anything: it says until
 * when it has nothing to do, and the one with the nearest time goes on. So the order of things
 * does not depend on how fast the computer is. Whoever dies with its turn is buried by the parent,
 * who gives it to the next.
 *
 * To each other they are known by numbers that are the same whenever the seed is: the ledger holds
 * them, and where a line lies on a page must not depend on what else this computer runs. */

#define FIRST_PID 1000
#define BOOT_ID "00000000-0000-4000-8000-000000000000\n"
#define PID_NAMESPACE "pid:[4026531836]"

typedef struct
{
  sem_t turn;
  gboolean lives;
  gint64 wakes_at; /* monotonic, µs */
} Process;

typedef struct
{
  guint n_processes;
  guint n_lives;
  guint turn;
  guint start_time;
  Process processes[LIGDI_TEST_MAX_PROCESSES];
} Turns;

static Turns *turns;
static guint own;
static gboolean joined;

static guint
find_next (guint after, gboolean others_only)
{
  guint next = G_MAXUINT;

  for (guint i = 1; i <= turns->n_processes; i++)
    {
      guint at = (after + i) % turns->n_processes;
      const Process *process = &turns->processes[at];

      if (!process->lives || (others_only && at == after))
        continue;
      if (next == G_MAXUINT || process->wakes_at < turns->processes[next].wakes_at)
        next = at;
    }
  return next;
}

static void
give_turn (guint process)
{
  turns->turn = process;
  g_assert_cmpint (sem_post (&turns->processes[process].turn), ==, 0);
}

static void
await_turn (void)
{
  while (sem_wait (&turns->processes[own].turn) != 0)
    g_assert_cmpint (errno, ==, EINTR);
}

/* In place of the one of libc. */
pid_t
getpid (void)
{
  return joined ? FIRST_PID + (pid_t) own : (pid_t) syscall (SYS_getpid);
}

static char *
describe_process (const char *path)
{
  GString *text;
  guint64 pid = g_ascii_strtoull (path + strlen ("/proc/"), NULL, 10);

  if (pid < FIRST_PID || pid >= FIRST_PID + turns->n_processes
      || !turns->processes[pid - FIRST_PID].lives)
    return NULL;
  text = g_string_new (NULL);
  g_string_printf (text, "%" G_GUINT64_FORMAT " (till) S", pid);
  for (guint i = 4; i < 22; i++)
    g_string_append (text, " 0");
  g_string_append_printf (text, " %u 0 0\n", turns->start_time);
  return g_string_free (text, FALSE);
}

/* In place of GLib's: what the kernel says of processes and of itself. */
gboolean
g_file_get_contents (const char *path, char **contents, gsize *length, GError **error)
{
  gboolean (*read) (const char *, char **, gsize *, GError **);

  if (!joined || !g_str_has_prefix (path, "/proc/"))
    {
      *(void **) &read = dlsym (RTLD_NEXT, "g_file_get_contents");
      return read (path, contents, length, error);
    }
  *contents = g_str_has_suffix (path, "/boot_id") ? g_strdup (BOOT_ID) : describe_process (path);
  if (*contents == NULL)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such process");
  else if (length != NULL)
    *length = strlen (*contents);
  return *contents != NULL;
}

/* In place of GLib's. */
char *
g_file_read_link (const char *path, GError **error)
{
  char *(*read) (const char *, GError **);

  if (joined && g_str_equal (path, "/proc/self/ns/pid"))
    return g_strdup (PID_NAMESPACE);
  *(void **) &read = dlsym (RTLD_NEXT, "g_file_read_link");
  return read (path, error);
}

/**
 * ligdi_test_turn_make:
 *
 * To be called once, by the parent of all.
 */
void
ligdi_test_turn_make (void)
{
  turns = mmap (NULL, sizeof *turns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (turns != MAP_FAILED);
}

/**
 * ligdi_test_turn_begin:
 * @n_processes: how many there will be
 * @start_time: when they were started, as the kernel tells it
 *
 * The first of them begins.
 */
void
ligdi_test_turn_begin (guint n_processes, guint start_time)
{
  g_assert_cmpuint (n_processes, <=, LIGDI_TEST_MAX_PROCESSES);
  memset (turns, 0, sizeof *turns);
  turns->n_processes = n_processes;
  turns->n_lives = n_processes;
  turns->start_time = start_time;
  for (guint i = 0; i < n_processes; i++)
    {
      g_assert_cmpint (sem_init (&turns->processes[i].turn, 1, 0), ==, 0);
      turns->processes[i].lives = TRUE;
    }
  give_turn (0);
}

/**
 * ligdi_test_turn_join:
 * @process: which of them this is
 *
 * Returns when it may do anything.
 */
void
ligdi_test_turn_join (guint process)
{
  own = process;
  joined = TRUE;
  await_turn ();
}

/**
 * ligdi_test_turn_leave:
 * @process: one that has ended
 */
void
ligdi_test_turn_leave (guint process)
{
  turns->processes[process].lives = FALSE;
  turns->n_lives--;
  if (turns->n_lives > 0 && turns->turn == process)
    give_turn (find_next (process, TRUE));
}

/**
 * ligdi_test_turn_pass:
 * @now: monotonic µs
 * @until: when this process has something to do again, monotonic µs, unless it is woken
 *
 * Others may go on meanwhile.
 *
 * Returns: what the clock must say at least when this process goes on
 */
gint64
ligdi_test_turn_pass (gint64 now, gint64 until)
{
  guint next;

  turns->processes[own].wakes_at = MAX (until, now);
  if (turns->n_lives > 1)
    {
      next = find_next (own, FALSE);
      if (next != own)
        {
          give_turn (next);
          await_turn ();
        }
    }
  /* Nobody would ever do anything again. */
  g_assert_cmpint (turns->processes[own].wakes_at, <, G_MAXINT64);
  return turns->processes[own].wakes_at;
}

/**
 * ligdi_test_turn_get_next:
 *
 * Returns: when the next of the other processes has something to do, monotonic µs, or
 *   %G_MAXINT64
 */
gint64
ligdi_test_turn_get_next (void)
{
  guint next = turns->n_lives > 1 ? find_next (own, TRUE) : G_MAXUINT;

  return next != G_MAXUINT ? turns->processes[next].wakes_at : G_MAXINT64;
}

/**
 * ligdi_test_turn_wake_all:
 * @now: monotonic µs
 *
 * Something happened that the others may have waited for.
 */
void
ligdi_test_turn_wake_all (gint64 now)
{
  for (guint i = 0; i < turns->n_processes; i++)
    if (i != own)
      turns->processes[i].wakes_at = MIN (turns->processes[i].wakes_at, now);
}

/**
 * ligdi_test_turn_get_process:
 *
 * Returns: which of the processes this is
 */
guint
ligdi_test_turn_get_process (void)
{
  return own;
}

/**
 * ligdi_test_turn_get_n_processes:
 *
 * Returns: how many there are, the dead included
 */
guint
ligdi_test_turn_get_n_processes (void)
{
  return turns->n_processes;
}

/**
 * ligdi_test_turn_lives:
 * @owner: a process as the ledger names it: boot, number, start time and namespace
 *
 * Returns: whether it is another process, and lives
 */
gboolean
ligdi_test_turn_lives (const char *owner)
{
  g_auto (GStrv) parts = g_strsplit (owner, ":", -1);
  guint64 pid;

  if (g_strv_length (parts) != 4)
    return FALSE;
  pid = g_ascii_strtoull (parts[1], NULL, 10);
  return pid >= FIRST_PID && pid < FIRST_PID + turns->n_processes && pid != FIRST_PID + own
         && turns->processes[pid - FIRST_PID].lives
         && g_ascii_strtoull (parts[2], NULL, 10) == turns->start_time;
}
