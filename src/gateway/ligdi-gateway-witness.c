/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-witness.h"

#include <string.h>

/* Sees how far a message gets, and what the other side shows, for as long as the message is
 * there: afterwards libsoup remembers little of it. */

#define WITNESS "ligdi-witness"

typedef struct
{
  gboolean resolving;
  LigdiReach reach;
  GTlsCertificateFlags certificate;
} Witness;

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  gpointer user_data)
{
  Witness *witness = user_data;

  if (event == G_SOCKET_CLIENT_RESOLVING || event == G_SOCKET_CLIENT_RESOLVED)
    witness->resolving = event == G_SOCKET_CLIENT_RESOLVING;
  else if (event == G_SOCKET_CLIENT_CONNECTED)
    witness->reach = LIGDI_REACH_SOMEBODY;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    witness->reach = LIGDI_REACH_GATEWAY;
}

/* Looks on; what is wrong with a certificate stays wrong. */
static gboolean
on_accept_certificate (SoupMessage *message, GTlsCertificate *certificate,
                       GTlsCertificateFlags flags, gpointer user_data)
{
  Witness *witness = user_data;

  witness->certificate = flags;
  return FALSE;
}

static gboolean
leads_elsewhere (SoupMessage *message)
{
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (message), "Location");
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GUri) target = NULL;

  if (location == NULL || !SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (message)))
    return FALSE;
  target = g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  return target != NULL && g_strcmp0 (g_uri_get_host (target), g_uri_get_host (uri)) != 0;
}

static gint64
read_time (SoupMessage *message)
{
  const char *header
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = header != NULL ? soup_date_time_new_from_http_string (header) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

/**
 * ligdi_witness_watch:
 * @message: a message that was not sent yet
 */
void
ligdi_witness_watch (SoupMessage *message)
{
  Witness *witness = g_new0 (Witness, 1);

  g_object_set_data_full (G_OBJECT (message), WITNESS, witness, g_free);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), witness);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), witness);
}

/**
 * ligdi_witness_tell:
 * @message: a message that was watched, and is over
 * @symptoms: (inout): what is known; what the message and this computer show is put in
 */
void
ligdi_witness_tell (SoupMessage *message, LigdiSymptoms *symptoms)
{
  const Witness *witness = g_object_get_data (G_OBJECT (message), WITNESS);
  GNetworkMonitor *monitor;

  g_return_if_fail (witness != NULL);

  symptoms->secure = g_strcmp0 (g_uri_get_scheme (soup_message_get_uri (message)), "https") == 0;
  /* Where only this computer itself is meant, the system says there is no network. */
  symptoms->link = symptoms->loopback;
  symptoms->connectivity = G_NETWORK_CONNECTIVITY_FULL;
  if (!symptoms->loopback)
    {
      monitor = g_network_monitor_get_default ();
      symptoms->link = g_network_monitor_get_network_available (monitor);
      symptoms->connectivity = g_network_monitor_get_connectivity (monitor);
    }
  symptoms->nameless = symptoms->timed_out && witness->resolving;
  symptoms->reach = witness->reach;
  symptoms->certificate = witness->certificate;
  symptoms->now = g_get_real_time () / G_USEC_PER_SEC;
  symptoms->status = soup_message_get_status (message);
  symptoms->elsewhere = leads_elsewhere (message);
  symptoms->server_time = read_time (message);
}

/**
 * ligdi_witness_is_page:
 * @body: what was answered
 *
 * What an answer calls itself does not matter: servers send JSON and name it a page.
 *
 * Returns: whether @body is written for people
 */
gboolean
ligdi_witness_is_page (const GByteArray *body)
{
  guint i = 0;

  if (body->len >= 3 && memcmp (body->data, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < body->len && g_ascii_isspace (body->data[i]))
    i++;
  return i < body->len && body->data[i] == '<';
}
