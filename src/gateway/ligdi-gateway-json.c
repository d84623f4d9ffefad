/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-json.h"

#include "ligdi-error.h"
#include "ligdi-money.h"

#include <string.h>

/* No documented reply nests deeper than four. */
#define MAX_DEPTH 32

/* More digits than any sum of money, fewer than would wrap around in 64 bits. */
#define MAX_DIGITS 18

#define DIGITS "0123456789"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *
skip_string (const char *p)
{
  /* Control characters are written with escapes; where one stands for itself the answer was
   * damaged, and what it says of an id or an amount is nobody's word. */
  for (p++; (guchar) *p >= ' ' && *p != '"'; p++)
    if (*p == '\\')
      {
        p++;
        /* A NUL would cut the text short. */
        if (*p == '\0' || strncmp (p, "u0000", 5) == 0)
          return NULL;
      }
  return *p == '"' ? p + 1 : NULL;
}

static const char *
skip_number (const char *p)
{
  gsize n_digits;

  p += *p == '-';
  n_digits = strspn (p, DIGITS);
  if (n_digits < 1 || n_digits > MAX_DIGITS || (*p == '0' && n_digits > 1))
    return NULL;
  p += n_digits;
  if (*p == '.')
    {
      n_digits = strspn (p + 1, DIGITS);
      if (n_digits < 1)
        return NULL;
      p += 1 + n_digits;
    }
  if (*p != 'e' && *p != 'E')
    return p;
  p++;
  p += *p == '+' || *p == '-';
  n_digits = strspn (p, DIGITS);
  return n_digits > 0 ? p + n_digits : NULL;
}

static const char *
skip_word (const char *p)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strncmp (p, words[i], strlen (words[i])) == 0)
      return p + strlen (words[i]);
  return NULL;
}

/* json-glib 1.6 also reads comments, other quotes, bare control characters, assignments, a second
 * value, octal and hexadecimal numbers and integers that wrap around, any of which could make one
 * answer look like another; and it reads nested values by recursion, so that a megabyte of "["
 * would be the end of the stack. Only the words of JSON itself get as far as that. */
