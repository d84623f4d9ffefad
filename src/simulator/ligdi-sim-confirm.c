/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-confirm.h"
#include "ligdi-sim-outcome.h"

#include <string.h>

/* What confirm answers.
 *
 * Profile "current" has the fields of hosted-payin/verify-status. Profile "legacy-2024" has the
 * sixteen fields the libraries of 2024 know, no more: the Python one refuses unknown keys and
 * needs transaction_id, the Dart one reads amounts from strings. Entries of custom_data carry
 * id_invoice there, and a declined payment is "nocompleted". */

#define WIKI "https://client.ligdicash.com/wiki/confirmInvoice"
#define FOREIGN_ID "FOREIGN-TRANSACTION-0001"

static char *
format_value (JsonNode *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return json_node_dup_string (value);
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  if (type == G_TYPE_DOUBLE)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (value)));
    }
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "1" : "");
  return g_strdup ("");
}

static char *
format_timestamp (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d %H:%M:%S");

  return g_strdup_printf ("%s.%06d", text, (int) (time % G_USEC_PER_SEC));
}

static char *
format_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_format (date, "%Y-%m-%d %H:%M:%S+00");
}

/* How the gateway computes its hash is documented nowhere; it is 64 hexadecimal digits. */
static char *
make_hash (LigdiSimInvoice *invoice)
{
  const char *token = ligdi_sim_invoice_get_token (invoice);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static void
add_entry (JsonArray *array, LigdiSimInvoice *invoice, LigdiSimProfile profile, const char *key,
           const char *value)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *timestamp = format_timestamp (ligdi_sim_invoice_get_created_at (invoice));
  gint64 number = g_ascii_strtoll (ligdi_sim_invoice_get_id (invoice), NULL, 10);

  switch (profile)
    {
    case LIGDI_SIM_PROFILE_CURRENT:
      json_object_set_string_member (entry, "keyof_customdata", key);
      json_object_set_string_member (entry, "valueof_customdata", value);
      json_object_set_string_member (entry, "datecreation_customdata", timestamp);
      break;
    case LIGDI_SIM_PROFILE_LEGACY_2024:
      json_object_set_int_member (entry, "id_invoice", number);
      json_object_set_string_member (entry, "keyof_customdata", key);
      json_object_set_string_member (entry, "valueof_customdata", value);
      break;
    }
  json_array_add_object_element (array, entry);
}

static JsonArray *
list_custom_data (LigdiSimInvoice *invoice, LigdiSimProfile profile, LigdiSimFaults faults)
{
  JsonArray *array = json_array_new ();
  g_autofree char *hash = make_hash (invoice);
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, ligdi_sim_invoice_get_order (invoice)->custom_data);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      g_autofree char *value = format_value (node);

      if (strcmp (key, "hash") == 0 || strcmp (key, "logfile") == 0)
        continue;
      if (strcmp (key, "transaction_id") == 0
          && ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_OTHER_ID))
        add_entry (array, invoice, profile, key, FOREIGN_ID);
      else
        add_entry (array, invoice, profile, key, value);
    }
  add_entry (array, invoice, profile, "hash", hash);
  add_entry (array, invoice, profile, "logfile", ligdi_sim_invoice_get_logfile (invoice));

  return array;
}

static char *
get_external_id (LigdiSimInvoice *invoice)
{
  GString *joined = g_string_new (NULL);
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;
  gboolean first = TRUE;

  json_object_iter_init_ordered (&iter, ligdi_sim_invoice_get_order (invoice)->custom_data);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      g_autofree char *value = NULL;

      if (strstr (key, "id") == NULL)
        continue;
      value = format_value (node);
      if (!first)
        g_string_append_c (joined, ';');
      g_string_append (joined, value);
      first = FALSE;
    }
  return g_string_free (joined, FALSE);
}

static const char *
choose_status_word (LigdiSimStatus status, LigdiSimProfile profile, LigdiSimFaults faults)
{
  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_UNKNOWN_STATUS))
    return "processing";
  if (status == LIGDI_SIM_STATUS_NOTCOMPLETED
      && (profile == LIGDI_SIM_PROFILE_LEGACY_2024
          || ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_NOCOMPLETED)))
    return "nocompleted";
  return ligdi_sim_status_get_word (status);
}

static void
set_amount (JsonObject *object, const char *key, gint64 amount, gboolean as_string)
{
  if (as_string)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, amount);

      json_object_set_string_member (object, key, text);
    }
  else
    {
      json_object_set_int_member (object, key, amount);
    }
}

static void
set_amounts (JsonObject *object, LigdiSimInvoice *invoice, LigdiSimProfile profile,
             LigdiSimFaults faults)
{
  gboolean paid = ligdi_sim_invoice_get_status (invoice) == LIGDI_SIM_STATUS_COMPLETED;
  gboolean as_string = profile == LIGDI_SIM_PROFILE_LEGACY_2024
                       || ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_STRING_AMOUNTS);
  gint64 ordered = ligdi_sim_invoice_get_order (invoice)->total_amount;
  gint64 amount = paid ? ligdi_sim_invoice_get_paid_amount (invoice) : ordered;
  gint64 montant = 0;

  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_MISSING_AMOUNT))
    return;

  if (paid && ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_AMOUNT_MISMATCH))
    amount = ligdi_sim_outcome_get_other_amount (ordered);
  montant = amount;
  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_AMOUNTS_DISAGREE))
    montant = ligdi_sim_outcome_get_other_amount (amount);

  set_amount (object, "montant", montant, as_string);
  set_amount (object, "amount", amount, as_string);
}

