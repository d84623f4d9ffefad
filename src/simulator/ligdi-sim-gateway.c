/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-gateway.h"
#include "ligdi-sim-confirm.h"
#include "ligdi-sim-create.h"
#include "ligdi-sim-outcome.h"
#include "ligdi-sim-reply.h"
#include "ligdi-sim-scenario.h"

#include <string.h>

/* The two calls a merchant makes: create and confirm. Business failures are answered with HTTP
 * 200: LigdiCash's own libraries look at response_code only then. */

#define CODE_AUTHENTICATION 0
#define CODE_PROCESSING 4
#define CODE_INVALID_METHOD 12
#define CONFIRM_CODE_NOT_FOUND 2
#define CONFIRM_CODE_PROCESSING 3
#define CONFIRM_CODE_DATA_INPUT 4

#define RATE_LIMIT_SECONDS 3

struct _LigdiSimGateway
{
  GObject parent_instance;

  LigdiSimStore *store;
  const LigdiSimSettings *settings;
  const LigdiSimCredentials *credentials;
  char *base_url;
  guint n_creates;
};

G_DEFINE_FINAL_TYPE (LigdiSimGateway, ligdi_sim_gateway, G_TYPE_OBJECT)

static guint
get_delay (LigdiSimGateway *self, LigdiSimFaults faults, LigdiSimTarget target)
{
  return ligdi_sim_faults_are_slow (faults, target) ? self->settings->slow_seconds : 0;
}

static gboolean
is_authentic (LigdiSimGateway *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return ligdi_sim_credentials_accept (self->credentials,
                                       soup_message_headers_get_one (headers, "Apikey"),
                                       soup_message_headers_get_one (headers, "Authorization"));
}

static void
refuse_create (LigdiSimGateway *self, SoupServerMessage *message, const LigdiSimRefusal *refusal,
               LigdiSimFaults faults)
{
  g_message ("create: refused, Code%02d %s", refusal->code, refusal->details);
  ligdi_sim_reply_send_json (message, SOUP_STATUS_OK, ligdi_sim_create_refuse (refusal),
                             LIGDI_SIM_DELIVERY_NORMAL,
                             get_delay (self, faults, LIGDI_SIM_TARGET_CREATE));
}

/* A call that gets no proper answer creates nothing, except when the answer is lost on its way:
 * then the merchant cannot know, and the invoice exists. */
static gboolean
creates_nothing (LigdiSimDelivery delivery)
{
  switch (delivery)
    {
    case LIGDI_SIM_DELIVERY_NORMAL:
    case LIGDI_SIM_DELIVERY_TRUNCATED:
    case LIGDI_SIM_DELIVERY_TRUNCATED_JSON:
    case LIGDI_SIM_DELIVERY_TOO_LARGE:
      return FALSE;
    case LIGDI_SIM_DELIVERY_HANG:
    case LIGDI_SIM_DELIVERY_CUT:
    case LIGDI_SIM_DELIVERY_HTTP_500:
    case LIGDI_SIM_DELIVERY_NOT_JSON:
    case LIGDI_SIM_DELIVERY_EMPTY:
      return TRUE;
    }
  return FALSE;
}

static JsonNode *
reply_to_create (LigdiSimGateway *self, LigdiSimInvoice *invoice, LigdiSimFaults faults)
{
  g_autofree char *page_url = g_strconcat (self->base_url, "/directpayment/invoice/",
                                           ligdi_sim_invoice_get_token (invoice), NULL);
  JsonNode *root = NULL;

  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_CREATE_BAD_URL))
    return ligdi_sim_create_reply (invoice, "javascript:alert('LigdiCash')");

  root = ligdi_sim_create_reply (invoice, page_url);
  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_CREATE_NO_TOKEN))
    json_object_set_string_member (json_node_get_object (root), "token", "");
  return root;
}

