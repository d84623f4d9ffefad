/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-server.h"
#include "ligdi-sim-callback.h"
#include "ligdi-sim-control.h"
#include "ligdi-sim-gateway.h"
#include "ligdi-sim-idle.h"
#include "ligdi-sim-payer.h"
#include "ligdi-sim-reply.h"

#include <libsoup/soup.h>

#include <string.h>

/* The HTTP server: listens on this computer only, keeps bodies small, and hands each request to
 * what answers it. */

#define CREATE_PATH "/pay/v01/redirect/checkout-invoice/create"
#define CONFIRM_PATH "/pay/v01/redirect/checkout-invoice/confirm"
#define PAGE_PATH "/directpayment/invoice/"
#define CONTROL_PATH "/simulator/"
#define BAD_CERTIFICATE "/com/example/LigdiPay/simulator/bad-certificate.pem"

#define BODY_MAX (1024 * 1024)
#define TOO_LARGE_MARK "ligdi-sim-body-too-large"

struct _LigdiSimServer
{
  GObject parent_instance;

  LigdiSimStore *store;
  LigdiSimSettings *settings;
  SoupServer *server;
  SoupServer *page_server; /* for pages by https beside a gateway by http */
  LigdiSimGateway *gateway;
  LigdiSimCallback *callback;
  LigdiSimPayer *payer;
  LigdiSimControl *control;
  char *base_url;
};

G_DEFINE_FINAL_TYPE (LigdiSimServer, ligdi_sim_server, G_TYPE_OBJECT)

static void
send_status (SoupServerMessage *message, guint status)
{
  const char *phrase = soup_status_get_phrase (status);
  g_autoptr (GBytes) body = g_bytes_new (phrase, strlen (phrase));

  g_message ("%s: %u %s", soup_server_message_get_method (message), status, phrase);
  ligdi_sim_reply_send (message, status, "text/plain", body, LIGDI_SIM_DELIVERY_NORMAL, 0);
}

/* A body that grows too large is still read, but no longer kept. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > BODY_MAX)
    {
      soup_message_body_set_accumulate (body, FALSE);
      g_object_set_data (G_OBJECT (message), TOO_LARGE_MARK, GINT_TO_POINTER (TRUE));
    }
}

static void
on_headers (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);

  /* What ends an encrypted connection cannot be told from a request by looking at it. */
  if (soup_server_is_https (server))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                  "close");
}

static gboolean
is_path (const char *path, const char *expected)
{
  gsize length = strlen (expected);

  return strncmp (path, expected, length) == 0
         && (path[length] == '\0' || strcmp (path + length, "/") == 0);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  LigdiSimServer *self = LIGDI_SIM_SERVER (user_data);

  if (g_object_get_data (G_OBJECT (message), TOO_LARGE_MARK) != NULL)
    send_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
  else if (is_path (path, CREATE_PATH))
    ligdi_sim_gateway_answer_create (self->gateway, message);
  else if (is_path (path, CONFIRM_PATH))
    ligdi_sim_gateway_answer_confirm (self->gateway, message, query);
  else if (g_str_has_prefix (path, PAGE_PATH))
    ligdi_sim_payer_answer (self->payer, message, path + strlen (PAGE_PATH), query);
  else if (g_str_has_prefix (path, CONTROL_PATH))
    ligdi_sim_control_answer (self->control, message, path + strlen (CONTROL_PATH), query);
  else
    send_status (message, SOUP_STATUS_NOT_FOUND);
}

static void
on_page_request (SoupServer *server, SoupServerMessage *message, const char *path,
                 GHashTable *query, gpointer user_data)
{
  if (g_str_has_prefix (path, PAGE_PATH))
    on_request (server, message, path, query, user_data);
  else
    send_status (message, SOUP_STATUS_NOT_FOUND);
}

static void
on_request_finished (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && !g_socket_is_closed (socket))
    ligdi_sim_idle_watch (socket);
}

