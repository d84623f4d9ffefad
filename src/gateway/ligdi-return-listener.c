/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-return-listener.h"

#include "ligdi-error.h"
#include "ligdi-random.h"

#include <libsoup/soup.h>

#include <string.h>

/* Where the system's browser comes back to after a payment: a port of this computer that
 * nobody else can reach (RFC 8252). A visit proves nothing, and the page that answers it
 * says nothing about the money. */

enum
{
  SIGNAL_VISITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiReturnListener
{
  GObject parent_instance;

  SoupServer *server; /* while it listens */
  char *origin;
  char *page;
  GQueue paths;       /* of visits that are over and not yet told */
  GHashTable *offers; /* paths → where they lead, each of them once */
};

G_DEFINE_FINAL_TYPE (LigdiReturnListener, ligdi_return_listener, G_TYPE_OBJECT)

/* Pages of other sites can send a browser here by a name of their own. */
static gboolean
is_for_us (LigdiReturnListener *self, SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Host");

  return host != NULL && g_str_equal (host, self->origin + strlen ("http://"));
}

static gboolean
on_visit_over (gpointer user_data)
{
  LigdiReturnListener *self = user_data;
  g_autofree char *uri = NULL;

  if (g_queue_is_empty (&self->paths))
    return G_SOURCE_REMOVE;
  uri = g_strconcat (self->origin, g_queue_peek_head (&self->paths), NULL);
  g_free (g_queue_pop_head (&self->paths));
  g_signal_emit (self, signals[SIGNAL_VISITED], 0, uri);
  return G_SOURCE_REMOVE;
}

/* Whoever hears of a visit may close the listener. The browser has its page by then, and the
 * server is done with it. */
static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  LigdiReturnListener *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);

  g_queue_push_tail (&self->paths, g_strdup (g_uri_get_path (uri)));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_visit_over, g_object_ref (self), g_object_unref);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  LigdiReturnListener *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
  if (soup_server_message_get_method (message) != SOUP_METHOD_GET
      && soup_server_message_get_method (message) != SOUP_METHOD_POST)
    {
      soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
      return;
    }
  if (!is_for_us (self, message))
    {
      soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
      return;
    }
  if (g_hash_table_contains (self->offers, path))
    {
      soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
      soup_server_message_set_redirect (message, SOUP_STATUS_SEE_OTHER,
                                        g_hash_table_lookup (self->offers, path));
      g_hash_table_remove (self->offers, path);
      return;
    }
  /* The same page for every path: it must not tell which of them is a payment's. */
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY,
                                    self->page, strlen (self->page));
  g_signal_connect_object (message, "finished", G_CALLBACK (on_finished), self, 0);
}

static void
ligdi_return_listener_dispose (GObject *object)
{
  ligdi_return_listener_close (LIGDI_RETURN_LISTENER (object));
  G_OBJECT_CLASS (ligdi_return_listener_parent_class)->dispose (object);
}

static void
ligdi_return_listener_finalize (GObject *object)
{
  g_free (LIGDI_RETURN_LISTENER (object)->page);
  g_hash_table_unref (LIGDI_RETURN_LISTENER (object)->offers);
  G_OBJECT_CLASS (ligdi_return_listener_parent_class)->finalize (object);
}

static void
ligdi_return_listener_class_init (LigdiReturnListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_return_listener_dispose;
  object_class->finalize = ligdi_return_listener_finalize;

  /**
   * LigdiReturnListener::visited:
   * @self: the listener
   * @uri: where a browser went, without its query
   *
   * A browser came by. Whether that address belongs to a payment is for others to say.
   */
  signals[SIGNAL_VISITED]
      = g_signal_new ("visited", LIGDI_TYPE_RETURN_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ligdi_return_listener_init (LigdiReturnListener *self)
{
  self->offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * ligdi_return_listener_new:
 * @title: what the browser shows after a payment
 * @sentence: and what its user should do
 *
 * Returns: (transfer full): a listener that does not listen yet
 */
LigdiReturnListener *
ligdi_return_listener_new (const char *title, const char *sentence)
{
  LigdiReturnListener *self = g_object_new (LIGDI_TYPE_RETURN_LISTENER, NULL);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_sentence = g_markup_escape_text (sentence, -1);

  self->page = g_strdup_printf ("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width\">\n"
                                "<title>%s</title>\n<h1>%s</h1>\n<p>%s</p>\n",
                                safe_title, safe_title, safe_sentence);
  return self;
}

/**
 * ligdi_return_listener_open:
 * @self: a listener
 * @error: return location, %LIGDI_ERROR_OFFLINE
 *
 * Listens on a free port of this computer, unless it does.
 *
 * Returns: (transfer none) (nullable): the root of its addresses, without a closing slash,
 *   until ligdi_return_listener_close()
 */
const char *
ligdi_return_listener_open (LigdiReturnListener *self, GError **error)
{
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) local_error = NULL;
  GSList *uris;

  g_return_val_if_fail (LIGDI_IS_RETURN_LISTENER (self), NULL);

  if (self->server != NULL)
    return self->origin;
  server = soup_server_new ("server-header", "LigdiPay", NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &local_error))
    {
      g_info ("the browser's way back: %s", local_error->message);
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE, "no port to come back to");
      return NULL;
    }
  uris = soup_server_get_uris (server);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  self->server = g_steal_pointer (&server);
  return self->origin;
}

/**
 * ligdi_return_listener_offer:
 * @self: a listener
 * @uri: an address that carries a secret
 * @error: return location, %LIGDI_ERROR_OFFLINE
 *
 * Command lines can be read by everybody on a computer, and a browser gets its address on
 * one. So it gets another, which leads to @uri one single time.
 *
 * Returns: (transfer full) (nullable): that address, good until the listener is closed
 */
char *
ligdi_return_listener_offer (LigdiReturnListener *self, const char *uri, GError **error)
{
  g_autofree char *secret = ligdi_random_token ();
  g_autofree char *path = g_strconcat ("/open/", secret, NULL);
  const char *origin;

  g_return_val_if_fail (LIGDI_IS_RETURN_LISTENER (self), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  origin = ligdi_return_listener_open (self, error);
  if (origin == NULL)
    return NULL;
  g_hash_table_replace (self->offers, g_strdup (path), g_strdup (uri));
  return g_strconcat (origin, path, NULL);
}

/**
 * ligdi_return_listener_close:
 * @self: a listener
 *
 * Listens no more.
 */
void
ligdi_return_listener_close (LigdiReturnListener *self)
{
  g_return_if_fail (LIGDI_IS_RETURN_LISTENER (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->origin, g_free);
  g_queue_clear_full (&self->paths, g_free);
  g_hash_table_remove_all (self->offers);
}
