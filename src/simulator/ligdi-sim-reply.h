/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-fault.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

void ligdi_sim_reply_send (SoupServerMessage *message, guint status, const char *content_type,
                           GBytes *body, LigdiSimDelivery delivery, guint delay_seconds);
void ligdi_sim_reply_send_json (SoupServerMessage *message, guint status, JsonNode *root,
                                LigdiSimDelivery delivery, guint delay_seconds);

G_END_DECLS
