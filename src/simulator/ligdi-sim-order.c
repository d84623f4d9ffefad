/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-order.h"
#include "ligdi-sim-json.h"

/* What the gateway checks in a create request, and the sub-code each failure answers
 * (documentation pages hosted-payin/create-invoice and errors/sub-codes). Unknown keys are
 * accepted. So is what LigdiCash's own libraries of 2024 send: "xof" in small letters (all),
 * amounts as floating point numbers with no fraction (Dart), no cancel_url and no return_url
 * when empty (JavaScript), an empty array for an empty custom_data (PHP). */

#define CODE_WRONG_AMOUNT 2
#define CODE_PROCESSING 4
#define CODE_DATA_INPUT 8

#define AMOUNT_MIN 9
#define AMOUNT_MAX 2000000

static gboolean
refuse (LigdiSimRefusal *refusal, int code, const char *details)
{
  refusal->code = code;
  g_strlcpy (refusal->details, details, sizeof refusal->details);
  return FALSE;
}

static gboolean
refuse_undefined_key (LigdiSimRefusal *refusal, const char *key)
{
  refusal->code = CODE_PROCESSING;
  g_snprintf (refusal->details, sizeof refusal->details, "Undefined array key \"%s\"", key);
  return FALSE;
}

static JsonObject *
get_object (JsonObject *parent, const char *key)
{
  JsonNode *node = json_object_get_member (parent, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
get_string (JsonObject *parent, const char *key, gboolean required, char **value)
{
  JsonNode *node = json_object_get_member (parent, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      *value = g_strdup ("");
      return !required;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *value = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_amount (LigdiSimOrder *order, JsonObject *invoice, LigdiSimRefusal *refusal)
{
  JsonNode *node = json_object_get_member (invoice, "total_amount");

  if (node == NULL)
    return refuse (refusal, CODE_DATA_INPUT, "");
  if (!is_number (node))
    return refuse (refusal, CODE_WRONG_AMOUNT, "");

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      if (!(number >= AMOUNT_MIN && number <= AMOUNT_MAX) || number != (double) (gint64) number)
        return refuse (refusal, CODE_WRONG_AMOUNT, "");
      order->total_amount = (gint64) number;
      return TRUE;
    }

  order->total_amount = json_node_get_int (node);
  if (order->total_amount < AMOUNT_MIN || order->total_amount > AMOUNT_MAX)
    return refuse (refusal, CODE_WRONG_AMOUNT, "");
  return TRUE;
}

static gboolean
check_items (JsonObject *invoice, LigdiSimRefusal *refusal)
{
  static const char *const numbers[] = { "quantity", "unit_price", "total_price" };
  JsonNode *node = json_object_get_member (invoice, "items");
  JsonArray *items = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return refuse (refusal, CODE_DATA_INPUT, "");

  items = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *element = json_array_get_element (items, i);
      JsonObject *item = NULL;
      g_autofree char *name = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (refusal, CODE_PROCESSING, "");

      item = json_node_get_object (element);
      if (!json_object_has_member (item, "name"))
        return refuse_undefined_key (refusal, "name");
      if (!get_string (item, "name", TRUE, &name))
        return refuse (refusal, CODE_DATA_INPUT, "");

      for (gsize n = 0; n < G_N_ELEMENTS (numbers); n++)
        {
          JsonNode *number = json_object_get_member (item, numbers[n]);

          if (number == NULL)
            return refuse_undefined_key (refusal, numbers[n]);
          if (!is_number (number))
            return refuse (refusal, CODE_DATA_INPUT, "");
        }
    }

  return TRUE;
}

static gboolean
read_invoice (LigdiSimOrder *order, JsonObject *invoice, LigdiSimRefusal *refusal)
{
  g_autofree char *currency = NULL;

  if (!read_amount (order, invoice, refusal) || !check_items (invoice, refusal))
    return FALSE;

  if (!get_string (invoice, "devise", TRUE, &currency)
      || g_ascii_strcasecmp (currency, "XOF") != 0
      || !get_string (invoice, "description", TRUE, &order->description)
      || !get_string (invoice, "customer", TRUE, &order->customer)
      || !get_string (invoice, "customer_firstname", FALSE, &order->customer_firstname)
      || !get_string (invoice, "customer_lastname", FALSE, &order->customer_lastname)
      || !get_string (invoice, "customer_email", FALSE, &order->customer_email))
    return refuse (refusal, CODE_DATA_INPUT, "");

  return TRUE;
}

static gboolean
read_custom_data (LigdiSimOrder *order, JsonObject *commande, LigdiSimRefusal *refusal)
{
  JsonNode *node = json_object_get_member (commande, "custom_data");
  JsonObjectIter iter;
  JsonNode *value = NULL;

  if (node == NULL)
    return refuse (refusal, CODE_DATA_INPUT, "");
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    {
      order->custom_data = json_object_new ();
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (refusal, CODE_DATA_INPUT, "");

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, NULL, &value))
    if (!JSON_NODE_HOLDS_VALUE (value) && !JSON_NODE_HOLDS_NULL (value))
      return refuse (refusal, CODE_DATA_INPUT, "");

  order->custom_data = json_object_ref (json_node_get_object (node));
  return TRUE;
}

static gboolean
read_commande (LigdiSimOrder *order, JsonObject *commande, LigdiSimRefusal *refusal)
{
  JsonObject *invoice = get_object (commande, "invoice");
  JsonObject *store = get_object (commande, "store");
  JsonObject *actions = get_object (commande, "actions");
  g_autofree char *website_url = NULL;

  if (invoice == NULL || store == NULL || actions == NULL)
    return refuse (refusal, CODE_DATA_INPUT, "");
  if (!read_invoice (order, invoice, refusal))
    return FALSE;

  if (!get_string (store, "name", TRUE, &order->store_name)
      || !get_string (store, "website_url", TRUE, &website_url)
      || !get_string (actions, "cancel_url", FALSE, &order->cancel_url)
      || !get_string (actions, "return_url", FALSE, &order->return_url)
      || !get_string (actions, "callback_url", TRUE, &order->callback_url))
    return refuse (refusal, CODE_DATA_INPUT, "");

  return read_custom_data (order, commande, refusal);
}

/**
 * ligdi_sim_order_free:
 * @order: (transfer full) (nullable): the order
 */
void
ligdi_sim_order_free (LigdiSimOrder *order)
{
  if (order == NULL)
    return;

  g_clear_pointer (&order->source, json_node_unref);
  g_free (order->description);
  g_free (order->customer);
  g_free (order->customer_firstname);
  g_free (order->customer_lastname);
  g_free (order->customer_email);
  g_free (order->store_name);
  g_free (order->cancel_url);
  g_free (order->return_url);
  g_free (order->callback_url);
  g_clear_pointer (&order->custom_data, json_object_unref);
  g_free (order);
}

/**
 * ligdi_sim_order_parse:
 * @data: (array length=length): the body of a create request, any bytes
 * @length: its length
 * @refusal: (out caller-allocates): set when %NULL is returned
 *
 * Returns: (transfer full) (nullable): the order, or %NULL when the gateway refuses it
 */
LigdiSimOrder *
ligdi_sim_order_parse (const char *data, gsize length, LigdiSimRefusal *refusal)
{
  g_autoptr (JsonNode) root = ligdi_sim_json_parse (data, length);

  return ligdi_sim_order_read (root, refusal);
}

/**
 * ligdi_sim_order_read:
 * @root: (nullable): a create request
 * @refusal: (out caller-allocates): set when %NULL is returned
 *
 * Returns: (transfer full) (nullable): the order, or %NULL when the gateway refuses it
 */
LigdiSimOrder *
ligdi_sim_order_read (JsonNode *root, LigdiSimRefusal *refusal)
{
  g_autoptr (LigdiSimOrder) order = NULL;
  JsonObject *commande = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    commande = get_object (json_node_get_object (root), "commande");
  if (commande == NULL)
    {
      refuse (refusal, CODE_DATA_INPUT, "");
      return NULL;
    }

  order = g_new0 (LigdiSimOrder, 1);
  if (!read_commande (order, commande, refusal))
    return NULL;

  order->source = json_node_ref (root);
  return g_steal_pointer (&order);
}
