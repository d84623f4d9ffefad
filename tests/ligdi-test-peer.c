/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-peer.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include <string.h>

/* A gateway that does what a test tells it to, however bad its manners, and remembers what it
 * was asked. */

#define CREATE_PATH "/pay/v01/redirect/checkout-invoice/create"
#define CONFIRM_PATH "/pay/v01/redirect/checkout-invoice/confirm"

struct _LigdiTestPeer
{
  SoupServer *server;
  GCancellable *cancellable;
  char *base_url;
  GQueue create_plays;
  GQueue confirm_plays;
  LigdiTestPlay usual_create;
  LigdiTestPlay usual_confirm;
  GPtrArray *creates;
  GPtrArray *confirms;
  GHashTable *invoices; /* token → Invoice */
  GHashTable *ports;
  GPtrArray *held;
  guint n_requests;
};

typedef struct
{
  char *token;
  char *id;
  gint64 amount;
} Invoice;

/* A request whose answer waits. */
typedef struct
{
  SoupServerMessage *message;
  gulong finished_id;
  LigdiTestPlay play;
  char *body;
} Held;

/* A connection that HTTP has been taken off. */
typedef struct
{
  LigdiTestPeer *peer;
  SoupServerMessage *message;
  GCancellable *cancellable;
  GIOStream *stream;
  LigdiTestPlay play;
  char *head;
  char *body;
} Stolen;

static void
invoice_free (gpointer data)
{
  Invoice *invoice = data;

  g_free (invoice->token);
  g_free (invoice->id);
  g_free (invoice);
}

static void
request_free (gpointer data)
{
  LigdiTestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request->headers);
  g_free (request->body);
  g_free (request->token);
  g_free (request);
}

static void
held_free (gpointer data)
{
  Held *held = data;

  g_signal_handler_disconnect (held->message, held->finished_id);
  g_object_unref (held->message);
  g_free (held->body);
  g_free (held);
}

static void
stolen_free (gpointer data)
{
  Stolen *stolen = data;

  g_clear_object (&stolen->message);
  g_clear_object (&stolen->stream);
  g_object_unref (stolen->cancellable);
  g_free (stolen->head);
  g_free (stolen->body);
  g_free (stolen);
}

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\n", name, value);
}

static LigdiTestRequest *
note_request (SoupServerMessage *message)
{
  LigdiTestRequest *request = g_new0 (LigdiTestRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  GString *headers = g_string_new (NULL);
  GInetSocketAddress *address
      = G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message));

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), append_header,
                                headers);
  request->at = g_get_monotonic_time ();
  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (g_uri_get_path (uri));
  request->query = g_strdup (g_uri_get_query (uri));
  request->headers = g_string_free (headers, FALSE);
  request->body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  request->port = g_inet_socket_address_get_port (address);
  return request;
}

static Invoice *
make_invoice (LigdiTestPeer *peer, const LigdiTestRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  Invoice *invoice = g_new0 (Invoice, 1);
  JsonObject *order;

  g_assert_true (json_parser_load_from_data (parser, request->body, -1, NULL));
  order = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                         "commande");
  invoice->token = g_strdup_printf ("eyJ0eXAi.eyJpZCI6%u.c2lnbmF0dXJl",
                                    g_hash_table_size (peer->invoices) + 1);
  invoice->id = g_strdup (json_object_get_string_member (
      json_object_get_object_member (order, "custom_data"), "transaction_id"));
  invoice->amount = json_object_get_int_member (json_object_get_object_member (order, "invoice"),
                                                "total_amount");
  g_hash_table_insert (peer->invoices, invoice->token, invoice);
  return invoice;
}

