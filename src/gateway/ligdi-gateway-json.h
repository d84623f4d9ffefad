/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ligdi-verdict.h"

G_BEGIN_DECLS

JsonObject *ligdi_gateway_json_parse (GBytes *body, GError **error);
const char *ligdi_gateway_json_get_string (JsonObject *object, const char *name);
char *ligdi_gateway_json_dup_text (JsonObject *object, const char *name);
LigdiReading ligdi_gateway_json_read_francs (JsonObject *object, const char *name, gint64 *francs);
char *ligdi_gateway_json_find_custom_data (JsonObject *object, const char *key);

G_END_DECLS
