/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-control.h"
#include "ligdi-sim-outcome.h"
#include "ligdi-sim-reply.h"

#include <string.h>

/* How tests steer the simulator without a browser. The gateway has nothing like it.
 *
 *   GET  /simulator/invoices                       what was created and asked
 *   POST /simulator/outcome?token=…&outcome=paid   plays the customer
 *   POST /simulator/fault?name=slow                adds a fault; "none" ends all
 *
 * A request must carry the header "X-Ligdi-Simulator: 1", which no page of another site can
 * make a browser send. */

#define GUARD_HEADER "X-Ligdi-Simulator"

struct _LigdiSimControl
{
  GObject parent_instance;

  LigdiSimStore *store;
  LigdiSimGateway *gateway;
  LigdiSimSettings *settings;
};

G_DEFINE_FINAL_TYPE (LigdiSimControl, ligdi_sim_control, G_TYPE_OBJECT)

static void
send_object (SoupServerMessage *message, guint status, JsonObject *object)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (root, object);
  ligdi_sim_reply_send_json (message, status, root, LIGDI_SIM_DELIVERY_NORMAL, 0);
}

static void
send_error (SoupServerMessage *message, guint status, const char *sentence)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", sentence);
  send_object (message, status, object);
}

static JsonObject *
describe_invoice (LigdiSimInvoice *invoice)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  LigdiSimStatus status = ligdi_sim_invoice_get_status (invoice);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", ligdi_sim_invoice_get_id (invoice));
  json_object_set_string_member (object, "token", ligdi_sim_invoice_get_token (invoice));
  json_object_set_string_member (object, "request_id", ligdi_sim_invoice_get_request_id (invoice));
  json_object_set_int_member (object, "amount", order->total_amount);
  json_object_set_string_member (object, "description", order->description);
  json_object_set_string_member (object, "store", order->store_name);
  json_object_set_string_member (object, "return_url", order->return_url);
  json_object_set_string_member (object, "cancel_url", order->cancel_url);
  json_object_set_object_member (object, "custom_data", json_object_ref (order->custom_data));
  json_object_set_string_member (object, "status", ligdi_sim_status_get_word (status));
  json_object_set_int_member (object, "paid_amount", ligdi_sim_invoice_get_paid_amount (invoice));
  json_object_set_string_member (object, "operator_id",
                                 ligdi_sim_invoice_get_operator_id (invoice));
  json_object_set_string_member (object, "operator_name",
                                 ligdi_sim_invoice_get_operator_name (invoice));
  json_object_set_string_member (object, "phone", ligdi_sim_invoice_get_phone (invoice));
  json_object_set_int_member (object, "created_at", ligdi_sim_invoice_get_created_at (invoice));
  json_object_set_int_member (object, "changed_at", ligdi_sim_invoice_get_changed_at (invoice));
  json_object_set_int_member (object, "confirms", ligdi_sim_invoice_get_n_confirms (invoice));
  json_object_set_array_member (object, "confirm_times", ligdi_sim_invoice_list_confirms (invoice));

  return object;
}

static JsonArray *
list_faults (LigdiSimControl *self)
{
  JsonArray *names = json_array_new ();

  for (int fault = LIGDI_SIM_FAULT_NONE + 1; fault < LIGDI_SIM_N_FAULTS; fault++)
    if (ligdi_sim_faults_have (self->settings->faults, (LigdiSimFault) fault))
      json_array_add_string_element (names, ligdi_sim_fault_get_name ((LigdiSimFault) fault));

  return names;
}

static void
answer_invoices (LigdiSimControl *self, SoupServerMessage *message)
{
  GPtrArray *invoices = ligdi_sim_store_list (self->store);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < invoices->len; i++)
    json_array_add_object_element (array, describe_invoice (g_ptr_array_index (invoices, i)));
  json_object_set_int_member (object, "creates", ligdi_sim_gateway_get_n_creates (self->gateway));
  json_object_set_array_member (object, "faults", list_faults (self));
  json_object_set_array_member (object, "invoices", array);

  send_object (message, SOUP_STATUS_OK, object);
}