static void
create (LigdiSimGateway *self, SoupServerMessage *message, LigdiSimOrder *order,
        LigdiSimFaults faults)
{
  g_autoptr (LigdiSimOrder) owned_order = order;
  LigdiSimDelivery delivery = ligdi_sim_faults_get_delivery (faults, LIGDI_SIM_TARGET_CREATE);
  LigdiSimRefusal refusal = { ligdi_sim_faults_get_create_code (faults), "" };
  LigdiSimInvoice *invoice = NULL;
  g_autoptr (GError) error = NULL;

  if (refusal.code >= 0)
    {
      refuse_create (self, message, &refusal, faults);
      return;
    }
  if (creates_nothing (delivery))
    {
      g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

      ligdi_sim_reply_send (message, SOUP_STATUS_OK, "application/json", nothing, delivery,
                            get_delay (self, faults, LIGDI_SIM_TARGET_CREATE));
      return;
    }

  invoice = ligdi_sim_store_add (self->store, g_steal_pointer (&owned_order), &error);
  if (invoice == NULL)
    {
      g_message ("%s", error->message);
      refusal.code = CODE_PROCESSING;
      refuse_create (self, message, &refusal, faults);
      return;
    }

  g_message ("create: invoice %s, %" G_GINT64_FORMAT " F CFA", ligdi_sim_invoice_get_id (invoice),
             ligdi_sim_invoice_get_order (invoice)->total_amount);
  ligdi_sim_reply_send_json (message, SOUP_STATUS_OK, reply_to_create (self, invoice, faults),
                             delivery, get_delay (self, faults, LIGDI_SIM_TARGET_CREATE));
}

static void
refuse_confirm (LigdiSimGateway *self, SoupServerMessage *message, int code, LigdiSimFaults faults)
{
  g_message ("confirm: refused, Code%02d", code);
  ligdi_sim_reply_send_json (message, SOUP_STATUS_OK, ligdi_sim_confirm_refuse (code),
                             ligdi_sim_faults_get_delivery (faults, LIGDI_SIM_TARGET_CONFIRM),
                             get_delay (self, faults, LIGDI_SIM_TARGET_CONFIRM));
}

static void
refuse_for_a_while (SoupServerMessage *message, gint64 wait)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *seconds = g_strdup_printf ("%d", (int) (wait / G_USEC_PER_SEC) + 1);
  g_autoptr (GBytes) body = g_bytes_new_static ("Too Many Requests", strlen ("Too Many Requests"));

  soup_message_headers_replace (headers, "Retry-After", seconds);
  ligdi_sim_reply_send (message, 429, "text/plain", body, LIGDI_SIM_DELIVERY_NORMAL, 0);
}

static void
confirm (LigdiSimGateway *self, SoupServerMessage *message, LigdiSimInvoice *invoice)
{
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;
  LigdiSimFaults faults = ligdi_sim_scenario_get_faults (self->settings, amount);
  LigdiSimDelivery delivery = ligdi_sim_faults_get_delivery (faults, LIGDI_SIM_TARGET_CONFIRM);
  gint64 now = g_get_real_time ();
  gint64 previous = ligdi_sim_invoice_note_confirm (invoice, now);
  gint64 allowed = previous + RATE_LIMIT_SECONDS * G_USEC_PER_SEC;

  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_RATE_LIMIT) && now < allowed)
    {
      g_message ("confirm: invoice %s, too early", ligdi_sim_invoice_get_id (invoice));
      refuse_for_a_while (message, allowed - now);
      return;
    }
  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_CODE03))
    {
      refuse_confirm (self, message, CONFIRM_CODE_PROCESSING, faults);
      return;
    }

  if (now < ligdi_sim_invoice_get_cut_until (invoice))
    delivery = LIGDI_SIM_DELIVERY_CUT;
  g_message ("confirm: invoice %s, %s", ligdi_sim_invoice_get_id (invoice),
             ligdi_sim_status_get_word (ligdi_sim_invoice_get_status (invoice)));
  ligdi_sim_reply_send_json (message, SOUP_STATUS_OK,
                             ligdi_sim_confirm_reply (invoice, self->settings->profile, faults),
                             delivery, get_delay (self, faults, LIGDI_SIM_TARGET_CONFIRM));
}

static const char *
get_token_parameter (LigdiSimGateway *self, GHashTable *query)
{
  const char *token = NULL;

  if (query != NULL)
    token = g_hash_table_lookup (query, "invoiceToken");
  if (token == NULL && query != NULL && !self->settings->strict_parameter)
    token = g_hash_table_lookup (query, "token");
  return token;
}

