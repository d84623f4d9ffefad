/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ligdi-command.h"

G_BEGIN_DECLS

#define LIGDI_COMMAND_JSON_OPTION(wanted)                                                          \
  { "json", 0, 0, G_OPTION_ARG_NONE, wanted, N_ ("Answer with a JSON object a line"), NULL }

void ligdi_command_json_add_text (JsonBuilder *builder, const char *name, const char *text);
void ligdi_command_json_add_number (JsonBuilder *builder, const char *name, gint64 number);
void ligdi_command_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void ligdi_command_json_add_time (JsonBuilder *builder, const char *name, gint64 time);
void ligdi_command_json_print (const LigdiCommandPlace *place, JsonBuilder *builder);

G_END_DECLS