static char *
fill_in (LigdiTestPeer *peer, const char *body, const Invoice *invoice)
{
  GString *text = g_string_new (body);

  if (invoice != NULL)
    {
      g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, invoice->amount);
      g_autofree char *page
          = g_strconcat (peer->base_url, "/directpayment/invoice/", invoice->token, NULL);

      g_string_replace (text, "@TOKEN@", invoice->token, 0);
      g_string_replace (text, "@PAGE@", page, 0);
      g_string_replace (text, "@ID@", invoice->id, 0);
      g_string_replace (text, "@AMOUNT@", amount, 0);
    }
  return g_string_free (text, FALSE);
}

static void
answer (SoupServerMessage *message, const LigdiTestPlay *play, const char *body)
{
  if (play->header != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), play->header,
                                 play->value);
  soup_server_message_set_status (message, play->status != 0 ? play->status : 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
on_held_finished (SoupServerMessage *message, gpointer user_data)
{
  LigdiTestPeer *peer = user_data;

  for (guint i = 0; i < peer->held->len; i++)
    if (((Held *) g_ptr_array_index (peer->held, i))->message == message)
      {
        g_ptr_array_remove_index (peer->held, i);
        return;
      }
}

static void
hold (LigdiTestPeer *peer, SoupServerMessage *message, const LigdiTestPlay *play, const char *body)
{
  Held *held = g_new0 (Held, 1);

  held->message = g_object_ref (message);
  held->play = *play;
  held->body = g_strdup (body);
  held->finished_id
      = g_signal_connect (message, "finished", G_CALLBACK (on_held_finished), peer);
  g_ptr_array_add (peer->held, held);
  soup_server_message_pause (message);
}

static void on_flood_written (GObject *source, GAsyncResult *result, gpointer user_data);

static void
flood (Stolen *stolen)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stolen->stream), stolen->body,
                                   strlen (stolen->body), G_PRIORITY_DEFAULT, stolen->cancellable,
                                   on_flood_written, stolen);
}

static void
on_flood_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    flood (user_data);
  else
    stolen_free (user_data);
}

/* Keeps a silent connection open until the other side or the test ends it. */
static void
on_stalled_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes *read = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  g_clear_pointer (&read, g_bytes_unref);
  stolen_free (user_data);
}

static void
on_head_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stolen *stolen = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL)
      || stolen->play.kind == LIGDI_TEST_PLAY_BREAK)
    {
      g_io_stream_close (stolen->stream, NULL, NULL);
      stolen_free (stolen);
    }
  else if (stolen->play.kind == LIGDI_TEST_PLAY_FLOOD)
    flood (stolen);
  else
    g_input_stream_read_bytes_async (g_io_stream_get_input_stream (stolen->stream), 1,
                                     G_PRIORITY_DEFAULT, stolen->cancellable, on_stalled_read,
                                     stolen);
}

static gboolean
on_steal (gpointer user_data)
{
  Stolen *stolen = user_data;
  const char *first = stolen->play.kind == LIGDI_TEST_PLAY_FLOOD ? stolen->head : stolen->body;

  /* The other side may have gone meanwhile. */
  if (soup_server_message_get_socket (stolen->message) != NULL)
    stolen->stream = soup_server_message_steal_connection (stolen->message);
  if (stolen->stream == NULL || g_cancellable_is_cancelled (stolen->cancellable))
    stolen_free (stolen);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (stolen->stream), first,
                                     strlen (first), G_PRIORITY_DEFAULT, stolen->cancellable,
                                     on_head_written, stolen);
  return G_SOURCE_REMOVE;
}

/* The connection cannot be taken while its request is being handled. */
static void
steal (LigdiTestPeer *peer, SoupServerMessage *message, const LigdiTestPlay *play, const char *body)
{
  Stolen *stolen = g_new0 (Stolen, 1);

  stolen->message = g_object_ref (message);
  stolen->cancellable = g_object_ref (peer->cancellable);
  stolen->play = *play;
  stolen->head = g_strdup (play->head != NULL ? play->head : "");
  stolen->body = g_strdup (body);
  soup_server_message_pause (message);
  g_idle_add (on_steal, stolen);
}

