/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-codec.h"

#include "ligdi-address.h"
#include "ligdi-error.h"
#include "ligdi-gateway-json.h"

#include <string.h>

/* Observed tokens have some 200 characters; integrators advise room for 1,024
 * (API sheet: create's reply). */
#define MAX_TOKEN 4096

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
add_items (JsonBuilder *builder, const LigdiSale *sale)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (sale, i);

      json_builder_begin_object (builder);
      add_string (builder, "name", line->label);
      add_string (builder, "description", "");
      add_int (builder, "quantity", line->quantity);
      /* Not "price", as the quickstart has it: that is refused with Code04. */
      add_int (builder, "unit_price", line->unit_price);
      add_int (builder, "total_price", line->unit_price * line->quantity);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* The first sub-code in "Echec (Code03a)", as the gateway's own kits read it:
 * two or three digits and perhaps a letter. */
static char *
find_sub_code (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("[0-9]{2,3}[a-z]?", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 0);
}

static gboolean
is_token (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > MAX_TOKEN)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return TRUE;
}

static LigdiConfirmStatus
read_status (JsonObject *object)
{
  g_autofree char *text = ligdi_gateway_json_dup_text (object, "status");
  g_autofree char *word = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  if (word == NULL)
    return LIGDI_CONFIRM_UNKNOWN;
  if (g_str_equal (word, "pending"))
    return LIGDI_CONFIRM_PENDING;
  if (g_str_equal (word, "completed"))
    return LIGDI_CONFIRM_COMPLETED;
  if (g_str_equal (word, "notcompleted") || g_str_equal (word, "nocompleted"))
    return LIGDI_CONFIRM_NOTCOMPLETED;
  return LIGDI_CONFIRM_UNKNOWN;
}

/* custom_data by our own key; failing that, the fields that repeat it. Several ids
 * joined by ";" name more than ours and are left alone (API sheet: computed
 * values). */
static char *
read_transaction_id (JsonObject *object)
{
  static const char *const repeats[] = { "transaction_id", "external_id" };
  char *id = ligdi_gateway_json_find_custom_data (object, "transaction_id");

  for (guint i = 0; id == NULL && i < G_N_ELEMENTS (repeats); i++)
    {
      id = ligdi_gateway_json_dup_text (object, repeats[i]);
      if (id != NULL && strchr (id, ';') != NULL)
        g_clear_pointer (&id, g_free);
    }
  return id;
}

static char *
read_currency (JsonObject *object)
{
  char *currency = ligdi_gateway_json_dup_text (object, "devise");

  return currency != NULL ? currency : ligdi_gateway_json_dup_text (object, "currency");
}

static gboolean
is_accepted (JsonObject *object)
{
  return g_strcmp0 (ligdi_gateway_json_get_string (object, "response_code"), "00") == 0;
}

/**
 * ligdi_create_reply_free:
 * @reply: (transfer full): a reply
 */
void
ligdi_create_reply_free (LigdiCreateReply *reply)
{
  g_free (reply->token);
  g_free (reply->page_url);
  g_free (reply);
}

/**
 * ligdi_gateway_codec_encode_create:
 * @request: what to create
 *
 * Writes the body of create (API sheet: create-invoice). `customer` is always
 * empty, because a number there hides operators from the page; exactly one
 * custom_data key contains "id", because the gateway joins all that do.
 *
 * Returns: (transfer full): UTF-8 JSON
 */
