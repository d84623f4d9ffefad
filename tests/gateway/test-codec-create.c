/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-gateway-codec.h"

#include <json-glib/json-glib.h>

#include <string.h>

#define TOKEN "eyJ0eXAiOiJKV1QifQ.eyJpZF9pbnZvaWNlIjoiNzgyMjIyODcifQ.c2lnbmF0dXJl"
#define PAGE "https://client.ligdicash.com/directpayment/invoice/" TOKEN

static JsonNode *
encode (const LigdiCreateRequest *request)
{
  g_autoptr (GBytes) body = ligdi_gateway_codec_encode_create (request);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  g_assert_true (g_utf8_validate_len (text, length, NULL));
  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_get_object (node);
}

static void
assert_string (JsonObject *object, const char *name, const char *expected)
{
  JsonNode *node = json_object_get_member (object, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  g_assert_cmpuint (json_node_get_value_type (node), ==, G_TYPE_STRING);
  g_assert_cmpstr (json_node_get_string (node), ==, expected);
}

/* Amounts are whole numbers, never strings or numbers with a point. */
static void
assert_int (JsonObject *object, const char *name, gint64 expected)
{
  JsonNode *node = json_object_get_member (object, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  g_assert_cmpuint (json_node_get_value_type (node), ==, G_TYPE_INT64);
  g_assert_cmpint (json_node_get_int (node), ==, expected);
}

static void
assert_only_members (JsonObject *object, const char *const *names)
{
  g_assert_cmpuint (json_object_get_size (object), ==, g_strv_length ((char **) names));
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_true (json_object_has_member (object, names[i]));
}

static void
assert_item (JsonArray *items, guint index, const LigdiSaleLine *line)
{
  static const char *const members[]
      = { "name", "description", "quantity", "unit_price", "total_price", NULL };
  JsonObject *item = json_array_get_object_element (items, index);

  assert_only_members (item, members);
  assert_string (item, "name", line->label);
  assert_string (item, "description", "");
  assert_int (item, "quantity", line->quantity);
  assert_int (item, "unit_price", line->unit_price);
  assert_int (item, "total_price", line->unit_price * line->quantity);
  /* The quickstart's spelling is refused with Code04. */
  g_assert_false (json_object_has_member (item, "price"));
}

static void
assert_invoice (JsonObject *invoice, const LigdiSale *sale, const char *description)
{
  static const char *const members[]
      = { "items",          "total_amount",   "devise",      "description", "customer", "customer_firstname",
          "customer_lastname", "customer_email", "external_id", "otp",         NULL };
  JsonArray *items;

  assert_only_members (invoice, members);
  items = json_object_get_array_member (invoice, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, ligdi_sale_get_n_lines (sale));
  for (guint i = 0; i < ligdi_sale_get_n_lines (sale); i++)
    assert_item (items, i, ligdi_sale_get_line (sale, i));
  assert_int (invoice, "total_amount", ligdi_sale_get_total (sale));
  assert_string (invoice, "devise", "XOF");
  assert_string (invoice, "description", description);
  /* A number here hides operators from the payment page. */
  assert_string (invoice, "customer", "");
  assert_string (invoice, "customer_firstname", "");
  assert_string (invoice, "customer_lastname", "");
  assert_string (invoice, "customer_email", "");
  assert_string (invoice, "external_id", "");
  assert_string (invoice, "otp", "");
}

static guint
count_keys_with_id (JsonObject *custom_data)
{
  g_autoptr (GList) keys = json_object_get_members (custom_data);
  guint n_keys = 0;

  for (GList *key = keys; key != NULL; key = key->next)
    {
      g_autofree char *lower = g_ascii_strdown (key->data, -1);

      n_keys += strstr (lower, "id") != NULL;
    }
  return n_keys;
}

static void
assert_request (const LigdiCreateRequest *request)
{
  static const char *const parts[] = { "invoice", "store", "actions", "custom_data", NULL };
  static const char *const store_members[] = { "name", "website_url", NULL };
  static const char *const action_members[] = { "cancel_url", "return_url", "callback_url", NULL };
  g_autoptr (JsonNode) root = encode (request);
  JsonObject *order;
  JsonObject *store;
  JsonObject *actions;
  JsonObject *custom_data;

  g_assert_cmpuint (json_object_get_size (json_node_get_object (root)), ==, 1);
  order = get_object (json_node_get_object (root), "commande");
  assert_only_members (order, parts);
  assert_invoice (get_object (order, "invoice"), request->sale, request->description);

  store = get_object (order, "store");
  assert_only_members (store, store_members);
  assert_string (store, "name", request->store_name);
  assert_string (store, "website_url", request->store_website);

  actions = get_object (order, "actions");
  assert_only_members (actions, action_members);
  /* One documented sample has them swapped. */
  assert_string (actions, "return_url", request->return_url);
  assert_string (actions, "cancel_url", request->cancel_url);
  assert_string (actions, "callback_url", "");

  custom_data = get_object (order, "custom_data");
  /* The gateway joins the values of all keys that contain "id". */
  g_assert_cmpuint (count_keys_with_id (custom_data), ==, 1);
  assert_string (custom_data, "transaction_id", request->transaction_id);
}

static void
test_encode (void)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  LigdiCreateRequest request = {
    .sale = sale,
    .description = "Ticket 0042",
    .store_name = "Boutique",
    .store_website = "https://boutique.example",
    .return_url = "https://ligdipay.invalid/return/0f3c",
    .cancel_url = "https://ligdipay.invalid/cancel/77aa",
    .transaction_id = "LGD-2222-3333-0123456789abcdef0123456789abcdef",
  };

  ligdi_sale_add (sale, "Riz 5 kg", 2, 500);
  assert_request (&request);

  ligdi_sale_add (sale, "Savon « Étoile » \"doux\" \\ 200 g\n\t/ \xf0\x9f\xa7\xbc", 9999, 3);
  ligdi_sale_add (sale, "</script><b>&amp;", 1, G_GINT64_CONSTANT (900000000000));
  request.store_name = "L’Épicerie d’à côté";
  request.store_website = "";
  assert_request (&request);

  for (guint i = 0; ligdi_sale_add (sale, "ligne", 1, 1); i++)
    g_assert_cmpuint (i, <, LIGDI_SALE_MAX_LINES);
  assert_request (&request);
}

static LigdiCreateReply *
decode (const char *text, gboolean loopback_allowed, char **sub_code, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return ligdi_gateway_codec_decode_create (body, loopback_allowed, sub_code, error);
}

static void
test_decode (void)
{
  static const char *const table[] = {
    "{\"response_code\":\"00\",\"token\":\"" TOKEN "\",\"response_text\":\"" PAGE "\","
    "\"description\":\"\",\"custom_data\":{\"transaction_id\":\"x\",\"logfile\":\"y\"},"
    "\"wiki\":\"https://client.ligdicash.com/wiki/createInvoice\"}",
    /* The documented four fields, slashes escaped as PHP does. */
    "{\"response_code\":\"00\",\"token\":\"" TOKEN "\","
    "\"response_text\":\"https:\\/\\/client.ligdicash.com\\/directpayment\\/invoice\\/" TOKEN "\","
    "\"wiki\":\"x\"}",
    "{\"custom_data\":[],\"response_text\":\"" PAGE "\",\"token\":\"" TOKEN
    "\",\"response_code\":\"00\",\"new\":{\"a\":[1,2.5,-3e-2,true,false,null]}}",
    " \r\n\t{ \"response_code\" : \"00\" , \"token\" : \"" TOKEN "\" , \"response_text\" : \"" PAGE
    "\" } \n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *sub_code = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiCreateReply) reply = decode (table[i], FALSE, &sub_code, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (reply->token, ==, TOKEN);
      g_assert_cmpstr (reply->page_url, ==, PAGE);
      g_assert_null (sub_code);
    }
}

static void
test_decode_loopback (void)
{
  static const char text[] = "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":"
                             "\"http://127.0.0.1:4123/directpayment/invoice/t\"}";
  g_autoptr (LigdiCreateReply) allowed = decode (text, TRUE, NULL, NULL);
  g_autoptr (LigdiCreateReply) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (allowed->page_url, ==, "http://127.0.0.1:4123/directpayment/invoice/t");
  refused = decode (text, FALSE, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
}

static void
test_decode_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *sub_code;
    LigdiError code;
  } table[] = {
    { "{\"response_code\":\"01\",\"token\":\"\",\"response_text\":\"Echec (Code00)\","
      "\"description\":\"\",\"custom_data\":[],\"wiki\":\"x\"}",
      "00", LIGDI_ERROR_CREDENTIALS },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code02)\"}", "02",
      LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code03a)\"}", "03a",
      LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code123b)\"}", "123b",
      LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code04)\","
      "\"response_text_details\":\"Undefined array key \\\"unit_price\\\"\"}",
      "04", LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec\"}", NULL, LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":\"\"}", NULL, LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":null}", NULL, LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\",\"response_text\":7}", NULL, LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"01\"}", NULL, LIGDI_ERROR_REFUSED },
    /* Anything else than 00 is a refusal, whatever comes with it. */
    { "{\"response_code\":\"02\",\"token\":\"" TOKEN "\",\"response_text\":\"" PAGE "\"}", NULL,
      LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"\",\"token\":\"" TOKEN "\",\"response_text\":\"" PAGE "\"}", NULL,
      LIGDI_ERROR_REFUSED },
    { "{\"response_code\":\"000\",\"token\":\"t\",\"response_text\":\"Code\"}", NULL,
      LIGDI_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *sub_code = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiCreateReply) reply = decode (table[i].text, FALSE, &sub_code, &error);

      g_test_message ("%s", table[i].text);
      g_assert_null (reply);
      g_assert_error (error, LIGDI_ERROR, (int) table[i].code);
      /* A page's address may hold two digits by chance; what is no failure's text is not
       * looked at closely here. */
      if (strstr (table[i].text, "https") == NULL)
        g_assert_cmpstr (sub_code, ==, table[i].sub_code);
      g_assert_null (strstr (error->message, "eyJ"));

      /* Who does not ask for the sub-code hears of the refusal all the same. */
      g_clear_error (&error);
      g_assert_null (decode (table[i].text, FALSE, NULL, &error));
      g_assert_error (error, LIGDI_ERROR, (int) table[i].code);
    }
}

