/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-private.h"

#include "ligdi-address.h"
#include "ligdi-error.h"
#include "ligdi-gateway-witness.h"

#include <string.h>

/* Talks HTTP to one gateway: its own, the simulator or a shop's relay. */

#define CREATE_PATH "/pay/v01/redirect/checkout-invoice/create"
/* Of the documented forms, the one every working client uses (API sheet: confirm). */
#define CONFIRM_PATH "/pay/v01/redirect/checkout-invoice/confirm/?invoiceToken="

#define DEFAULT_CREATE_LIMIT_MS 30000
#define DEFAULT_CONFIRM_LIMIT_MS 15000
#define MAX_BODY_BYTES (256 * 1024)
#define MAX_RETRY_AFTER_S (24 * 3600)
/* libsoup's own two would let two questions that hang keep a customer's invoice waiting. */
#define MAX_CONNECTIONS 8

G_DEFINE_FINAL_TYPE (LigdiGateway, ligdi_gateway, G_TYPE_OBJECT)

/* One request and its answer. */
typedef struct
{
  const char *name;
  LigdiRequest request;
  SoupMessage *message;
  GCancellable *inner;
  gulong cancelled_id;
  GSource *limit;
  gboolean timed_out;
  GByteArray *body;
  gint64 started;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  if (exchange->limit != NULL)
    {
      g_source_destroy (exchange->limit);
      g_source_unref (exchange->limit);
    }
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->inner);
  g_byte_array_unref (exchange->body);
  g_free (exchange);
}

static void
on_caller_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static gboolean
on_limit_reached (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->inner);
  return G_SOURCE_REMOVE;
}

static void
end_exchange (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), exchange->cancelled_id);
  exchange->cancelled_id = 0;
  g_source_destroy (exchange->limit);
  g_debug ("%s: HTTP %u, %u bytes, %" G_GINT64_FORMAT " ms", exchange->name,
           soup_message_get_status (exchange->message), exchange->body->len,
           (g_get_monotonic_time () - exchange->started) / 1000);
}

/* What is wrong, as far as this one exchange can tell. */
static LigdiDiagnosis
diagnose (GTask *task, const GError *foreign, const char *sub_code)
{
  LigdiGateway *self = g_task_get_source_object (task);
  const Exchange *exchange = g_task_get_task_data (task);
  LigdiSymptoms symptoms = {
    .request = exchange->request,
    .loopback = self->loopback,
    .error = foreign,
    .timed_out = foreign != NULL && exchange->timed_out,
    .page = ligdi_witness_is_page (exchange->body),
    .sub_code = sub_code,
  };

  ligdi_witness_tell (exchange->message, &symptoms);
  return ligdi_symptoms_diagnose (&symptoms);
}

static void
return_own_error (GTask *task, LigdiError code, LigdiDiagnosis diagnosis, const char *what)
{
  const Exchange *exchange = g_task_get_task_data (task);
  GError *error = g_error_new (LIGDI_ERROR, code, "%s: %s", exchange->name, what);

  ligdi_error_set_diagnosis (error, diagnosis);
  g_task_return_error (task, error);
}

/* Foreign errors become ours here; their own text goes to the log only. It names
 * hosts and system errors, never a query or a header. */
static void
return_foreign_error (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  LigdiDiagnosis diagnosis;

  end_exchange (task);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !exchange->timed_out)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  diagnosis = diagnose (task, error, NULL);
  g_info ("%s: %s (%s)", exchange->name,
          exchange->timed_out ? "time limit reached" : error->message,
          ligdi_diagnosis_to_nick (diagnosis));
  return_own_error (task, LIGDI_ERROR_OFFLINE, diagnosis, "no answer");
}

static void
return_status (GTask *task, guint status)
{
  g_autofree char *what = g_strdup_printf ("HTTP %u", status);
  gboolean refused = status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN;

  return_own_error (task, refused ? LIGDI_ERROR_CREDENTIALS : LIGDI_ERROR_PROTOCOL,
                    diagnose (task, NULL, NULL), what);
}