GBytes *
ligdi_gateway_codec_encode_create (const LigdiCreateRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  char *text;

  g_return_val_if_fail (request != NULL, NULL);

  json_builder_begin_object (builder);
  begin_object (builder, "commande");

  begin_object (builder, "invoice");
  add_items (builder, request->sale);
  add_int (builder, "total_amount", ligdi_sale_get_total (request->sale));
  add_string (builder, "devise", "XOF");
  add_string (builder, "description", request->description);
  add_string (builder, "customer", "");
  add_string (builder, "customer_firstname", "");
  add_string (builder, "customer_lastname", "");
  add_string (builder, "customer_email", "");
  add_string (builder, "external_id", "");
  add_string (builder, "otp", "");
  json_builder_end_object (builder);

  begin_object (builder, "store");
  add_string (builder, "name", request->store_name);
  add_string (builder, "website_url", request->store_website);
  json_builder_end_object (builder);

  begin_object (builder, "actions");
  add_string (builder, "cancel_url", request->cancel_url);
  add_string (builder, "return_url", request->return_url);
  /* A till behind a shop's router cannot be called; it polls. Empty is accepted. */
  add_string (builder, "callback_url", "");
  json_builder_end_object (builder);

  begin_object (builder, "custom_data");
  add_string (builder, "transaction_id", request->transaction_id);
  json_builder_end_object (builder);

  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

/**
 * ligdi_gateway_codec_decode_create:
 * @body: what create answered
 * @loopback_allowed: whether the gateway is on this computer
 * @sub_code: (out) (optional) (nullable) (transfer full): the gateway's sub-code, for
 *   instance "02", when it refused and gave one
 * @error: return location: %LIGDI_ERROR_CREDENTIALS for refused keys,
 *   %LIGDI_ERROR_REFUSED for any other refusal, %LIGDI_ERROR_PROTOCOL for an answer
 *   that is neither yes nor no
 *
 * Reads the answer of create (API sheet: create's reply, sub-codes).
 *
 * Returns: (transfer full): token and page, or %NULL
 */
LigdiCreateReply *
ligdi_gateway_codec_decode_create (GBytes *body, gboolean loopback_allowed, char **sub_code,
                                   GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *code = NULL;
  const char *token;
  const char *page_url;
  LigdiCreateReply *reply;

  g_return_val_if_fail (body != NULL, NULL);

  if (sub_code != NULL)
    *sub_code = NULL;
  object = ligdi_gateway_json_parse (body, error);
  if (object == NULL)
    return NULL;

  page_url = ligdi_gateway_json_get_string (object, "response_text");
  if (!is_accepted (object))
    {
      if (ligdi_gateway_json_get_string (object, "response_code") == NULL)
        {
          g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL,
                               "the answer has no response_code");
          return NULL;
        }
      code = find_sub_code (page_url);
      g_set_error (error, LIGDI_ERROR,
                   g_strcmp0 (code, "00") == 0 ? LIGDI_ERROR_CREDENTIALS : LIGDI_ERROR_REFUSED,
                   "the gateway refused the invoice, sub-code %s", code != NULL ? code : "none");
      if (sub_code != NULL)
        *sub_code = g_steal_pointer (&code);
      return NULL;
    }

  token = ligdi_gateway_json_get_string (object, "token");
  if (!is_token (token) || page_url == NULL || !ligdi_address_is_page (page_url, loopback_allowed))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL,
                           "the answer has no token or no page that may be opened");
      return NULL;
    }
  reply = g_new (LigdiCreateReply, 1);
  reply->token = g_strdup (token);
  reply->page_url = g_strdup (page_url);
  return reply;
}

/**
 * ligdi_gateway_codec_decode_confirm:
 * @body: what confirm answered
 * @error: return location, %LIGDI_ERROR_PROTOCOL
 *
 * Reads the answer of confirm in any of the shapes of its documented and observed
 * history (API sheet: confirm's fields, contradictions 8 to 12). It only reads;
 * ligdi_verdict_judge() decides what it means.
 *
 * Returns: (transfer full): the answer in our own terms, or %NULL when it is not a
 *   JSON object
 */
LigdiConfirmation *
ligdi_gateway_codec_decode_confirm (GBytes *body, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  LigdiConfirmation *confirmation;

  g_return_val_if_fail (body != NULL, NULL);

  object = ligdi_gateway_json_parse (body, error);
  if (object == NULL)
    return NULL;

  confirmation = g_new0 (LigdiConfirmation, 1);
  confirmation->accepted = is_accepted (object);
  confirmation->status = read_status (object);
  confirmation->transaction_id = read_transaction_id (object);
  confirmation->currency = read_currency (object);
  confirmation->amount_reading
      = ligdi_gateway_json_read_francs (object, "amount", &confirmation->amount);
  confirmation->montant_reading
      = ligdi_gateway_json_read_francs (object, "montant", &confirmation->montant);
  confirmation->operator_name = ligdi_gateway_json_dup_text (object, "operator_name");
  confirmation->payer = ligdi_gateway_json_dup_text (object, "customer");
  confirmation->request_id = ligdi_gateway_json_dup_text (object, "request_id");
  if (!confirmation->accepted)
    confirmation->sub_code
        = find_sub_code (ligdi_gateway_json_get_string (object, "response_text"));
  return confirmation;
}

/**
 * ligdi_gateway_read_invoice_id:
 * @token: (nullable): a creation token
 *
 * The token is a JWT whose payload names the invoice (API sheet: create, reply). The number
 * opens nothing, and support asks for it.
 *
 * Returns: (transfer full) (nullable): the gateway's number of the invoice, or %NULL when the
 *   token does not say it
 */
char *
ligdi_gateway_read_invoice_id (const char *token)
{
  g_auto (GStrv) parts = token != NULL ? g_strsplit (token, ".", 4) : NULL;
  g_autofree char *padded = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *id = NULL;
  guchar *decoded;
  gsize length;

  if (parts == NULL || g_strv_length (parts) != 3)
    return NULL;
  /* The alphabet for addresses, without the padding. */
  g_strdelimit (g_strdelimit (parts[1], "-", '+'), "_", '/');
  padded = g_strconcat (parts[1], "===", NULL);
  padded[(strlen (parts[1]) + 3) / 4 * 4] = '\0';
  decoded = g_base64_decode (padded, &length);
  payload = g_bytes_new_take (decoded, length);
  object = ligdi_gateway_json_parse (payload, NULL);
  if (object != NULL)
    id = ligdi_gateway_json_dup_text (object, "id_invoice");
  /* Whoever made the token, nothing but a number goes on paper. */
  if (id == NULL || strlen (id) > 20 || strspn (id, "0123456789") != strlen (id))
    return NULL;
  return g_steal_pointer (&id);
}
