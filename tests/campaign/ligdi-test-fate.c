/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-fate.h"

#include "ligdi-test-turn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* All that a process cannot foresee comes from a seed: luck, the clock, the kernel's random
 * bytes, and the moment of its death. The functions of libc below are called by every library
 * in this program.
 *
 * Time passes only when there is nothing left to do: waiting for an hour takes as long as what
 * happens in it. */

#define SHORT_STALL (20 * G_GINT64_CONSTANT (1000))
#define LONG_STALL (8 * G_USEC_PER_SEC)
/* Of a thousand steps beside other processes. */
#define STALLS 40

static LigdiTestFate *fate;
static GRand *lucks[LIGDI_TEST_N_LUCKS];
static guint n_own_steps;
static guint n_own_disk;
static guint death;
static gboolean told_aloud;

static gint64
read_clock (clockid_t clock)
{
  struct timespec time = { 0 };

  syscall (SYS_clock_gettime, clock, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
get_time (clockid_t clock)
{
  switch (clock)
    {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
      return fate != NULL ? fate->real : read_clock (clock);
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
      return fate != NULL ? fate->monotonic : read_clock (clock);
    default:
      return read_clock (clock);
    }
}

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  gint64 now = get_time (clock);

  time->tv_sec = now / G_USEC_PER_SEC;
  time->tv_nsec = now % G_USEC_PER_SEC * 1000;
  return 0;
}

int
gettimeofday (struct timeval *time, void *zone)
{
  gint64 now = get_time (CLOCK_REALTIME);

  time->tv_sec = now / G_USEC_PER_SEC;
  time->tv_usec = now % G_USEC_PER_SEC;
  return 0;
}

time_t
time (time_t *where)
{
  time_t now = get_time (CLOCK_REALTIME) / G_USEC_PER_SEC;

  if (where != NULL)
    *where = now;
  return now;
}

ssize_t
getrandom (void *bytes, size_t length, unsigned int flags)
{
  if (fate == NULL)
    return syscall (SYS_getrandom, bytes, length, flags);
  for (size_t i = 0; i < length; i++)
    ((guint8 *) bytes)[i] = (guint8) g_rand_int (lucks[LIGDI_TEST_LUCK_NAMES]);
  return (ssize_t) length;
}

static void
wait_until (gint64 when)
{
  gint64 until = ligdi_test_turn_pass (fate->monotonic, when);

  if (until <= fate->monotonic)
    return;
  fate->real += until - fate->monotonic;
  fate->monotonic = until;
}

/* Whatever this process waits for is here already, because nothing but itself writes to what it
 * waits for. If it is not, the next thing to happen is a timer, or another process. */
static int
on_poll (GPollFD *fds, guint n_fds, int wait_ms)
{
  int n_ready = poll ((struct pollfd *) fds, n_fds, 0);

  if (n_ready != 0 || wait_ms == 0)
    return n_ready;
  wait_until (wait_ms > 0 ? fate->monotonic + wait_ms * G_GINT64_CONSTANT (1000) : G_MAXINT64);
  return poll ((struct pollfd *) fds, n_fds, 0);
}

/* Another process goes on in the middle of what this one does, if it wakes up soon. */
static void
stall (void)
{
  gint64 next = ligdi_test_turn_get_next ();
  gint64 before = fate->monotonic;
  gint64 longest = ligdi_test_fate_draw (LIGDI_TEST_LUCK_TURN, 3) == 0 ? LONG_STALL : SHORT_STALL;

  wait_until (next < fate->monotonic + longest ? next + 1 : fate->monotonic + 100);
  if (fate->monotonic - before > SHORT_STALL)
    fate->stalled_at = fate->monotonic;
}

/**
 * ligdi_test_fate_begin:
 * @shared: what is left behind; its clocks are set
 * @seed: what everything follows from
 * @life: which life of the till it is, from 0
 * @last_step: the step that is the last one of this process, or 0
 * @aloud: whether to tell what happens on standard error
 *
 * To be called when the process has its turn for the first time. From now on nothing happens to this process that @seed does not decide.
 */
void
ligdi_test_fate_begin (LigdiTestFate *shared, guint64 seed, guint life, guint last_step,
                       gboolean aloud)
{
  guint process = ligdi_test_turn_get_process ();

  for (guint i = 0; i < LIGDI_TEST_N_LUCKS; i++)
    {
      guint32 parts[] = { (guint32) seed, (guint32) (seed >> 32), life, i, process };

      lucks[i] = g_rand_new_with_seed_array (parts, G_N_ELEMENTS (parts));
    }
  fate = shared;
  death = last_step;
  told_aloud = aloud;
  g_random_set_seed (g_rand_int (lucks[LIGDI_TEST_LUCK_NAMES]));
  g_main_context_set_poll_func (NULL, on_poll);
}

/**
 * ligdi_test_fate_draw:
 * @luck: whose luck
 * @n_choices: how many choices there are, at least 1
 *
 * Returns: one of them, from 0
 */
guint32
ligdi_test_fate_draw (LigdiTestLuck luck, guint32 n_choices)
{
  return g_rand_int (lucks[luck]) % n_choices;
}

/**
 * ligdi_test_fate_happens:
 * @luck: whose luck
 * @per_mille: how often in a thousand times
 *
 * Returns: whether it happens this time
 */
gboolean
ligdi_test_fate_happens (LigdiTestLuck luck, guint per_mille)
{
  return ligdi_test_fate_draw (luck, 1000) < per_mille;
}

/**
 * ligdi_test_fate_is_last_step:
 *
 * To be called before anything goes out of the process.
 *
 * Returns: whether the process dies in the middle of it
 */
gboolean
ligdi_test_fate_is_last_step (void)
{
  if (ligdi_test_turn_get_n_processes () > 1
      && ligdi_test_fate_happens (LIGDI_TEST_LUCK_TURN, STALLS))
    stall ();
  n_own_steps++;
  fate->n_steps++;
  return n_own_steps == death;
}

/**
 * ligdi_test_fate_count_disk:
 *
 * Returns: how often this process asked the disk for anything, this time included
 */
guint
ligdi_test_fate_count_disk (void)
{
  fate->n_disk++;
  return ++n_own_disk;
}

/**
 * ligdi_test_fate_die:
 *
 * Ends the process as kill -9 and a power cut do.
 */
void
ligdi_test_fate_die (void)
{
  ligdi_test_fate_note ("killed");
  syscall (SYS_kill, syscall (SYS_getpid), SIGKILL);
  _exit (EXIT_FAILURE);
}

/**
 * ligdi_test_fate_note:
 * @format: what happens; nothing of it may be the simulator's own choice
 *
 * What is noted must be the same whenever the seed is.
 */
void
ligdi_test_fate_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  line = g_strdup_printf ("%u:%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                          ligdi_test_turn_get_process (), n_own_steps, fate->monotonic / 1000,
                          fate->real / 1000, text);
  for (const char *p = line; *p != '\0'; p++)
    fate->digest = (fate->digest ^ (guint8) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  if (told_aloud)
    g_printerr ("%s", line);
}

/**
 * ligdi_test_fate_jump:
 * @us: how far, either way
 *
 * Somebody sets the clock on the wall.
 */
void
ligdi_test_fate_jump (gint64 us)
{
  fate->real += us;
  ligdi_test_fate_note ("the clock is set by %" G_GINT64_FORMAT " s", us / G_USEC_PER_SEC);
}

/**
 * ligdi_test_fate_wait:
 * @us: how long
 *
 * Nothing happens in this process meanwhile.
 */
void
ligdi_test_fate_wait (gint64 us)
{
  wait_until (fate->monotonic + us);
}

/* Whoever would stand still for a time waits by this clock. */
int
nanosleep (const struct timespec *time, struct timespec *left)
{
  gint64 us = time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;

  if (fate == NULL)
    return (int) syscall (SYS_nanosleep, time, left);
  ligdi_test_fate_wait (us);
  return 0;
}

int
clock_nanosleep (clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
  gint64 us = time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;

  if (fate == NULL)
    return syscall (SYS_clock_nanosleep, clock, flags, time, left) == 0 ? 0 : errno;
  ligdi_test_fate_wait (flags == TIMER_ABSTIME ? MAX (us - get_time (clock), 0) : us);
  return 0;
}

/**
 * ligdi_test_fate_get:
 *
 * Returns: what the processes share
 */
LigdiTestFate *
ligdi_test_fate_get (void)
{
  return fate;
}