static void
test_decode_nonsense (void)
{
  static const char *const table[] = {
    "",
    " ",
    "null",
    "true",
    "7",
    "\"00\"",
    "[]",
    "[{\"response_code\":\"00\"}]",
    "{}",
    "{\"response_code\":null}",
    "{\"response_code\":0,\"token\":\"t\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":[\"00\"],\"token\":\"t\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":{\"a\":\"00\"}}",
    "{\"response_code\":true}",
    "{\"response_code\":\"00\"}",
    "{\"response_code\":\"00\",\"token\":\"\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":null,\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":7,\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":\"a b\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":\"a\\nb\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":\"a\\u0000b\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":\"é\",\"response_text\":\"" PAGE "\"}",
    "{\"response_code\":\"00\",\"token\":\"t\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":null}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":[\"" PAGE "\"]}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"javascript:alert(1)\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"http://client.ligdicash.com/\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"https://a@evil.com/\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"/directpayment/invoice/t\"}",
    "{\"response_code\":\"00\",\"token\":\"t\",\"response_text\":\"Votre requête est en cours\"}",
    "<html><body>500</body></html>",
    "{\"response_code\":\"00\"",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *sub_code = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiCreateReply) reply = decode (table[i], FALSE, &sub_code, &error);

      if (reply != NULL)
        g_test_message ("accepted: %s", table[i]);
      g_assert_null (reply);
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
      g_assert_null (sub_code);
    }
}