static JsonObject *
make_customer_details (LigdiSimInvoice *invoice, const char *phone)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "firstname", order->customer_firstname);
  json_object_set_string_member (details, "lastname", order->customer_lastname);
  json_object_set_string_member (details, "email", order->customer_email);
  json_object_set_string_member (details, "phone", phone);
  json_object_set_string_member (details, "details", "");

  return details;
}

/* While a payment is pending the gateway names no operator and no payer. */
static void
set_payer (JsonObject *object, LigdiSimInvoice *invoice)
{
  gboolean pending = ligdi_sim_invoice_get_status (invoice) == LIGDI_SIM_STATUS_PENDING;
  const char *phone = ligdi_sim_invoice_get_phone (invoice);

  json_object_set_string_member (object, "operator_id",
                                 pending ? "" : ligdi_sim_invoice_get_operator_id (invoice));
  json_object_set_string_member (object, "operator_name",
                                 pending ? "" : ligdi_sim_invoice_get_operator_name (invoice));
  if (pending || *phone == '\0')
    json_object_set_null_member (object, "customer");
  else
    json_object_set_string_member (object, "customer", phone);
}

static void
set_profile_fields (JsonObject *object, LigdiSimInvoice *invoice, LigdiSimProfile profile,
                    const char *external_id)
{
  gboolean pending = ligdi_sim_invoice_get_status (invoice) == LIGDI_SIM_STATUS_PENDING;
  const char *phone = pending ? "" : ligdi_sim_invoice_get_phone (invoice);

  switch (profile)
    {
    case LIGDI_SIM_PROFILE_CURRENT:
      json_object_set_string_member (object, "oreference", "");
      json_object_set_object_member (object, "customer_details",
                                     make_customer_details (invoice, phone));
      break;
    case LIGDI_SIM_PROFILE_LEGACY_2024:
      json_object_set_string_member (object, "transaction_id", external_id);
      break;
    }
}

/**
 * ligdi_sim_confirm_reply:
 * @invoice: what is asked about
 * @profile: the shape of the answer
 * @faults: what to get wrong
 *
 * Returns: (transfer full): the answer
 */
JsonNode *
ligdi_sim_confirm_reply (LigdiSimInvoice *invoice, LigdiSimProfile profile, LigdiSimFaults faults)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *external_id = get_external_id (invoice);
  g_autofree char *date = format_date (ligdi_sim_invoice_get_changed_at (invoice));

  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_OTHER_ID))
    {
      g_free (external_id);
      external_id = g_strdup (FOREIGN_ID);
    }

  json_object_set_string_member (object, "response_code", "00");
  json_object_set_string_member (object, "token", "");
  json_object_set_string_member (object, "response_text", "");
  json_object_set_string_member (object, "description", "");
  json_object_set_array_member (object, "custom_data", list_custom_data (invoice, profile, faults));
  json_object_set_string_member (
      object, "status",
      choose_status_word (ligdi_sim_invoice_get_status (invoice), profile, faults));
  set_payer (object, invoice);
  set_amounts (object, invoice, profile, faults);
  if (ligdi_sim_faults_have (faults, LIGDI_SIM_FAULT_OTHER_CURRENCY))
    json_object_set_string_member (object, "currency", "EUR");
  json_object_set_string_member (object, "date", date);
  json_object_set_string_member (object, "external_id", external_id);
  json_object_set_string_member (object, "request_id", ligdi_sim_invoice_get_request_id (invoice));
  set_profile_fields (object, invoice, profile, external_id);
  json_object_set_string_member (object, "wiki", WIKI);

  json_node_take_object (root, object);
  return root;
}

/**
 * ligdi_sim_confirm_refuse:
 * @code: a sub-code: 0 authentication, 2 invoice not found, 3 processing error, 4 data input
 *
 * Returns: (transfer full): the answer to a confirm request that fails
 */
JsonNode *
ligdi_sim_confirm_refuse (int code)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = g_strdup_printf ("Echec (Code%02d)", code);

  json_object_set_string_member (object, "response_code", "01");
  json_object_set_string_member (object, "token", "");
  json_object_set_string_member (object, "response_text", text);
  json_object_set_string_member (object, "description", "");
  json_object_set_array_member (object, "custom_data", json_array_new ());
  json_object_set_string_member (object, "wiki", WIKI);

  json_node_take_object (root, object);
  return root;
}

/**
 * ligdi_sim_confirm_get_external_id:
 *
 * Returns: (transfer full): the values of all custom_data keys whose name contains "id", joined
 *   with ";" (hosted-payin/verify-status, parse-custom-data)
 */
char *
ligdi_sim_confirm_get_external_id (LigdiSimInvoice *invoice)
{
  return get_external_id (invoice);
}

/**
 * ligdi_sim_confirm_list_custom_data:
 *
 * Returns: (transfer full): custom_data as confirm and callbacks carry it: entries in an array,
 *   with the gateway's own hash and logfile at the end
 */
JsonArray *
ligdi_sim_confirm_list_custom_data (LigdiSimInvoice *invoice, LigdiSimProfile profile,
                                    LigdiSimFaults faults)
{
  return list_custom_data (invoice, profile, faults);
}

/**
 * ligdi_sim_confirm_format_date:
 * @time: microseconds since 1970
 *
 * Returns: (transfer full): PostgreSQL's text of the time, with the zone in two digits
 */
char *
ligdi_sim_confirm_format_date (gint64 time)
{
  return format_date (time);
}