static void
return_body (GTask *task)
{
  LigdiGateway *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);
  guint status = soup_message_get_status (exchange->message);

  end_exchange (task);
  g_set_object (&self->last_place, soup_message_get_remote_address (exchange->message));
  /* Business failures come with HTTP 200 (API sheet: HTTP conventions), so any
   * other status is not the gateway's word about a payment. */
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    return_status (task, status);
  else
    g_task_return_pointer (task, g_bytes_new (exchange->body->data, exchange->body->len),
                           (GDestroyNotify) g_bytes_unref);
}

static void read_more (GTask *task, GInputStream *stream);

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Exchange *exchange = g_task_get_task_data (task);

  if (chunk == NULL)
    {
      return_foreign_error (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      return_body (task);
      return;
    }
  if (exchange->body->len + g_bytes_get_size (chunk) > MAX_BODY_BYTES)
    {
      end_exchange (task);
      return_own_error (task, LIGDI_ERROR_PROTOCOL, LIGDI_DIAGNOSIS_UNCLEAR, "answer too large");
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  read_more (g_steal_pointer (&task), G_INPUT_STREAM (source));
}

static void
read_more (GTask *task, GInputStream *stream)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (stream, 16 * 1024, G_PRIORITY_DEFAULT, exchange->inner,
                                   on_read_ready, task);
}

static void
on_send_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      return_foreign_error (task, error);
      return;
    }
  read_more (g_steal_pointer (&task), stream);
}

static void
send (LigdiGateway *self, GTask *task, LigdiRequest request, SoupMessage *message, guint limit_ms)
{
  Exchange *exchange = g_new0 (Exchange, 1);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  exchange->name = request == LIGDI_REQUEST_CREATE ? "create" : "confirm";
  exchange->request = request;
  exchange->message = message;
  exchange->inner = g_cancellable_new ();
  exchange->body = g_byte_array_new ();
  exchange->started = g_get_monotonic_time ();
  exchange->limit = g_timeout_source_new (limit_ms);
  g_source_set_static_name (exchange->limit, "gateway time limit");
  g_task_set_task_data (task, exchange, exchange_free);

  soup_message_headers_replace (headers, "Apikey", self->api_key);
  soup_message_headers_replace (headers, "Authorization", self->authorization);
  soup_message_headers_replace (headers, "Accept", "application/json");
  /* A redirected answer is nobody's answer, and would carry the keys elsewhere. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  ligdi_witness_watch (message);

  g_source_set_callback (exchange->limit, on_limit_reached, exchange, NULL);
  g_source_attach (exchange->limit, g_main_context_get_thread_default ());
  if (g_task_get_cancellable (task) != NULL)
    exchange->cancelled_id
        = g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (on_caller_cancelled),
                                 g_object_ref (exchange->inner), g_object_unref);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, exchange->inner,
                           on_send_ready, task);
}

static gboolean
is_key (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
ligdi_gateway_finalize (GObject *object)
{
  LigdiGateway *self = LIGDI_GATEWAY (object);

  g_clear_object (&self->session);
  g_clear_object (&self->last_place);
  g_free (self->base_url);
  wipe (self->api_key);
  wipe (self->authorization);
  G_OBJECT_CLASS (ligdi_gateway_parent_class)->finalize (object);
}

static void
ligdi_gateway_class_init (LigdiGatewayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_gateway_finalize;
}

static void
ligdi_gateway_init (LigdiGateway *self)
{
  self->create_limit_ms = DEFAULT_CREATE_LIMIT_MS;
  self->confirm_limit_ms = DEFAULT_CONFIRM_LIMIT_MS;
  self->session
      = soup_session_new_with_options ("user-agent", "LigdiPay/" LIGDI_VERSION, "max-conns-per-host",
                                       MAX_CONNECTIONS, NULL);
  /* Keys travel in our own headers; nothing may answer a challenge with them. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * ligdi_gateway_new:
 * @base_url: the root of the gateway's host
 * @api_key: the project's key
 * @api_token: the project's token
 * @error: return location, %LIGDI_ERROR_CREDENTIALS
 *
 * Both keys are needed (API sheet: authentication). They leave this object in
 * request headers only and are wiped with it.
 *
 * Returns: (transfer full): a gateway, or %NULL when the address or a key cannot be
 *   used
 */
LigdiGateway *
ligdi_gateway_new (const char *base_url, const char *api_key, const char *api_token,
                   GError **error)
{
  g_autoptr (LigdiGateway) self = NULL;
  g_autofree char *checked = NULL;
  gboolean loopback = FALSE;

  g_return_val_if_fail (base_url != NULL, NULL);

  checked = ligdi_address_check_base (base_url, &loopback, error);
  if (checked == NULL)
    return NULL;
  self = g_object_new (LIGDI_TYPE_GATEWAY, NULL);
  self->base_url = g_steal_pointer (&checked);
  self->loopback = loopback;
  if (ligdi_gateway_set_keys (self, api_key, api_token))
    return g_steal_pointer (&self);
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                       "a key is missing or holds characters no key has");
  return NULL;
}

