/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-reply.h"
#include "ligdi-sim-json.h"

#include <string.h>

/* How a reply leaves the gateway: whole, late, in pieces, or never.
 *
 * A message is paused and answered from the main loop; one that is to be mistreated loses its
 * connection only then, when libsoup is not in the middle of using it. */

#define HANG_SECONDS 600
#define PADDING_BYTES (8 * 1024 * 1024)
#define MAINTENANCE_PAGE \
  "<!DOCTYPE html><html lang=\"fr\"><title>Maintenance</title>" \
  "<h1>Service momentanément indisponible</h1></html>"
#define ERROR_PAGE \
  "<!DOCTYPE html><html lang=\"fr\"><title>Erreur 500</title>" \
  "<h1>Erreur interne du serveur</h1></html>"

typedef struct
{
  SoupServerMessage *message;
  guint status;
  char *content_type;
  GBytes *body;
  LigdiSimDelivery delivery;
} Reply;

typedef struct
{
  GIOStream *stream;
  GCancellable *cancellable;
  char *text;
  char buffer[512];
} Held;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_object_unref (reply->message);
  g_free (reply->content_type);
  g_bytes_unref (reply->body);
  g_free (reply);
}

static void
held_free (Held *held)
{
  g_io_stream_close_async (held->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (held->stream);
  g_object_unref (held->cancellable);
  g_free (held->text);
  g_free (held);
}

static Held *
hold_connection (SoupServerMessage *message)
{
  Held *held = g_new0 (Held, 1);

  held->stream = soup_server_message_steal_connection (message);
  held->cancellable = g_cancellable_new ();
  return held;
}

static gboolean
on_hang_too_long (gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
  return G_SOURCE_REMOVE;
}

/* Whatever the client still sends is of no interest; that it is gone is. */
static void
on_hang_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Held *held = user_data;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n_read > 0)
    g_input_stream_read_async (G_INPUT_STREAM (source), held->buffer, sizeof held->buffer,
                               G_PRIORITY_DEFAULT, held->cancellable, on_hang_read_ready, held);
  else
    held_free (held);
}

static void
hang (SoupServerMessage *message)
{
  Held *held = hold_connection (message);

  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, HANG_SECONDS, on_hang_too_long,
                              g_object_ref (held->cancellable), g_object_unref);
  g_input_stream_read_async (g_io_stream_get_input_stream (held->stream), held->buffer,
                             sizeof held->buffer, G_PRIORITY_DEFAULT, held->cancellable,
                             on_hang_read_ready, held);
}

static void
on_truncated_write_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  held_free (user_data);
}

static void
truncate_body (Reply *reply)
{
  gsize size = g_bytes_get_size (reply->body);
  Held *held = hold_connection (reply->message);

  held->text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                                "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s",
                                reply->content_type, size, (int) (size / 2),
                                (const char *) g_bytes_get_data (reply->body, NULL));
  g_output_stream_write_all_async (g_io_stream_get_output_stream (held->stream), held->text,
                                   strlen (held->text), G_PRIORITY_DEFAULT, held->cancellable,
                                   on_truncated_write_ready, held);
}

static void
respond (SoupServerMessage *message, guint status, const char *content_type, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_set_content_type (headers, content_type, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_server_message_unpause (message);
}

static void
respond_text (SoupServerMessage *message, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  respond (message, status, "text/html; charset=utf-8", body);
}

/* The description is made long: still one JSON object, only far too large. */
static GBytes *
pad (GBytes *body)
{
  GString *text = g_string_sized_new (PADDING_BYTES + g_bytes_get_size (body) + 32);
  gsize size = g_bytes_get_size (body);
  const char *data = g_bytes_get_data (body, NULL);

  g_string_append_len (text, data, size > 0 ? size - 1 : 0);
  g_string_append (text, ",\"padding\":\"");
  while (text->len < PADDING_BYTES)
    g_string_append (text, "0123456789abcdefghijklmnopqrstuvwxyz");
  g_string_append (text, "\"}");

  return g_string_free_to_bytes (text);
}

static gboolean
on_reply_due (gpointer user_data)
{
  Reply *reply = user_data;
  g_autoptr (GBytes) body = NULL;

  switch (reply->delivery)
    {
    case LIGDI_SIM_DELIVERY_NORMAL:
      respond (reply->message, reply->status, reply->content_type, reply->body);
      break;
    case LIGDI_SIM_DELIVERY_HANG:
      hang (reply->message);
      break;
    case LIGDI_SIM_DELIVERY_CUT:
      held_free (hold_connection (reply->message));
      break;
    case LIGDI_SIM_DELIVERY_HTTP_500:
      respond_text (reply->message, SOUP_STATUS_INTERNAL_SERVER_ERROR, ERROR_PAGE);
      break;
    case LIGDI_SIM_DELIVERY_NOT_JSON:
      respond_text (reply->message, SOUP_STATUS_OK, MAINTENANCE_PAGE);
      break;
    case LIGDI_SIM_DELIVERY_EMPTY:
      body = g_bytes_new_static ("", 0);
      respond (reply->message, SOUP_STATUS_OK, reply->content_type, body);
      break;
    case LIGDI_SIM_DELIVERY_TRUNCATED:
      truncate_body (reply);
      break;
    case LIGDI_SIM_DELIVERY_TRUNCATED_JSON:
      body = g_bytes_new_from_bytes (reply->body, 0, g_bytes_get_size (reply->body) / 2);
      respond (reply->message, SOUP_STATUS_OK, reply->content_type, body);
      break;
    case LIGDI_SIM_DELIVERY_TOO_LARGE:
      body = pad (reply->body);
      respond (reply->message, SOUP_STATUS_OK, reply->content_type, body);
      break;
    }
  return G_SOURCE_REMOVE;
}

/**
 * ligdi_sim_reply_send:
 * @message: what to answer
 * @status: the HTTP status
 * @content_type: of @body
 * @body: what to send
 * @delivery: how it leaves
 * @delay_seconds: when it leaves
 *
 * Headers set on @message before are sent as well, where headers are sent at all.
 */
void
ligdi_sim_reply_send (SoupServerMessage *message, guint status, const char *content_type,
                      GBytes *body, LigdiSimDelivery delivery, guint delay_seconds)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->message = g_object_ref (message);
  reply->status = status;
  reply->content_type = g_strdup (content_type);
  reply->body = g_bytes_ref (body);
  reply->delivery = delivery;

  soup_server_message_pause (message);
  if (delay_seconds > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, delay_seconds * 1000, on_reply_due, reply, reply_free);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, on_reply_due, reply, reply_free);
}

/**
 * ligdi_sim_reply_send_json:
 * @message: what to answer
 * @status: the HTTP status
 * @root: (transfer full): what to send
 * @delivery: how it leaves
 * @delay_seconds: when it leaves
 */
void
ligdi_sim_reply_send_json (SoupServerMessage *message, guint status, JsonNode *root,
                           LigdiSimDelivery delivery, guint delay_seconds)
{
  g_autoptr (JsonNode) node = root;
  g_autoptr (GBytes) body = ligdi_sim_json_print (node, FALSE);

  ligdi_sim_reply_send (message, status, "application/json", body, delivery, delay_seconds);
}
