/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *ligdi_sim_json_parse (const char *data, gsize length);
GBytes *ligdi_sim_json_print (JsonNode *root, gboolean pretty);

G_END_DECLS