static gboolean
is_plain_json (const char *text)
{
  const char *p = text;
  guint depth = 0;
  gboolean ended = FALSE;

  if (strncmp (p, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    p += strlen (BYTE_ORDER_MARK);
  while (p != NULL && *p != '\0')
    {
      if (strchr (" \t\r\n", *p) != NULL)
        {
          p++;
          continue;
        }
      if (ended)
        return FALSE;
      if (strchr ("{[", *p) != NULL && ++depth <= MAX_DEPTH)
        p++;
      /* An answer is an object or a list; beside it there is nothing. */
      else if (depth == 0)
        return FALSE;
      else if (*p == '"')
        p = skip_string (p);
      else if (*p == '-' || g_ascii_isdigit (*p))
        p = skip_number (p);
      else if (g_ascii_isalpha (*p))
        p = skip_word (p);
      else if (strchr ("}]", *p) != NULL)
        {
          ended = --depth == 0;
          p++;
        }
      else if (strchr (":,", *p) != NULL)
        p++;
      else
        return FALSE;
    }
  return p != NULL;
}

/* "1000", "1000.0" and " 1000 " are whole numbers of francs; "1000.5", "1e3" and
 * "" are not. No floating point comes near a string. */
static LigdiReading
read_francs_text (const char *text, gint64 *francs)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  char *fraction = strchr (trimmed, '.');

  if (*trimmed == '\0')
    return LIGDI_READING_ABSENT;
  if (fraction != NULL)
    {
      if (fraction[1] == '\0' || strspn (fraction + 1, "0") != strlen (fraction + 1))
        return LIGDI_READING_UNREADABLE;
      *fraction = '\0';
    }
  if (strspn (trimmed, DIGITS) != strlen (trimmed))
    return LIGDI_READING_UNREADABLE;
  return ligdi_money_parse (trimmed, francs) ? LIGDI_READING_READ : LIGDI_READING_UNREADABLE;
}

static JsonNode *
get_value_node (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static char *
dup_node_text (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

/**
 * ligdi_gateway_json_parse:
 * @body: what the gateway sent
 * @error: return location, %LIGDI_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the object it holds, or %NULL when it holds none
 */
JsonObject *
ligdi_gateway_json_parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  gconstpointer data;
  gsize length;
  JsonNode *root;

  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &length);
  text = g_strndup (data, length);
  if (length == 0 || !g_utf8_validate_len (data, length, NULL) || !is_plain_json (text)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      /* The parser's own text may quote the answer, which may hold a token. */
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL, "the answer is not JSON");
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL,
                           "the answer is not a JSON object");
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

/**
 * ligdi_gateway_json_get_string:
 * @object: an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): its text, or %NULL when it is not a string
 */
const char *
ligdi_gateway_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value_node (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * ligdi_gateway_json_dup_text:
 * @object: an object
 * @name: a member
 *
 * Reads what is sometimes a string and sometimes a number (API sheet: confirm's
 * fields).
 *
 * Returns: (transfer full) (nullable): its text without outer spaces, or %NULL when
 *   it is empty or something else
 */
char *
ligdi_gateway_json_dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_value_node (object, name);
  g_autofree char *text = node != NULL ? dup_node_text (node) : NULL;

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

/**
 * ligdi_gateway_json_read_francs:
 * @object: an object
 * @name: a member
 * @francs: (out): francs XOF, when read
 *
 * Takes an integer, a number without a fraction, or either of them in a string
 * (API sheet: confirm's fields, `amount` and `montant`).
 *
 * Returns: what became of it
 */
LigdiReading
ligdi_gateway_json_read_francs (JsonObject *object, const char *name, gint64 *francs)
{
  JsonNode *member = json_object_get_member (object, name);
  JsonNode *node = get_value_node (object, name);
  GType type;
  double number;

  if (member == NULL || JSON_NODE_HOLDS_NULL (member))
    return LIGDI_READING_ABSENT;
  if (node == NULL)
    return LIGDI_READING_UNREADABLE;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return read_francs_text (json_node_get_string (node), francs);
  if (type == G_TYPE_INT64)
    {
      gint64 value = json_node_get_int (node);

      if (value < -LIGDI_MONEY_MAX || value > LIGDI_MONEY_MAX)
        return LIGDI_READING_UNREADABLE;
      *francs = value;
      return LIGDI_READING_READ;
    }
  if (type != G_TYPE_DOUBLE)
    return LIGDI_READING_UNREADABLE;

  number = json_node_get_double (node);
  /* Within these bounds, a double holds every whole number exactly. */
  if (!(number >= -(double) LIGDI_MONEY_MAX && number <= (double) LIGDI_MONEY_MAX)
      || (double) (gint64) number != number)
    return LIGDI_READING_UNREADABLE;
  *francs = (gint64) number;
  return LIGDI_READING_READ;
}

/**
 * ligdi_gateway_json_find_custom_data:
 * @object: an answer
 * @key: the name we gave the value
 *
 * Finds a value of custom_data by name, whichever of its shapes it came in: an
 * array of keyof/valueof pairs (confirm), an object (create), "" or null
 * (API sheet: confirm's fields, contradiction 10).
 *
 * Returns: (transfer full) (nullable): the value, or %NULL
 */
char *
ligdi_gateway_json_find_custom_data (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, "custom_data");
  JsonArray *entries;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return ligdi_gateway_json_dup_text (json_node_get_object (node), key);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  entries = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && g_strcmp0 (ligdi_gateway_json_get_string (json_node_get_object (entry),
                                                       "keyof_customdata"),
                        key) == 0)
        return ligdi_gateway_json_dup_text (json_node_get_object (entry), "valueof_customdata");
    }
  return NULL;
}
