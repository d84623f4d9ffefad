/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-credentials.h"
#include "ligdi-sim-settings.h"
#include "ligdi-sim-store.h"

G_BEGIN_DECLS

#define LIGDI_SIM_TYPE_SERVER (ligdi_sim_server_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSimServer, ligdi_sim_server, LIGDI_SIM, SERVER, GObject)

LigdiSimServer *ligdi_sim_server_new (LigdiSimStore *store, LigdiSimSettings *settings,
                                      const LigdiSimCredentials *credentials);
gboolean ligdi_sim_server_listen (LigdiSimServer *self, GInetAddress *address, guint16 port,
                                  GError **error);
gboolean ligdi_sim_server_listen_for_pages (LigdiSimServer *self, GInetAddress *address,
                                            guint16 port, const char *certificate,
                                            const char *host, GError **error);
const char *ligdi_sim_server_get_base_url (LigdiSimServer *self);

G_END_DECLS