/**
 * ligdi_gateway_get_base_url:
 * @self: a gateway
 *
 * Returns: (transfer none): its address without a closing slash
 */
const char *
ligdi_gateway_get_base_url (LigdiGateway *self)
{
  g_return_val_if_fail (LIGDI_IS_GATEWAY (self), NULL);

  return self->base_url;
}

/**
 * ligdi_gateway_is_loopback:
 * @self: a gateway
 *
 * Returns: whether it is on this computer
 */
gboolean
ligdi_gateway_is_loopback (LigdiGateway *self)
{
  g_return_val_if_fail (LIGDI_IS_GATEWAY (self), FALSE);

  return self->loopback;
}

/**
 * ligdi_gateway_set_keys:
 * @self: a gateway
 * @api_key: (nullable): the project's key
 * @api_token: (nullable): the project's token
 *
 * From the next request on, these are the keys; those before are wiped.
 *
 * Returns: whether they can be keys at all; if not, nothing changes
 */
gboolean
ligdi_gateway_set_keys (LigdiGateway *self, const char *api_key, const char *api_token)
{
  g_return_val_if_fail (LIGDI_IS_GATEWAY (self), FALSE);

  if (!is_key (api_key) || !is_key (api_token))
    return FALSE;
  wipe (self->api_key);
  self->api_key = g_strdup (api_key);
  wipe (self->authorization);
  self->authorization = g_strconcat ("Bearer ", api_token, NULL);
  return TRUE;
}

/**
 * ligdi_gateway_set_time_limits:
 * @self: a gateway
 * @create_ms: how long create may take in all, ms
 * @confirm_ms: how long confirm may take in all, ms
 *
 * The gateway publishes none; integrators use 10 to 30 s (API sheet: HTTP
 * conventions).
 */
void
ligdi_gateway_set_time_limits (LigdiGateway *self, guint create_ms, guint confirm_ms)
{
  g_return_if_fail (LIGDI_IS_GATEWAY (self));

  self->create_limit_ms = create_ms;
  self->confirm_limit_ms = confirm_ms;
}

/**
 * ligdi_gateway_preconnect:
 * @self: a gateway
 *
 * Opens a connection ahead of the next request, which then waits for one round trip instead
 * of three or four. Whether it works out, the request itself will tell.
 */
