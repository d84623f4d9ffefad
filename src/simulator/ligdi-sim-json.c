/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-json.h"

/* JSON from strangers. json-glib's parser calls itself for every nested value and has no limit
 * of its own: a body of brackets would end the program. */

#define DEEPEST 32

static gboolean
is_shallow (const char *data, gsize length)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    switch (data[i])
      {
      case '\\':
        if (in_string)
          i++;
        break;
      case '"':
        in_string = !in_string;
        break;
      case '[':
      case '{':
        if (!in_string && ++depth > DEEPEST)
          return FALSE;
        break;
      case ']':
      case '}':
        if (!in_string)
          depth--;
        break;
      default:
        break;
      }
  return TRUE;
}

/* json-glib also takes what is not JSON: comments, and strings in single quotes. Quotes of
 * that kind would lead the counting above astray, so they are refused outside of strings. */
static gboolean
is_plain (const char *data, gsize length)
{
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        in_string = !in_string;
      else if (!in_string && (data[i] == '\'' || data[i] == '/' || data[i] == '#'))
        return FALSE;
    }
  return !in_string;
}

/**
 * ligdi_sim_json_parse:
 * @data: (array length=length): any bytes
 * @length: how many
 *
 * Returns: (transfer full) (nullable): the root, or %NULL when the bytes are not JSON or are
 *   nested too deeply
 */
JsonNode *
ligdi_sim_json_parse (const char *data, gsize length)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root = NULL;

  if (length == 0 || !g_utf8_validate_len (data, length, NULL) || !is_plain (data, length)
      || !is_shallow (data, length))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  return root != NULL ? json_node_ref (root) : NULL;
}

/**
 * ligdi_sim_json_print:
 * @root: what to print
 * @pretty: for people
 *
 * Returns: (transfer full): the text, not NUL-terminated
 */
GBytes *
ligdi_sim_json_print (JsonNode *root, gboolean pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length = 0;
  char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, pretty);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