static GTlsCertificate *
load_bad_certificate (GError **error)
{
  g_autoptr (GBytes) pem
      = g_resources_lookup_data (BAD_CERTIFICATE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (pem == NULL)
    return NULL;
  return g_tls_certificate_new_from_pem (g_bytes_get_data (pem, NULL),
                                         (gssize) g_bytes_get_size (pem), error);
}

static gboolean
prepare_tls (LigdiSimServer *self, SoupServerListenOptions *options, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  *options = 0;
  if (!ligdi_sim_faults_have (self->settings->faults, LIGDI_SIM_FAULT_TLS_BAD_CERTIFICATE))
    return TRUE;

  certificate = load_bad_certificate (error);
  if (certificate == NULL)
    return FALSE;
  soup_server_set_tls_certificate (self->server, certificate);
  *options = SOUP_SERVER_LISTEN_HTTPS;
  return TRUE;
}

static guint16
find_port (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  int port = uris != NULL ? g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return (guint16) port;
}

static SoupServer *
make_server (LigdiSimServer *self, SoupServerCallback handler)
{
  SoupServer *server = soup_server_new ("server-header", "ligdipay-simulator", NULL);

  g_signal_connect (server, "request-finished", G_CALLBACK (on_request_finished), NULL);
  soup_server_add_early_handler (server, NULL, on_headers, self, NULL);
  soup_server_add_handler (server, NULL, handler, self, NULL);
  return server;
}

static void
ligdi_sim_server_dispose (GObject *object)
{
  LigdiSimServer *self = LIGDI_SIM_SERVER (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (self->page_server != NULL)
    soup_server_disconnect (self->page_server);
  g_clear_object (&self->page_server);
  g_clear_object (&self->control);
  g_clear_object (&self->payer);
  g_clear_object (&self->callback);
  g_clear_object (&self->gateway);
  g_clear_object (&self->store);
  g_clear_pointer (&self->base_url, g_free);

  G_OBJECT_CLASS (ligdi_sim_server_parent_class)->dispose (object);
}

static void
ligdi_sim_server_class_init (LigdiSimServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ligdi_sim_server_dispose;
}

static void
ligdi_sim_server_init (LigdiSimServer *self)
{
  self->server = make_server (self, on_request);
}

/**
 * ligdi_sim_server_new:
 * @store: the invoices
 * @settings: how to behave; must outlive the server
 * @credentials: the keys to expect; must outlive the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
LigdiSimServer *
ligdi_sim_server_new (LigdiSimStore *store, LigdiSimSettings *settings,
                      const LigdiSimCredentials *credentials)
{
  LigdiSimServer *self = g_object_new (LIGDI_SIM_TYPE_SERVER, NULL);

  self->store = g_object_ref (store);
  self->settings = settings;
  self->gateway = ligdi_sim_gateway_new (store, settings, credentials);
  self->callback = ligdi_sim_callback_new (store, settings);
  self->payer = ligdi_sim_payer_new (store, self->callback, settings);
  self->control = ligdi_sim_control_new (store, self->gateway, settings);
  return self;
}

/**
 * ligdi_sim_server_listen:
 * @address: a loopback address
 * @port: a port; 0 for the port the stored links name, or any when that is taken
 * @error: return location: @address is not this computer's own, the port is taken, or there is
 *   no TLS support
 *
 * Returns: whether the server listens
 */
gboolean
ligdi_sim_server_listen (LigdiSimServer *self, GInetAddress *address, guint16 port, GError **error)
{
  SoupServerListenOptions options = 0;
  guint16 wish = port != 0 ? port : ligdi_sim_store_get_port (self->store);
  g_autoptr (GSocketAddress) socket_address = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *host = g_inet_address_to_string (address);
  gboolean is_ipv6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  if (!g_inet_address_get_is_loopback (address))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s is not a loopback address.", host);
      return FALSE;
    }
  if (!prepare_tls (self, &options, error))
    return FALSE;

  socket_address = g_inet_socket_address_new (address, wish);
  if (!soup_server_listen (self->server, socket_address, options, &local_error))
    {
      if (port != 0 || wish == 0)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_message ("Port %u is taken, so stored links will not work: %s", wish, local_error->message);
      g_clear_object (&socket_address);
      socket_address = g_inet_socket_address_new (address, 0);
      if (!soup_server_listen (self->server, socket_address, options, error))
        return FALSE;
    }

  ligdi_sim_store_set_port (self->store, find_port (self->server));
  self->base_url = g_strdup_printf (is_ipv6 ? "%s://[%s]:%u" : "%s://%s:%u",
                                    options & SOUP_SERVER_LISTEN_HTTPS ? "https" : "http", host,
                                    ligdi_sim_store_get_port (self->store));
  ligdi_sim_gateway_set_base_url (self->gateway, self->base_url);
  return TRUE;
}

/**
 * ligdi_sim_server_listen_for_pages:
 * @address: a loopback address
 * @port: a port, or 0 for any
 * @certificate: a PEM file with a certificate and its key, or "self-signed"
 * @host: (nullable): what the links to the pages call this computer
 * @error: return location: the certificate cannot be used, or the port is taken
 *
 * Serves the payment pages at an origin of their own, as in life. To be called after
 * ligdi_sim_server_listen().
 *
 * Returns: whether it does
 */
gboolean
ligdi_sim_server_listen_for_pages (LigdiSimServer *self, GInetAddress *address, guint16 port,
                                   const char *certificate, const char *host, GError **error)
{
  g_autoptr (GTlsCertificate) tls = strcmp (certificate, "self-signed") == 0
                                        ? load_bad_certificate (error)
                                        : g_tls_certificate_new_from_file (certificate, error);
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new (address, port);
  g_autofree char *name = g_inet_address_to_string (address);
  g_autofree char *pages = NULL;

  if (tls == NULL)
    return FALSE;
  self->page_server = make_server (self, on_page_request);
  soup_server_set_tls_certificate (self->page_server, tls);
  if (!soup_server_listen (self->page_server, socket_address, SOUP_SERVER_LISTEN_HTTPS, error))
    return FALSE;
  pages = g_strdup_printf (strchr (name, ':') != NULL && host == NULL ? "https://[%s]:%u"
                                                                      : "https://%s:%u",
                           host != NULL ? host : name, find_port (self->page_server));
  ligdi_sim_gateway_set_base_url (self->gateway, pages);
  return TRUE;
}

/**
 * ligdi_sim_server_get_base_url:
 *
 * Returns: the address a merchant's program is given, without a slash at the end
 */
const char *
ligdi_sim_server_get_base_url (LigdiSimServer *self)
{
  return self->base_url;
}
