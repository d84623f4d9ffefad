/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-notice.h"
#include "ligdi-sim-confirm.h"
#include "ligdi-sim-json.h"

/* What a callback carries (callback/payin-payload): the fields of confirm. How the form writes
 * custom_data differs between the documentation's samples and what merchants captured. */

static JsonNode *
make_root (LigdiSimInvoice *invoice, const char *token, const LigdiSimSettings *settings)
{
  JsonNode *root = ligdi_sim_confirm_reply (invoice, settings->profile, LIGDI_SIM_FAULTS_EMPTY);

  json_object_set_string_member (json_node_get_object (root), "token", token);
  return root;
}

static void
add_pair (GString *form, const char *key, const char *value)
{
  g_autofree char *escaped_key = g_uri_escape_string (key, NULL, FALSE);
  g_autofree char *escaped_value = g_uri_escape_string (value, NULL, FALSE);

  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_printf (form, "%s=%s", escaped_key, escaped_value);
}

static void
add_value (GString *form, const char *key, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    {
      add_pair (form, key, "");
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      add_pair (form, key, json_node_get_string (node));
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

      add_pair (form, key, number);
    }
}

static void
add_bracketed (GString *form, const char *prefix, JsonObject *object)
{
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      g_autofree char *name = g_strdup_printf ("%s[%s]", prefix, key);

      add_value (form, name, node);
    }
}

static void
add_json (GString *form, const char *key, JsonNode *node)
{
  g_autoptr (GBytes) text = ligdi_sim_json_print (node, FALSE);
  g_autofree char *string = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));

  add_pair (form, key, string);
}

static void
add_custom_data (GString *form, JsonNode *node, LigdiSimCallbackStyle style)
{
  JsonArray *entries = json_node_get_array (node);

  switch (style)
    {
    case LIGDI_SIM_CALLBACK_STYLE_JSON:
      add_json (form, "custom_data", node);
      break;
    case LIGDI_SIM_CALLBACK_STYLE_EMPTY:
      add_pair (form, "custom_data", "");
      break;
    case LIGDI_SIM_CALLBACK_STYLE_KEYS:
      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          JsonObject *entry = json_array_get_object_element (entries, i);
          const char *key = json_object_get_string_member (entry, "keyof_customdata");
          g_autofree char *name = g_strdup_printf ("custom_data[%s]", key);

          add_value (form, name, json_object_get_member (entry, "valueof_customdata"));
        }
      break;
    case LIGDI_SIM_CALLBACK_STYLE_ENTRIES:
      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          g_autofree char *prefix = g_strdup_printf ("custom_data[%u]", i);

          add_bracketed (form, prefix, json_array_get_object_element (entries, i));
        }
      break;
    }
}

static LigdiSimNotice *
take_body (const char *content_type, GBytes *body)
{
  LigdiSimNotice *notice = g_new0 (LigdiSimNotice, 1);

  notice->content_type = content_type;
  notice->body = body;
  return notice;
}

/**
 * ligdi_sim_notice_free:
 * @notice: (transfer full) (nullable): the notice
 */
void
ligdi_sim_notice_free (LigdiSimNotice *notice)
{
  if (notice == NULL)
    return;

  g_bytes_unref (notice->body);
  g_free (notice);
}

/**
 * ligdi_sim_notice_new_json:
 * @invoice: what became final
 * @token: the token to carry, "" as documented
 * @settings: how to behave
 *
 * Returns: (transfer full): the notice as JSON
 */
LigdiSimNotice *
ligdi_sim_notice_new_json (LigdiSimInvoice *invoice, const char *token,
                           const LigdiSimSettings *settings)
{
  g_autoptr (JsonNode) root = make_root (invoice, token, settings);

  if (settings->callback_style == LIGDI_SIM_CALLBACK_STYLE_EMPTY)
    json_object_set_array_member (json_node_get_object (root), "custom_data", json_array_new ());
  return take_body ("application/json", ligdi_sim_json_print (root, FALSE));
}

/**
 * ligdi_sim_notice_new_form:
 * @invoice: what became final
 * @token: the token to carry, "" as documented
 * @settings: how to behave
 *
 * Returns: (transfer full): the notice as a form
 */
LigdiSimNotice *
ligdi_sim_notice_new_form (LigdiSimInvoice *invoice, const char *token,
                           const LigdiSimSettings *settings)
{
  g_autoptr (JsonNode) root = make_root (invoice, token, settings);
  GString *form = g_string_new (NULL);
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        add_custom_data (form, node, settings->callback_style);
      else if (!JSON_NODE_HOLDS_OBJECT (node))
        add_value (form, key, node);
      else if (settings->callback_style == LIGDI_SIM_CALLBACK_STYLE_JSON)
        add_json (form, key, node);
      else
        add_bracketed (form, key, json_node_get_object (node));
    }
  return take_body ("application/x-www-form-urlencoded", g_string_free_to_bytes (form));
}
