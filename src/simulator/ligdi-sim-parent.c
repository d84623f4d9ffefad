/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-parent.h"

#include <glib-unix.h>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Ends the program when the one that started it ends: the kernel tells, and so does a pipe on
 * standard input, which also closes when the kernel's signal cannot be delivered. */

static gboolean
on_standard_input (int fd, GIOCondition condition, gpointer user_data)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * ligdi_sim_parent_watch:
 * @loop: what to quit
 *
 * Returns: %FALSE when the parent has gone already
 */
gboolean
ligdi_sim_parent_watch (GMainLoop *loop)
{
  pid_t parent = getppid ();
  struct stat input;

  if (prctl (PR_SET_PDEATHSIG, SIGTERM) != 0)
    g_message ("The end of the parent will not be noticed by signal.");

  /* It may have ended before the kernel was asked to tell. */
  if (getppid () != parent)
    return FALSE;

  if (fstat (STDIN_FILENO, &input) == 0 && (S_ISFIFO (input.st_mode) || S_ISSOCK (input.st_mode)))
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_standard_input, loop);
  return TRUE;
}
