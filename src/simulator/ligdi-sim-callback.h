/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-settings.h"
#include "ligdi-sim-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_CALLBACK (ligdi_sim_callback_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimCallback, ligdi_sim_callback, LIGDI_SIM, CALLBACK, GObject)

LigdiSimCallback *ligdi_sim_callback_new (LigdiSimStore *store, const LigdiSimSettings *settings);
void ligdi_sim_callback_wait_async (LigdiSimCallback *self, LigdiSimInvoice *invoice,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean ligdi_sim_callback_wait_finish (LigdiSimCallback *self, GAsyncResult *result,
                                         GError **error);

G_END_DECLS