static void
ligdi_sim_gateway_finalize (GObject *object)
{
  LigdiSimGateway *self = LIGDI_SIM_GATEWAY (object);

  g_clear_object (&self->store);
  g_free (self->base_url);

  G_OBJECT_CLASS (ligdi_sim_gateway_parent_class)->finalize (object);
}

static void
ligdi_sim_gateway_class_init (LigdiSimGatewayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sim_gateway_finalize;
}

static void
ligdi_sim_gateway_init (LigdiSimGateway *self)
{
}

/**
 * ligdi_sim_gateway_new:
 * @store: the invoices
 * @settings: how to behave; must outlive the gateway, and may change
 * @credentials: the keys to expect; must outlive the gateway
 *
 * Returns: (transfer full): the gateway
 */
LigdiSimGateway *
ligdi_sim_gateway_new (LigdiSimStore *store, const LigdiSimSettings *settings,
                       const LigdiSimCredentials *credentials)
{
  LigdiSimGateway *self = g_object_new (LIGDI_SIM_TYPE_GATEWAY, NULL);

  self->store = g_object_ref (store);
  self->settings = settings;
  self->credentials = credentials;
  self->base_url = g_strdup ("");
  return self;
}

/**
 * ligdi_sim_gateway_set_base_url:
 * @base_url: where the payment pages are, without a slash at the end
 */
void
ligdi_sim_gateway_set_base_url (LigdiSimGateway *self, const char *base_url)
{
  g_free (self->base_url);
  self->base_url = g_strdup (base_url);
}

/**
 * ligdi_sim_gateway_get_n_creates:
 *
 * Returns: how many times create was asked, refused calls included
 */
guint
ligdi_sim_gateway_get_n_creates (LigdiSimGateway *self)
{
  return self->n_creates;
}

/**
 * ligdi_sim_gateway_answer_create:
 * @message: POST /pay/v01/redirect/checkout-invoice/create
 *
 * Checks in the order of the documentation: keys, project, method, data. Then the faults that
 * the amount plays.
 */
void
ligdi_sim_gateway_answer_create (LigdiSimGateway *self, SoupServerMessage *message)
{
  SoupMessageBody *request_body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) body = soup_message_body_flatten (request_body);
  g_autoptr (LigdiSimOrder) order = NULL;
  LigdiSimRefusal refusal = { CODE_AUTHENTICATION, "" };
  LigdiSimFaults faults = self->settings->faults;

  self->n_creates++;
  if (!is_authentic (self, message))
    {
      refuse_create (self, message, &refusal, faults);
      return;
    }
  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    {
      refusal.code = CODE_INVALID_METHOD;
      refuse_create (self, message, &refusal, faults);
      return;
    }

  order = ligdi_sim_order_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &refusal);
  if (order == NULL)
    {
      refuse_create (self, message, &refusal, faults);
      return;
    }

  faults = ligdi_sim_scenario_get_faults (self->settings, order->total_amount);
  create (self, message, g_steal_pointer (&order), faults);
}

/**
 * ligdi_sim_gateway_answer_confirm:
 * @message: GET /pay/v01/redirect/checkout-invoice/confirm
 * @query: (nullable): the query of the address
 */
void
ligdi_sim_gateway_answer_confirm (LigdiSimGateway *self, SoupServerMessage *message,
                                  GHashTable *query)
{
  const char *token = get_token_parameter (self, query);
  LigdiSimInvoice *invoice = NULL;
  LigdiSimFaults faults = self->settings->faults;

  if (!is_authentic (self, message))
    {
      refuse_confirm (self, message, CODE_AUTHENTICATION, faults);
      return;
    }
  if (token == NULL || *token == '\0')
    {
      refuse_confirm (self, message, CONFIRM_CODE_DATA_INPUT, faults);
      return;
    }

  invoice = ligdi_sim_store_find (self->store, token);
  if (invoice == NULL)
    refuse_confirm (self, message, CONFIRM_CODE_NOT_FOUND, faults);
  else
    confirm (self, message, invoice);
}
