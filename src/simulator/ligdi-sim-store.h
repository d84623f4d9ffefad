/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-invoice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_STORE (ligdi_sim_store_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimStore, ligdi_sim_store, LIGDI_SIM, STORE, GObject)

LigdiSimStore *ligdi_sim_store_new (const char *path, GError **error);

guint16 ligdi_sim_store_get_port (LigdiSimStore *self);
void ligdi_sim_store_set_port (LigdiSimStore *self, guint16 port);
gboolean ligdi_sim_store_save (LigdiSimStore *self, GError **error);

LigdiSimInvoice *ligdi_sim_store_add (LigdiSimStore *self, LigdiSimOrder *order, GError **error);
LigdiSimInvoice *ligdi_sim_store_find (LigdiSimStore *self, const char *token);
GPtrArray *ligdi_sim_store_list (LigdiSimStore *self);
char *ligdi_sim_store_sign_other_token (LigdiSimStore *self, LigdiSimInvoice *invoice);

gboolean ligdi_sim_store_settle (LigdiSimStore *self, LigdiSimInvoice *invoice,
                                 LigdiSimStatus status, gint64 paid_amount);
void ligdi_sim_store_settle_later (LigdiSimStore *self, LigdiSimInvoice *invoice, guint seconds);

G_END_DECLS
