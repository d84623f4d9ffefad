/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-hook"

#include "ligdi-hook-message.h"

#include "ligdi-random.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

/* What those outside are told of a verdict, and how they know that it is the till who says so. */

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * ligdi_hook_message_write:
 * @event: a verdict
 * @demonstration: whether the money is play money
 *
 * Returns: (transfer full): a JSON object on one line. "id" is the same however often it is said,
 *   and grows from one verdict to the next; times are ms since 1970, amounts francs XOF.
 */
char *
ligdi_hook_message_write (const LigdiHookEvent *event, gboolean demonstration)
{
  const LigdiPaymentRecord *record = event->record;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "version", 1);
  add_number (builder, "id", event->line);
  add_number (builder, "at", event->at);
  add_text (builder, "state", ligdi_payment_state_get_verdict (event->state));
  add_text (builder, "reference", record->reference);
  add_number (builder, "ticket", record->ticket);
  add_number (builder, "amount", record->amount);
  if (record->amount_received >= 0)
    add_number (builder, "amount_received", record->amount_received);
  add_text (builder, "operator", record->operator_name);
  add_text (builder, "payer", record->payer);
  add_text (builder, "request_id", record->request_id);
  add_text (builder, "cashier", record->cashier);
  add_text (builder, "charge", record->charge);
  json_builder_set_member_name (builder, "demonstration");
  json_builder_add_boolean_value (builder, demonstration);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

/**
 * ligdi_hook_message_sign:
 * @message: what is said
 * @key: what only the till and those who listen know
 *
 * Returns: (transfer full): HMAC-SHA256 in hexadecimal
 */
char *
ligdi_hook_message_sign (const char *message, const char *key)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *) key, strlen (key), message,
                                    -1);
}

/**
 * ligdi_hook_message_load_key:
 * @path: where it is, or will be
 * @error: return location, as for g_file_set_contents_full()
 *
 * Returns: (transfer full): the key, made when it is first asked for; or %NULL
 */
char *
ligdi_hook_message_load_key (const char *path, GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *line = NULL;

  if (g_file_get_contents (path, &key, NULL, NULL) && *g_strstrip (key) != '\0')
    return g_steal_pointer (&key);
  g_free (key);
  key = ligdi_random_token ();
  line = g_strconcat (key, "\n", NULL);
  return g_file_set_contents_full (path, line, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   S_IRUSR | S_IWUSR, error)
             ? g_steal_pointer (&key)
             : NULL;
}