static const char *
get_parameter (GHashTable *query, const char *key)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, key) : NULL;

  return value != NULL ? value : "";
}

static void
answer_outcome (LigdiSimControl *self, SoupServerMessage *message, GHashTable *query)
{
  LigdiSimInvoice *invoice = ligdi_sim_store_find (self->store, get_parameter (query, "token"));
  LigdiSimOutcome outcome;

  if (invoice == NULL)
    {
      send_error (message, SOUP_STATUS_NOT_FOUND, "No invoice has this token.");
      return;
    }
  if (!ligdi_sim_outcome_from_name (get_parameter (query, "outcome"), &outcome))
    {
      send_error (message, SOUP_STATUS_BAD_REQUEST, "No outcome has this name.");
      return;
    }

  ligdi_sim_outcome_apply (outcome, self->store, invoice, self->settings);
  send_object (message, SOUP_STATUS_OK, describe_invoice (invoice));
}

static void
answer_fault (LigdiSimControl *self, SoupServerMessage *message, GHashTable *query)
{
  JsonObject *object = NULL;
  LigdiSimFault fault;

  if (!ligdi_sim_fault_from_name (get_parameter (query, "name"), &fault))
    {
      send_error (message, SOUP_STATUS_BAD_REQUEST, "No fault has this name.");
      return;
    }
  if (fault == LIGDI_SIM_FAULT_TLS_BAD_CERTIFICATE)
    {
      send_error (message, SOUP_STATUS_CONFLICT, "This fault can only be chosen at the start.");
      return;
    }

  if (fault == LIGDI_SIM_FAULT_NONE)
    self->settings->faults = LIGDI_SIM_FAULTS_EMPTY;
  else
    self->settings->faults = ligdi_sim_faults_add (self->settings->faults, fault);
  object = json_object_new ();
  json_object_set_array_member (object, "faults", list_faults (self));
  send_object (message, SOUP_STATUS_OK, object);
}

static void
ligdi_sim_control_finalize (GObject *object)
{
  LigdiSimControl *self = LIGDI_SIM_CONTROL (object);

  g_clear_object (&self->store);
  g_clear_object (&self->gateway);

  G_OBJECT_CLASS (ligdi_sim_control_parent_class)->finalize (object);
}

static void
ligdi_sim_control_class_init (LigdiSimControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sim_control_finalize;
}

static void
ligdi_sim_control_init (LigdiSimControl *self)
{
}

/**
 * ligdi_sim_control_new:
 * @store: the invoices
 * @gateway: what merchants ask
 * @settings: how to behave, to be changed; must outlive the object
 *
 * Returns: (transfer full): the controls
 */
LigdiSimControl *
ligdi_sim_control_new (LigdiSimStore *store, LigdiSimGateway *gateway, LigdiSimSettings *settings)
{
  LigdiSimControl *self = g_object_new (LIGDI_SIM_TYPE_CONTROL, NULL);

  self->store = g_object_ref (store);
  self->gateway = g_object_ref (gateway);
  self->settings = settings;
  return self;
}

/**
 * ligdi_sim_control_answer:
 * @message: a request below /simulator/
 * @path: the rest of the path
 * @query: (nullable): the query of the address
 */
void
ligdi_sim_control_answer (LigdiSimControl *self, SoupServerMessage *message, const char *path,
                          GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *guard = soup_message_headers_get_one (headers, GUARD_HEADER);
  gboolean post = soup_server_message_get_method (message) == SOUP_METHOD_POST;

  if (g_strcmp0 (guard, "1") != 0)
    send_error (message, SOUP_STATUS_FORBIDDEN, "The header " GUARD_HEADER ": 1 is missing.");
  else if (strcmp (path, "invoices") == 0 && !post)
    answer_invoices (self, message);
  else if (strcmp (path, "outcome") == 0 && post)
    answer_outcome (self, message, query);
  else if (strcmp (path, "fault") == 0 && post)
    answer_fault (self, message, query);
  else
    send_error (message, SOUP_STATUS_NOT_FOUND, "There is nothing of that name and method.");
}
