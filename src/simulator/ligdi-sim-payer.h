/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-callback.h"
#include "ligdi-sim-settings.h"
#include "ligdi-sim-store.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_PAYER (ligdi_sim_payer_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimPayer, ligdi_sim_payer, LIGDI_SIM, PAYER, GObject)

LigdiSimPayer *ligdi_sim_payer_new (LigdiSimStore *store, LigdiSimCallback *callback,
                                    const LigdiSimSettings *settings);
void ligdi_sim_payer_answer (LigdiSimPayer *self, SoupServerMessage *message, const char *token,
                             GHashTable *query);

G_END_DECLS
