/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-idle.h"

#include <errno.h>
#include <sys/socket.h>

/* Closes connections that were kept open between two requests and that the client has closed.
 * libsoup 3.2 forgets to: each would hold its file descriptor until the program ends. */

static gboolean
on_socket_ready (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  char byte;
  gssize n;

  if (g_socket_is_closed (socket))
    return G_SOURCE_REMOVE;
  n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  /* A client that was killed may have left a reset, and no end. */
  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    g_socket_close (socket, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * ligdi_sim_idle_watch:
 * @socket: a connection on which a request has just been answered
 *
 * Waits for the next thing that happens to it: another request, or its end.
 */
void
ligdi_sim_idle_watch (GSocket *socket)
{
  g_autoptr (GSource) source = g_socket_create_source (socket, G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (on_socket_ready), NULL, NULL);
  g_source_attach (source, NULL);
}