static void
perform (LigdiTestPeer *peer, SoupServerMessage *message, const LigdiTestPlay *play,
         const Invoice *invoice)
{
  g_autofree char *body = fill_in (peer, play->body, invoice);

  switch (play->kind)
    {
    case LIGDI_TEST_PLAY_ANSWER:
      answer (message, play, body);
      break;
    case LIGDI_TEST_PLAY_HOLD:
      hold (peer, message, play, body);
      break;
    case LIGDI_TEST_PLAY_BREAK:
    case LIGDI_TEST_PLAY_STALL:
    case LIGDI_TEST_PLAY_FLOOD:
      steal (peer, message, play, body);
      break;
    }
}

static LigdiTestPlay
take_play (GQueue *plays, const LigdiTestPlay *usual)
{
  g_autofree LigdiTestPlay *play = g_queue_pop_head (plays);

  return play != NULL ? *play : *usual;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  LigdiTestPeer *peer = user_data;
  LigdiTestRequest *request = note_request (message);
  LigdiTestPlay play;

  peer->n_requests++;
  g_hash_table_add (peer->ports, GUINT_TO_POINTER (request->port));
  if (g_str_equal (path, CREATE_PATH))
    {
      Invoice *invoice = make_invoice (peer, request);

      request->token = g_strdup (invoice->token);
      g_ptr_array_add (peer->creates, request);
      play = take_play (&peer->create_plays, &peer->usual_create);
      perform (peer, message, &play, invoice);
    }
  else if (g_str_has_prefix (path, CONFIRM_PATH))
    {
      const char *token = query != NULL ? g_hash_table_lookup (query, "invoiceToken") : NULL;

      request->token = g_strdup (token);
      g_ptr_array_add (peer->confirms, request);
      play = take_play (&peer->confirm_plays, &peer->usual_confirm);
      perform (peer, message, &play,
               token != NULL ? g_hash_table_lookup (peer->invoices, token) : NULL);
    }
  else
    {
      request_free (request);
      soup_server_message_set_status (message, 404, NULL);
    }
}

/**
 * ligdi_test_peer_new:
 *
 * Returns: (transfer full): a gateway on a free port that creates every invoice and answers
 *   "pending" unless told otherwise
 */
LigdiTestPeer *
ligdi_test_peer_new (void)
{
  LigdiTestPeer *peer = g_new0 (LigdiTestPeer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  GSList *uris;

  peer->server = soup_server_new (NULL, NULL);
  peer->cancellable = g_cancellable_new ();
  peer->usual_create.body = LIGDI_TEST_CREATED;
  peer->usual_confirm.body = LIGDI_TEST_CONFIRMED ("pending");
  peer->creates = g_ptr_array_new_with_free_func (request_free);
  peer->confirms = g_ptr_array_new_with_free_func (request_free);
  peer->invoices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, invoice_free);
  peer->ports = g_hash_table_new (NULL, NULL);
  peer->held = g_ptr_array_new_with_free_func (held_free);
  soup_server_add_handler (peer->server, NULL, on_request, peer, NULL);
  soup_server_listen_local (peer->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (peer->server);
  uri = g_uri_ref (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  peer->base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uri));
  return peer;
}

/**
 * ligdi_test_peer_free:
 * @peer: (transfer full): a gateway
 */
void
ligdi_test_peer_free (LigdiTestPeer *peer)
{
  g_cancellable_cancel (peer->cancellable);
  g_ptr_array_unref (peer->held);
  soup_server_disconnect (peer->server);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (peer->server);
  g_object_unref (peer->cancellable);
  g_queue_clear_full (&peer->create_plays, g_free);
  g_queue_clear_full (&peer->confirm_plays, g_free);
  g_ptr_array_unref (peer->creates);
  g_ptr_array_unref (peer->confirms);
  g_hash_table_unref (peer->invoices);
  g_hash_table_unref (peer->ports);
  g_free (peer->base_url);
  g_free (peer);
}