void
ligdi_gateway_preconnect (LigdiGateway *self)
{
  g_autoptr (SoupMessage) message = NULL;

  g_return_if_fail (LIGDI_IS_GATEWAY (self));

  message = soup_message_new (SOUP_METHOD_GET, self->base_url);
  soup_session_preconnect_async (self->session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/**
 * ligdi_gateway_create_async:
 * @self: a gateway
 * @request: what to create; copied before this returns
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the answer is there
 * @user_data: for @callback
 *
 * Creates an invoice (API sheet: create-invoice). Never repeated by this code.
 */
void
ligdi_gateway_create_async (LigdiGateway *self, const LigdiCreateRequest *request,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *uri = NULL;
  SoupMessage *message;

  g_return_if_fail (LIGDI_IS_GATEWAY (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_gateway_create_async);

  uri = g_strconcat (self->base_url, CREATE_PATH, NULL);
  message = soup_message_new (SOUP_METHOD_POST, uri);
  body = ligdi_gateway_codec_encode_create (request);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  /* Lets the request use a connection that is already open. The worst a resend can
   * do is to leave an invoice that nobody was shown. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  send (self, g_steal_pointer (&task), LIGDI_REQUEST_CREATE, message, self->create_limit_ms);
}

/**
 * ligdi_gateway_create_finish:
 * @self: a gateway
 * @result: what the callback got
 * @sub_code: (out) (optional) (nullable) (transfer full): the gateway's sub-code when
 *   it refused and gave one
 * @error: return location: %LIGDI_ERROR_OFFLINE, %LIGDI_ERROR_REFUSED,
 *   %LIGDI_ERROR_CREDENTIALS, %LIGDI_ERROR_PROTOCOL or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): token and page, or %NULL
 */
LigdiCreateReply *
ligdi_gateway_create_finish (LigdiGateway *self, GAsyncResult *result, char **sub_code,
                             GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) local_error = NULL;
  LigdiCreateReply *reply;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (sub_code != NULL)
    *sub_code = NULL;
  body = g_task_propagate_pointer (G_TASK (result), error);
  if (body == NULL)
    return NULL;
  reply = ligdi_gateway_codec_decode_create (body, self->loopback, &code, &local_error);
  if (reply == NULL)
    {
      ligdi_error_set_diagnosis (local_error, diagnose (G_TASK (result), NULL, code));
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  if (sub_code != NULL)
    *sub_code = g_steal_pointer (&code);
  return reply;
}

/**
 * ligdi_gateway_confirm_async:
 * @self: a gateway
 * @token: the creation token
 * @cancellable: (nullable): to stop waiting
 * @callback: called when the answer is there
 * @user_data: for @callback
 *
 * Asks what became of an invoice (API sheet: confirm).
 */
void
ligdi_gateway_confirm_async (LigdiGateway *self, const char *token, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (LIGDI_IS_GATEWAY (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_gateway_confirm_async);

  escaped = g_uri_escape_string (token, NULL, FALSE);
  uri = g_strconcat (self->base_url, CONFIRM_PATH, escaped, NULL);
  send (self, g_steal_pointer (&task), LIGDI_REQUEST_CONFIRM,
        soup_message_new (SOUP_METHOD_GET, uri), self->confirm_limit_ms);
}

/**
 * ligdi_gateway_confirm_finish:
 * @self: a gateway
 * @result: what the callback got
 * @retry_after: (out): how long the gateway wants to be left alone, ms, or 0; set
 *   whatever the outcome
 * @error: return location: %LIGDI_ERROR_OFFLINE, %LIGDI_ERROR_CREDENTIALS,
 *   %LIGDI_ERROR_PROTOCOL or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the answer, or %NULL when there is none that can be read
 */
LigdiConfirmation *
ligdi_gateway_confirm_finish (LigdiGateway *self, GAsyncResult *result, gint64 *retry_after,
                              GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) local_error = NULL;
  LigdiConfirmation *confirmation;
  Exchange *exchange;
  const char *header;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (retry_after != NULL, NULL);

  *retry_after = 0;
  exchange = g_task_get_task_data (G_TASK (result));
  header = soup_message_headers_get_one (
      soup_message_get_response_headers (exchange->message), "Retry-After");
  if (header != NULL)
    {
      g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (header);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      gint64 seconds = date != NULL ? g_date_time_difference (date, now) / G_TIME_SPAN_SECOND
                                    : g_ascii_strtoll (header, NULL, 10);

      *retry_after = CLAMP (seconds, 0, MAX_RETRY_AFTER_S) * 1000;
    }

  body = g_task_propagate_pointer (G_TASK (result), error);
  if (body == NULL)
    return NULL;
  confirmation = ligdi_gateway_codec_decode_confirm (body, &local_error);
  if (confirmation == NULL)
    {
      ligdi_error_set_diagnosis (local_error, diagnose (G_TASK (result), NULL, NULL));
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return confirmation;
}

/**
 * ligdi_gateway_read_refusal:
 * @confirmation: what confirm answered
 *
 * Returns: what is wrong with the connection when the answer says so, or
 *   %LIGDI_DIAGNOSIS_CONNECTED
 */
LigdiDiagnosis
ligdi_gateway_read_refusal (const LigdiConfirmation *confirmation)
{
  g_return_val_if_fail (confirmation != NULL, LIGDI_DIAGNOSIS_UNCLEAR);

  return confirmation->accepted
             ? LIGDI_DIAGNOSIS_CONNECTED
             : ligdi_symptoms_read_code (LIGDI_REQUEST_CONFIRM, confirmation->sub_code);
}
