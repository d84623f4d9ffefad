/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-settings.h"
#include "ligdi-sim-store.h"

G_BEGIN_DECLS

gboolean ligdi_sim_outcome_from_name (const char *name, LigdiSimOutcome *outcome);
const char *ligdi_sim_outcome_get_name (LigdiSimOutcome outcome);
const char *ligdi_sim_outcome_apply (LigdiSimOutcome outcome, LigdiSimStore *store,
                                     LigdiSimInvoice *invoice, const LigdiSimSettings *settings);

gint64 ligdi_sim_outcome_get_other_amount (gint64 amount);

G_END_DECLS
