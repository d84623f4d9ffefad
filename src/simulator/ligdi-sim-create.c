/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-create.h"

/* What create answers: six fields, also where the documentation prints four, because that is
 * what was captured and what the libraries of 2024 require. */

#define WIKI "https://client.ligdicash.com/wiki/createInvoice"

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonObject *
copy_custom_data (LigdiSimInvoice *invoice)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, ligdi_sim_invoice_get_order (invoice)->custom_data);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    json_object_set_member (copy, key, json_node_copy (value));

  json_object_set_string_member (copy, "logfile", ligdi_sim_invoice_get_logfile (invoice));
  return copy;
}

/**
 * ligdi_sim_create_reply:
 * @invoice: the new invoice
 * @page_url: its payment page
 *
 * Returns: (transfer full): the answer to an accepted create request. Here custom_data is an
 *   object, and "logfile" in it is always the gateway's own.
 */
JsonNode *
ligdi_sim_create_reply (LigdiSimInvoice *invoice, const char *page_url)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "response_code", "00");
  json_object_set_string_member (object, "token", ligdi_sim_invoice_get_token (invoice));
  json_object_set_string_member (object, "response_text", page_url);
  json_object_set_string_member (object, "description", "");
  json_object_set_object_member (object, "custom_data", copy_custom_data (invoice));
  json_object_set_string_member (object, "wiki", WIKI);

  return take_object (object);
}

/**
 * ligdi_sim_create_refuse:
 * @refusal: why
 *
 * Returns: (transfer full): the answer to a refused create request. Here custom_data is an
 *   empty array.
 */
JsonNode *
ligdi_sim_create_refuse (const LigdiSimRefusal *refusal)
{
  JsonObject *object = json_object_new ();
  g_autofree char *text = g_strdup_printf ("Echec (Code%02d)", refusal->code);

  json_object_set_string_member (object, "response_code", "01");
  json_object_set_string_member (object, "token", "");
  json_object_set_string_member (object, "response_text", text);
  json_object_set_string_member (object, "description", "");
  json_object_set_array_member (object, "custom_data", json_array_new ());
  json_object_set_string_member (object, "wiki", WIKI);
  if (refusal->details[0] != '\0')
    json_object_set_string_member (object, "response_text_details", refusal->details);

  return take_object (object);
}
