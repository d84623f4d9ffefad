/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"

G_BEGIN_DECLS

JsonNode *ligdi_sim_create_reply (LigdiSimInvoice *invoice, const char *page_url);
JsonNode *ligdi_sim_create_refuse (const LigdiSimRefusal *refusal);

G_END_DECLS
