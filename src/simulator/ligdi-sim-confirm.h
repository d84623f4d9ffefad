/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"
#include "ligdi-sim-settings.h"

G_BEGIN_DECLS

JsonNode *ligdi_sim_confirm_reply (LigdiSimInvoice *invoice, LigdiSimProfile profile,
                                   LigdiSimFaults faults);
JsonNode *ligdi_sim_confirm_refuse (int code);
char *ligdi_sim_confirm_get_external_id (LigdiSimInvoice *invoice);
JsonArray *ligdi_sim_confirm_list_custom_data (LigdiSimInvoice *invoice, LigdiSimProfile profile,
                                               LigdiSimFaults faults);
char *ligdi_sim_confirm_format_date (gint64 time);

G_END_DECLS
