/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"
#include "ligdi-window.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_BUS (ligdi_bus_get_type ())
G_DECLARE_FINAL_TYPE (LigdiBus, ligdi_bus, LIGDI, BUS, GObject)

LigdiBus *ligdi_bus_new (GSettings *settings);
gboolean ligdi_bus_export (LigdiBus *self, GDBusConnection *connection, const char *path,
                           GError **error);
void ligdi_bus_unexport (LigdiBus *self);
void ligdi_bus_set_window (LigdiBus *self, LigdiWindow *window);
void ligdi_bus_set_checkout (LigdiBus *self, LigdiCheckout *checkout, gboolean demonstration);
void ligdi_bus_open_link (LigdiBus *self, const char *uri);
void ligdi_bus_fail (LigdiBus *self, const char *reason);
void ligdi_bus_close (LigdiBus *self);

G_END_DECLS
