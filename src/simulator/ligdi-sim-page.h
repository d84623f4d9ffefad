/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"
#include "ligdi-sim-operator.h"
#include "ligdi-sim-settings.h"

G_BEGIN_DECLS

/**
 * LigdiSimVisit:
 * @country: which country's operators are shown
 * @op: (nullable): the operator chosen so far
 * @phone: what was typed as the phone number, or ""
 * @problem: what to tell the customer, or ""
 *
 * What the customer has entered on the payment page so far.
 */
typedef struct
{
  const LigdiSimCountry *country;
  const LigdiSimOperator *op;
  const char *phone;
  const char *problem;
} LigdiSimVisit;

char *ligdi_sim_page_format_amount (gint64 amount);

GPtrArray *ligdi_sim_page_list_operators (LigdiSimInvoice *invoice, const LigdiSimVisit *visit);
GBytes *ligdi_sim_page_render_choice (LigdiSimInvoice *invoice, const LigdiSimVisit *visit,
                                      const LigdiSimSettings *settings, const char *nonce);
GBytes *ligdi_sim_page_render_step (LigdiSimInvoice *invoice, const LigdiSimVisit *visit,
                                    const char *nonce);
GBytes *ligdi_sim_page_render_end (LigdiSimInvoice *invoice, const char *back_url,
                                   const char *nonce);
GBytes *ligdi_sim_page_render_leaving (LigdiSimInvoice *invoice, const char *back_url,
                                       LigdiSimRedirect redirect, const char *nonce);
GBytes *ligdi_sim_page_render_unknown (const char *nonce);

G_END_DECLS
