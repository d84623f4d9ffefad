/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_RETURN_LISTENER (ligdi_return_listener_get_type ())
G_DECLARE_FINAL_TYPE (LigdiReturnListener, ligdi_return_listener, LIGDI, RETURN_LISTENER, GObject)

LigdiReturnListener *ligdi_return_listener_new (const char *title, const char *sentence);
const char *ligdi_return_listener_open (LigdiReturnListener *self, GError **error);
char *ligdi_return_listener_offer (LigdiReturnListener *self, const char *uri, GError **error);
void ligdi_return_listener_close (LigdiReturnListener *self);

G_END_DECLS
