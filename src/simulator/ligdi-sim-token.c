/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-token.h"
#include "ligdi-sim-json.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* A creation token is an HS256 JSON web token, as seen in captured replies of the gateway:
 * header {"typ":"JWT","alg":"HS256"}, payload id_invoice (8 digits, a string), start_date
 * (UTC text) and expiry_date (unix seconds, a day later). */

#define TOKEN_HEADER "{\"typ\":\"JWT\",\"alg\":\"HS256\"}"
#define TOKEN_LIFETIME_SECONDS 86400
#define TOKEN_LONGEST 2048
#define SECRET_BYTES 32

static char *
encode_base64url (const guchar *data,
                  gsize         length)
{
  char *text = g_base64_encode (data, length);
  char *end = strchr (text, '=');

  if (end != NULL)
    *end = '\0';
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');

  return text;
}

static char *
decode_base64url (const char *text,
                  gsize       text_length)
{
  g_autoptr (GString) padded = g_string_new_len (text, text_length);
  g_autofree guchar *data = NULL;
  gsize length = 0;

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  data = g_base64_decode (padded->str, &length);

  return g_strndup ((const char *) data, length);
}

static char *
compute_signature (const char *secret,
                   const char *signed_part,
                   gsize       length)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 digest[32];
  gsize digest_length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) signed_part, length);
  g_hmac_get_digest (hmac, digest, &digest_length);

  return encode_base64url (digest, digest_length);
}

/**
 * ligdi_sim_token_new_secret:
 *
 * Returns: (transfer full): a random signing secret, in hexadecimal
 */
char *
ligdi_sim_token_new_secret (void)
{
  guint8 bytes[SECRET_BYTES];
  GString *text = NULL;

  while (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    g_assert (errno == EINTR);

  text = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

/**
 * ligdi_sim_token_sign:
 * @secret: the signing secret
 * @invoice_id: the eight digits that name the invoice
 * @created_at: when the invoice was made, in microseconds since 1970
 *
 * Returns: (transfer full): a signed token
 */
char *
ligdi_sim_token_sign (const char *secret,
                      const char *invoice_id,
                      gint64      created_at)
{
  gint64 seconds = created_at / G_USEC_PER_SEC;
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *start_text = g_date_time_format (start, "%Y-%m-%d %H:%M:%S");
  g_autofree char *payload = NULL;
  g_autofree char *header_part = NULL;
  g_autofree char *payload_part = NULL;
  g_autofree char *signed_part = NULL;
  g_autofree char *signature = NULL;

  payload = g_strdup_printf ("{\"id_invoice\":\"%s\",\"start_date\":\"%s\",\"expiry_date\":%"
                             G_GINT64_FORMAT "}",
                             invoice_id, start_text, seconds + TOKEN_LIFETIME_SECONDS);
  header_part = encode_base64url ((const guchar *) TOKEN_HEADER, strlen (TOKEN_HEADER));
  payload_part = encode_base64url ((const guchar *) payload, strlen (payload));
  signed_part = g_strconcat (header_part, ".", payload_part, NULL);
  signature = compute_signature (secret, signed_part, strlen (signed_part));

  return g_strconcat (signed_part, ".", signature, NULL);
}

/**
 * ligdi_sim_token_verify:
 * @secret: the signing secret
 * @token: what a client sent
 *
 * The expiry date is not looked at: nothing documents that the gateway does, and confirm is
 * widely used on old tokens.
 *
 * Returns: (transfer full) (nullable): the invoice's eight digits, or %NULL when @token was not
 *   signed with @secret
 */
char *
ligdi_sim_token_verify (const char *secret,
                        const char *token)
{
  const char *signature = strrchr (token, '.');
  const char *payload = strchr (token, '.');
  g_autofree char *expected = NULL;
  g_autofree char *payload_text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonNode *member = NULL;

  if (payload == NULL || signature == payload || strlen (token) > TOKEN_LONGEST)
    return NULL;

  expected = compute_signature (secret, token, signature - token);
  if (strcmp (expected, signature + 1) != 0)
    return NULL;

  payload++;
  payload_text = decode_base64url (payload, signature - payload);
  root = ligdi_sim_json_parse (payload_text, strlen (payload_text));
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  member = json_object_get_member (json_node_get_object (root), "id_invoice");
  if (member == NULL || json_node_get_value_type (member) != G_TYPE_STRING)
    return NULL;

  return json_node_dup_string (member);
}
