/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-callback.h"
#include "ligdi-sim-notice.h"

#include <libsoup/soup.h>

#include <string.h>

/* Tells a merchant's server that a status became final: two POSTs with the same data, a form
 * first, then JSON (callback/idempotency). Nothing is repeated when the server does not answer:
 * no repetition is documented. Only servers on this computer are told. */

#define TIMEOUT_SECONDS 10

struct _LigdiSimCallback
{
  GObject parent_instance;

  LigdiSimStore *store;
  const LigdiSimSettings *settings;
  SoupSession *session;
  GHashTable *rounds;
};

/* The notices about one invoice, sent one after the other. */
typedef struct
{
  LigdiSimCallback *self;
  LigdiSimInvoice *invoice;
  GQueue notices;
  GPtrArray *waiting;
} Round;

G_DEFINE_FINAL_TYPE (LigdiSimCallback, ligdi_sim_callback, G_TYPE_OBJECT)

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static GUri *
parse_target (LigdiSimInvoice *invoice)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  g_autoptr (GUri) uri = g_uri_parse (order->callback_url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0)
    return NULL;
  return g_steal_pointer (&uri);
}

static void
end_round (Round *round)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&round->waiting);

  g_hash_table_remove (round->self->rounds, round->invoice);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);

  g_object_unref (round->invoice);
  g_object_unref (round->self);
  g_free (round);
}

static SoupMessage *
make_message (LigdiSimInvoice *invoice, LigdiSimNotice *notice)
{
  g_autoptr (GUri) uri = parse_target (invoice);
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);

  /* A redirect could lead away from this computer. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, notice->content_type, notice->body);
  return message;
}

static void
note_answer (Round *round, GAsyncResult *result)
{
  SoupSession *session = round->self->session;
  SoupMessage *message = soup_session_get_async_result_message (session, result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer = soup_session_send_finish (session, result, &error);
  const char *id = ligdi_sim_invoice_get_id (round->invoice);

  if (answer == NULL)
    g_message ("callback: invoice %s, no answer: %s", id, error->message);
  else
    g_message ("callback: invoice %s, answered %u", id, soup_message_get_status (message));
}

/* Without a @result this starts a round. */
static void
on_notice_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Round *round = user_data;
  g_autoptr (LigdiSimNotice) notice = NULL;
  g_autoptr (SoupMessage) message = NULL;

  if (result != NULL)
    note_answer (round, result);

  notice = g_queue_pop_head (&round->notices);
  if (notice == NULL)
    {
      end_round (round);
      return;
    }
  message = make_message (round->invoice, notice);
  soup_session_send_async (round->self->session, message, G_PRIORITY_DEFAULT, NULL, on_notice_ready,
                           round);
}

static gboolean
on_late (gpointer user_data)
{
  on_notice_ready (NULL, NULL, user_data);
  return G_SOURCE_REMOVE;
}

static void
queue_notices (LigdiSimCallback *self, Round *round)
{
  LigdiSimCallbackMode mode = self->settings->callback_mode;
  int times = mode == LIGDI_SIM_CALLBACK_DUPLICATE ? 2 : 1;
  g_autofree char *token = NULL;

  token = self->settings->other_callback_token
              ? ligdi_sim_store_sign_other_token (self->store, round->invoice)
              : g_strdup ("");
  for (int i = 0; i < times; i++)
    {
      if (mode != LIGDI_SIM_CALLBACK_ONE)
        g_queue_push_tail (&round->notices,
                           ligdi_sim_notice_new_form (round->invoice, token, self->settings));
      g_queue_push_tail (&round->notices,
                         ligdi_sim_notice_new_json (round->invoice, token, self->settings));
    }
}

static const char *
find_reason_not_to_send (LigdiSimCallback *self, LigdiSimInvoice *invoice)
{
  g_autoptr (GUri) uri = parse_target (invoice);

  if (self->settings->callback_mode == LIGDI_SIM_CALLBACK_NONE)
    return "callbacks are off";
  if (*ligdi_sim_invoice_get_order (invoice)->callback_url == '\0')
    return "no address was given";
  if (uri == NULL)
    return "the address is not a web address";
  if (!is_loopback (uri))
    return "the address is not on this computer";
  if (g_get_real_time () < ligdi_sim_invoice_get_cut_until (invoice))
    return "the network is cut";
  return NULL;
}

static void
on_invoice_settled (LigdiSimStore *store, LigdiSimInvoice *invoice, gpointer user_data)
{
  LigdiSimCallback *self = LIGDI_SIM_CALLBACK (user_data);
  const char *reason = find_reason_not_to_send (self, invoice);
  Round *round = NULL;

  if (reason != NULL)
    {
      g_message ("callback: invoice %s, not sent: %s", ligdi_sim_invoice_get_id (invoice), reason);
      return;
    }

  round = g_new0 (Round, 1);
  round->self = g_object_ref (self);
  round->invoice = g_object_ref (invoice);
  round->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&round->notices);
  queue_notices (self, round);
  g_hash_table_insert (self->rounds, invoice, round);

  if (self->settings->callback_mode == LIGDI_SIM_CALLBACK_LATE)
    g_timeout_add (self->settings->late_seconds * 1000, on_late, round);
  else
    on_notice_ready (NULL, NULL, round);
}

static void
ligdi_sim_callback_dispose (GObject *object)
{
  LigdiSimCallback *self = LIGDI_SIM_CALLBACK (object);

  g_clear_pointer (&self->rounds, g_hash_table_unref);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ligdi_sim_callback_parent_class)->dispose (object);
}

static void
ligdi_sim_callback_class_init (LigdiSimCallbackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ligdi_sim_callback_dispose;
}

static void
ligdi_sim_callback_init (LigdiSimCallback *self)
{
  self->rounds = g_hash_table_new (NULL, NULL);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, TIMEOUT_SECONDS);
  soup_session_set_user_agent (self->session, "ligdipay-simulator");
  /* A proxy is not this computer either. */
  soup_session_set_proxy_resolver (self->session, NULL);
}

/**
 * ligdi_sim_callback_new:
 * @store: the invoices
 * @settings: how to behave; must outlive the object, and may change
 *
 * Returns: (transfer full): what sends the callbacks
 */
LigdiSimCallback *
ligdi_sim_callback_new (LigdiSimStore *store, const LigdiSimSettings *settings)
{
  LigdiSimCallback *self = g_object_new (LIGDI_SIM_TYPE_CALLBACK, NULL);

  self->store = g_object_ref (store);
  self->settings = settings;
  g_signal_connect_object (store, "invoice-settled", G_CALLBACK (on_invoice_settled), self, 0);
  return self;
}

/**
 * ligdi_sim_callback_wait_async:
 * @invoice: an invoice
 * @callback: called when no callback about @invoice is under way any more
 */
void
ligdi_sim_callback_wait_async (LigdiSimCallback *self, LigdiSimInvoice *invoice,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Round *round = g_hash_table_lookup (self->rounds, invoice);

  g_task_set_source_tag (task, ligdi_sim_callback_wait_async);
  if (round == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_ptr_array_add (round->waiting, g_steal_pointer (&task));
}

/**
 * ligdi_sim_callback_wait_finish:
 * @result: the result
 * @error: return location: never set
 *
 * Returns: %TRUE
 */
gboolean
ligdi_sim_callback_wait_finish (LigdiSimCallback *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
