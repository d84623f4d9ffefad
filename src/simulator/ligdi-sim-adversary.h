/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"
#include "ligdi-sim-settings.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean ligdi_sim_adversary_answer (SoupServerMessage *message, LigdiSimInvoice *invoice,
                                     GHashTable *query, const LigdiSimSettings *settings);

G_END_DECLS
