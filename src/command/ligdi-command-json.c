/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"

/* Answers for programs: one JSON object a line. */

/**
 * ligdi_command_json_add_text:
 * @builder: an object that is being built
 * @name: a member
 * @text: (nullable): its text; %NULL is null
 */
void
ligdi_command_json_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * ligdi_command_json_add_number:
 * @builder: an object that is being built
 * @name: a member
 * @number: a whole number
 */
void
ligdi_command_json_add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/**
 * ligdi_command_json_add_boolean:
 * @builder: an object that is being built
 * @name: a member
 * @value: its value
 */
void
ligdi_command_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * ligdi_command_json_add_time:
 * @builder: an object that is being built
 * @name: a member
 * @time: ms since 1970, or 0 for null
 *
 * Adds the time as ISO 8601 has it, in the computer's time zone.
 */
void
ligdi_command_json_add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / 1000);
  g_autofree char *text
      = time != 0 && moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  ligdi_command_json_add_text (builder, name, text);
}

/**
 * ligdi_command_json_print:
 * @place: where the command runs
 * @builder: an object that has been built
 */
void
ligdi_command_json_print (const LigdiCommandPlace *place, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);
  g_autofree char *line = g_strconcat (json, "\n", NULL);

  place->print (line);
}
