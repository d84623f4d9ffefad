/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-order.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LigdiSimStatus:
 * @LIGDI_SIM_STATUS_PENDING: the default from creation; can last for ever
 * @LIGDI_SIM_STATUS_COMPLETED: paid, final
 * @LIGDI_SIM_STATUS_NOTCOMPLETED: not paid, final
 */
typedef enum
{
  LIGDI_SIM_STATUS_PENDING,
  LIGDI_SIM_STATUS_COMPLETED,
  LIGDI_SIM_STATUS_NOTCOMPLETED,
} LigdiSimStatus;

const char *ligdi_sim_status_get_word (LigdiSimStatus status);

#define LIGDI_SIM_TYPE_INVOICE (ligdi_sim_invoice_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimInvoice, ligdi_sim_invoice, LIGDI_SIM, INVOICE, GObject)

LigdiSimInvoice *ligdi_sim_invoice_new (const char *id, const char *token, gint64 created_at,
                                        LigdiSimOrder *order);
LigdiSimInvoice *ligdi_sim_invoice_new_from_json (JsonObject *object, const char *secret);
JsonNode *ligdi_sim_invoice_to_json (LigdiSimInvoice *self);

const char *ligdi_sim_invoice_get_id (LigdiSimInvoice *self);
const char *ligdi_sim_invoice_get_token (LigdiSimInvoice *self);
const char *ligdi_sim_invoice_get_request_id (LigdiSimInvoice *self);
const char *ligdi_sim_invoice_get_logfile (LigdiSimInvoice *self);
const LigdiSimOrder *ligdi_sim_invoice_get_order (LigdiSimInvoice *self);
gint64 ligdi_sim_invoice_get_created_at (LigdiSimInvoice *self);
LigdiSimStatus ligdi_sim_invoice_get_status (LigdiSimInvoice *self);
gint64 ligdi_sim_invoice_get_changed_at (LigdiSimInvoice *self);
gint64 ligdi_sim_invoice_get_paid_amount (LigdiSimInvoice *self);

void ligdi_sim_invoice_set_payer (LigdiSimInvoice *self, const char *operator_id,
                                  const char *operator_name, const char *phone);
const char *ligdi_sim_invoice_get_operator_id (LigdiSimInvoice *self);
const char *ligdi_sim_invoice_get_operator_name (LigdiSimInvoice *self);
const char *ligdi_sim_invoice_get_phone (LigdiSimInvoice *self);

gboolean ligdi_sim_invoice_settle (LigdiSimInvoice *self, LigdiSimStatus status, gint64 paid_amount,
                                   gint64 now);
void ligdi_sim_invoice_set_settle_at (LigdiSimInvoice *self, gint64 settle_at);
gint64 ligdi_sim_invoice_get_settle_at (LigdiSimInvoice *self);
void ligdi_sim_invoice_set_cut_until (LigdiSimInvoice *self, gint64 cut_until);
gint64 ligdi_sim_invoice_get_cut_until (LigdiSimInvoice *self);

gint64 ligdi_sim_invoice_note_confirm (LigdiSimInvoice *self, gint64 now);
guint ligdi_sim_invoice_get_n_confirms (LigdiSimInvoice *self);
JsonArray *ligdi_sim_invoice_list_confirms (LigdiSimInvoice *self);

G_END_DECLS