/**
 * ligdi_test_peer_get_base_url:
 * @peer: a gateway
 *
 * Returns: (transfer none): its address
 */
const char *
ligdi_test_peer_get_base_url (LigdiTestPeer *peer)
{
  return peer->base_url;
}

/**
 * ligdi_test_peer_next_create:
 * @peer: a gateway
 * @play: how one call of create is answered, after those that were told before
 */
void
ligdi_test_peer_next_create (LigdiTestPeer *peer, LigdiTestPlay play)
{
  g_queue_push_tail (&peer->create_plays, g_memdup2 (&play, sizeof play));
}

/**
 * ligdi_test_peer_next_confirm:
 * @peer: a gateway
 * @play: how one call of confirm is answered, after those that were told before
 */
void
ligdi_test_peer_next_confirm (LigdiTestPeer *peer, LigdiTestPlay play)
{
  g_queue_push_tail (&peer->confirm_plays, g_memdup2 (&play, sizeof play));
}

/**
 * ligdi_test_peer_always_create:
 * @peer: a gateway
 * @play: how create is answered when nothing else was told
 */
void
ligdi_test_peer_always_create (LigdiTestPeer *peer, LigdiTestPlay play)
{
  peer->usual_create = play;
}

/**
 * ligdi_test_peer_always_confirm:
 * @peer: a gateway
 * @play: how confirm is answered when nothing else was told
 */
void
ligdi_test_peer_always_confirm (LigdiTestPeer *peer, LigdiTestPlay play)
{
  peer->usual_confirm = play;
}

/**
 * ligdi_test_peer_release:
 * @peer: a gateway
 *
 * Gives all the answers that were held back.
 */
void
ligdi_test_peer_release (LigdiTestPeer *peer)
{
  while (peer->held->len > 0)
    {
      Held *held = g_ptr_array_steal_index (peer->held, 0);

      answer (held->message, &held->play, held->body);
      soup_server_message_unpause (held->message);
      held_free (held);
    }
}

/**
 * ligdi_test_peer_count_creates:
 * @peer: a gateway
 *
 * Returns: how often create was called
 */
guint
ligdi_test_peer_count_creates (LigdiTestPeer *peer)
{
  return peer->creates->len;
}

/**
 * ligdi_test_peer_count_confirms:
 * @peer: a gateway
 *
 * Returns: how often confirm was called
 */
guint
ligdi_test_peer_count_confirms (LigdiTestPeer *peer)
{
  return peer->confirms->len;
}

/**
 * ligdi_test_peer_count_requests:
 * @peer: a gateway
 *
 * Returns: how many requests came, to whatever address
 */
guint
ligdi_test_peer_count_requests (LigdiTestPeer *peer)
{
  return peer->n_requests;
}

/**
 * ligdi_test_peer_count_connections:
 * @peer: a gateway
 *
 * Returns: over how many connections the requests came
 */
guint
ligdi_test_peer_count_connections (LigdiTestPeer *peer)
{
  return g_hash_table_size (peer->ports);
}

/**
 * ligdi_test_peer_get_create:
 * @peer: a gateway
 * @index: which call, from 0
 *
 * Returns: (transfer none): the call
 */
const LigdiTestRequest *
ligdi_test_peer_get_create (LigdiTestPeer *peer, guint index)
{
  g_assert_cmpuint (index, <, peer->creates->len);
  return g_ptr_array_index (peer->creates, index);
}

/**
 * ligdi_test_peer_get_confirm:
 * @peer: a gateway
 * @index: which call, from 0
 *
 * Returns: (transfer none): the call
 */
const LigdiTestRequest *
ligdi_test_peer_get_confirm (LigdiTestPeer *peer, guint index)
{
  g_assert_cmpuint (index, <, peer->confirms->len);
  return g_ptr_array_index (peer->confirms, index);
}
