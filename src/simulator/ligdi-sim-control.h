/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-gateway.h"

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_CONTROL (ligdi_sim_control_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimControl, ligdi_sim_control, LIGDI_SIM, CONTROL, GObject)

LigdiSimControl *ligdi_sim_control_new (LigdiSimStore *store, LigdiSimGateway *gateway,
                                        LigdiSimSettings *settings);
void ligdi_sim_control_answer (LigdiSimControl *self, SoupServerMessage *message, const char *path,
                               GHashTable *query);

G_END_DECLS
