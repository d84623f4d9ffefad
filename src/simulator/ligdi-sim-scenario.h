/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-settings.h"

G_BEGIN_DECLS

/**
 * LigdiSimScenario:
 * @outcome: what pressing Pay leads to
 * @fault: what goes wrong besides
 * @amount: the amount that plays it by itself, in francs XOF, or 0
 * @description: one sentence
 */
typedef struct
{
  const char *name;
  LigdiSimOutcome outcome;
  LigdiSimFault fault;
  int amount;
  const char *description;
} LigdiSimScenario;

const LigdiSimScenario *ligdi_sim_scenario_from_name (const char *name);
const LigdiSimScenario *ligdi_sim_scenario_from_amount (gint64 amount);
LigdiSimFaults ligdi_sim_scenario_get_faults (const LigdiSimSettings *settings, gint64 amount);
LigdiSimOutcome ligdi_sim_scenario_get_outcome (const LigdiSimSettings *settings, gint64 amount);
char *ligdi_sim_scenario_print_list (void);

G_END_DECLS