static void
test_decode_token_length (void)
{
  g_autofree char *long_token = g_strnfill (4096, 't');
  g_autofree char *longer_token = g_strnfill (4097, 't');
  g_autofree char *fits = g_strdup_printf (
      "{\"response_code\":\"00\",\"token\":\"%s\",\"response_text\":\"%s\"}", long_token, PAGE);
  g_autofree char *too_long = g_strdup_printf (
      "{\"response_code\":\"00\",\"token\":\"%s\",\"response_text\":\"%s\"}", longer_token, PAGE);
  g_autoptr (LigdiCreateReply) reply = decode (fits, FALSE, NULL, NULL);
  g_autoptr (LigdiCreateReply) none = decode (too_long, FALSE, NULL, NULL);

  g_assert_cmpstr (reply->token, ==, long_token);
  g_assert_null (none);
}

/* The invoice's number is in the token, for support; whatever else is in there stays there. */
static void
test_invoice_id (void)
{
  static const struct
  {
    const char *payload; /* as it is before base64, or the whole token */
    const char *id;
  } table[] = {
    { "{\"id_invoice\":\"78222287\",\"start_date\":\"2026-11-25 09:00:00\"}", "78222287" },
    { "{\"id_invoice\":\"1\"}", "1" },
    { "{\"id_invoice\":\"\"}", NULL },
    { "{\"id_invoice\":null}", NULL },
    { "{\"id_invoice\":{\"x\":1}}", NULL },
    { "{\"id_invoice\":\"12<b>\"}", NULL },
    { "{\"id_invoice\":\"123456789012345678901\"}", NULL },
    { "{\"id\":\"7\"}", NULL },
    { "[7]", NULL },
    { "not JSON", NULL },
    { "", NULL },
  };
  g_autofree char *none = ligdi_gateway_read_invoice_id (NULL);
  g_autofree char *two = ligdi_gateway_read_invoice_id ("e30.e30");
  g_autofree char *four = ligdi_gateway_read_invoice_id ("e30.eyJpZF9pbnZvaWNlIjoiMSJ9.e30.e30");

  g_assert_null (none);
  g_assert_null (two);
  g_assert_null (four);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *encoded
          = g_base64_encode ((const guchar *) table[i].payload, strlen (table[i].payload));
      g_autofree char *token = NULL;
      g_autofree char *id = NULL;

      /* As JWTs write it. */
      g_strdelimit (g_strdelimit (encoded, "+", '-'), "/", '_');
      encoded[strcspn (encoded, "=")] = '\0';
      token = g_strdup_printf ("e30.%s.c2ln", encoded);
      id = ligdi_gateway_read_invoice_id (token);
      g_assert_cmpstr (id, ==, table[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/create/encode", test_encode);
  g_test_add_func ("/codec/create/decode", test_decode);
  g_test_add_func ("/codec/create/decode-loopback", test_decode_loopback);
  g_test_add_func ("/codec/create/decode-refusals", test_decode_refusals);
  g_test_add_func ("/codec/create/decode-nonsense", test_decode_nonsense);
  g_test_add_func ("/codec/create/decode-token-length", test_decode_token_length);
  g_test_add_func ("/codec/create/invoice-id", test_invoice_id);
  return g_test_run ();
}
