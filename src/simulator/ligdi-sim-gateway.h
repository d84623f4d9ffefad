/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-credentials.h"
#include "ligdi-sim-settings.h"
#include "ligdi-sim-store.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_GATEWAY (ligdi_sim_gateway_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimGateway, ligdi_sim_gateway, LIGDI_SIM, GATEWAY, GObject)

LigdiSimGateway *ligdi_sim_gateway_new (LigdiSimStore *store, const LigdiSimSettings *settings,
                                        const LigdiSimCredentials *credentials);
void ligdi_sim_gateway_set_base_url (LigdiSimGateway *self, const char *base_url);
guint ligdi_sim_gateway_get_n_creates (LigdiSimGateway *self);
void ligdi_sim_gateway_answer_create (LigdiSimGateway *self, SoupServerMessage *message);
void ligdi_sim_gateway_answer_confirm (LigdiSimGateway *self, SoupServerMessage *message,
                                       GHashTable *query);

G_END_DECLS
