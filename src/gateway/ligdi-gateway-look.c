/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-look.h"

#include "ligdi-gateway-witness.h"

#include <string.h>

/* Looks whether anybody answers at the gateway's address, over a connection of its own and
 * without the keys, and where nobody does, why not. No step creates or asks about anything. */

typedef struct
{
  SoupSession *session;
  char *base_url;
  GSocketAddress *last_place;
  guint limit_ms;

  GCancellable *step; /* ends what is under way, not the look */
  gulong cancelled_id;
  GSource *limit;
  gboolean timed_out;

  SoupMessage *message;
  GError *failure;
  LigdiSymptoms symptoms;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  if (look->limit != NULL)
    {
      g_source_destroy (look->limit);
      g_source_unref (look->limit);
    }
  g_clear_object (&look->session);
  g_free (look->base_url);
  g_clear_object (&look->last_place);
  g_clear_object (&look->step);
  g_clear_object (&look->message);
  g_clear_error (&look->failure);
  g_free (look);
}

static void
on_caller_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static gboolean
on_limit_reached (gpointer user_data)
{
  Look *look = user_data;

  look->timed_out = TRUE;
  g_cancellable_cancel (look->step);
  return G_SOURCE_REMOVE;
}

static void
begin_step (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  look->step = g_cancellable_new ();
  look->timed_out = FALSE;
  look->limit = g_timeout_source_new (look->limit_ms);
  g_source_set_static_name (look->limit, "look time limit");
  g_source_set_callback (look->limit, on_limit_reached, look, NULL);
  g_source_attach (look->limit, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    look->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                g_object_ref (look->step), g_object_unref);
}

/* Answers whether the look goes on. */
static gboolean
end_step (GTask *task)
{
  Look *look = g_task_get_task_data (task);

  if (look->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), look->cancelled_id);
  look->cancelled_id = 0;
  g_source_destroy (look->limit);
  g_clear_pointer (&look->limit, g_source_unref);
  g_clear_object (&look->step);
  return !g_task_return_error_if_cancelled (task);
}

static void
send (GTask *task, const char *method, const char *uri, GAsyncReadyCallback callback)
{
  Look *look = g_task_get_task_data (task);

  g_clear_object (&look->message);
  look->message = soup_message_new (method, uri);
  soup_message_add_flags (look->message, SOUP_MESSAGE_NO_REDIRECT);
  ligdi_witness_watch (look->message);
  begin_step (task);
  soup_session_send_async (look->session, look->message, G_PRIORITY_DEFAULT, look->step, callback,
                           task);
}

static void
conclude (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  LigdiDiagnosis diagnosis = ligdi_symptoms_diagnose (&look->symptoms);

  g_debug ("look: %s", ligdi_diagnosis_to_nick (diagnosis));
  g_task_return_int (task, diagnosis);
}

/* The gateway's pages may have moved to a neighbour of its host; portals are no neighbours. */
static gboolean
are_neighbours (const char *host, const char *other)
{
  const char *domain = host != NULL ? strrchr (host, '.') : NULL;

  if (domain == NULL || other == NULL || g_hostname_is_ip_address (host))
    return g_strcmp0 (host, other) == 0;
  while (domain > host && domain[-1] != '.')
    domain--;
  return g_str_equal (domain, other)
         || (g_str_has_suffix (other, domain)
             && other[strlen (other) - strlen (domain) - 1] == '.');
}

static LigdiPlain
read_plain (SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GUri) target = NULL;

  if (SOUP_STATUS_IS_REDIRECTION (status) && location != NULL)
    target = g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (target != NULL && !are_neighbours (g_uri_get_host (uri), g_uri_get_host (target)))
    return LIGDI_PLAIN_FOREIGN;
  if (target != NULL)
    return g_strcmp0 (g_uri_get_scheme (target), "https") == 0 ? LIGDI_PLAIN_OWN
                                                              : LIGDI_PLAIN_FOREIGN;
  if (status == SOUP_STATUS_OK && g_strcmp0 (type, "text/html") == 0)
    return LIGDI_PLAIN_FOREIGN;
  return status == 511 ? LIGDI_PLAIN_FOREIGN : LIGDI_PLAIN_UNKNOWN;
}

static void
on_plain_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  Look *look = g_task_get_task_data (task);
  LigdiSymptoms answer = { 0 };

  if (!end_step (task))
    return;
  if (stream != NULL)
    {
      ligdi_witness_tell (look->message, &answer);
      look->symptoms.plain = read_plain (look->message);
      look->symptoms.server_time = answer.server_time;
    }
  conclude (task);
}

/* Portals cannot answer for a host that has a certificate; they wait for those who come without
 * protection. */
static void
ask_without_protection (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  g_autoptr (GUri) uri = g_uri_parse (look->base_url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *plain
      = g_uri_join (SOUP_HTTP_URI_FLAGS, "http", NULL, g_uri_get_host (uri), -1, "/", NULL, NULL);

  send (task, SOUP_METHOD_GET, plain, on_plain_ready);
}

static void
on_connect_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  Look *look = g_task_get_task_data (task);
  gboolean reached = connection != NULL
                     || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);

  if (!end_step (task))
    return;
  look->symptoms.by_number = reached ? LIGDI_BY_NUMBER_REACHED : LIGDI_BY_NUMBER_FAILED;
  conclude (task);
}

static void
connect_by_number (GTask *task)
{
  Look *look = g_task_get_task_data (task);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  begin_step (task);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (look->last_place), look->step,
                                 on_connect_ready, task);
}

static void
on_head_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream
      = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  Look *look = g_task_get_task_data (task);
  LigdiSymptoms *symptoms = &look->symptoms;

  symptoms->timed_out = stream == NULL && look->timed_out;
  if (!end_step (task))
    return;
  ligdi_witness_tell (look->message, symptoms);
  look->failure = g_steal_pointer (&error);
  symptoms->error = look->failure;
  if (look->failure == NULL || !symptoms->link)
    conclude (task);
  else if (look->failure->domain != G_RESOLVER_ERROR && !symptoms->nameless)
    ask_without_protection (g_steal_pointer (&task));
  else if (look->last_place != NULL)
    connect_by_number (g_steal_pointer (&task));
  else
    conclude (task);
}

/**
 * ligdi_look_async:
 * @base_url: the gateway's address, on another computer
 * @last_place: (nullable): where it last answered
 * @limit_ms: how long one step may take, ms; there are two at most
 * @cancellable: (nullable): to stop looking
 * @callback: called at the end
 * @user_data: for @callback
 */
void
ligdi_look_async (const char *base_url, GSocketAddress *last_place, guint limit_ms,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Look *look;

  g_return_if_fail (base_url != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_look_async);
  look = g_new0 (Look, 1);
  look->session = soup_session_new_with_options ("user-agent", "LigdiPay/" LIGDI_VERSION, NULL);
  look->base_url = g_strdup (base_url);
  look->last_place = last_place != NULL ? g_object_ref (last_place) : NULL;
  look->limit_ms = limit_ms;
  look->symptoms.request = LIGDI_REQUEST_LOOK;
  g_task_set_task_data (task, look, look_free);
  send (task, SOUP_METHOD_HEAD, base_url, on_head_ready);
}

/**
 * ligdi_look_finish:
 * @result: what the callback got
 * @diagnosis: (out): what is wrong; %LIGDI_DIAGNOSIS_CONNECTED when somebody answers who can
 *   show that it is the gateway
 * @error: return location: %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
ligdi_look_finish (GAsyncResult *result, LigdiDiagnosis *diagnosis, GError **error)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;
  *diagnosis = (LigdiDiagnosis) found;
  return TRUE;
}
