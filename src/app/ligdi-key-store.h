/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-credentials.h"
#include "ligdi-key-place.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_KEY_STORE (ligdi_key_store_get_type ())
G_DECLARE_FINAL_TYPE (LigdiKeyStore, ligdi_key_store, LIGDI, KEY_STORE, GObject)

LigdiKeyStore *ligdi_key_store_new (GSettings *settings);
LigdiKeyPlace ligdi_key_store_get_place (LigdiKeyStore *self);
LigdiCredentials *ligdi_key_store_load (LigdiKeyStore *self);
void ligdi_key_store_load_async (LigdiKeyStore *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
LigdiCredentials *ligdi_key_store_load_finish (LigdiKeyStore *self, GAsyncResult *result,
                                               GError **error);
void ligdi_key_store_save_async (LigdiKeyStore *self, const LigdiCredentials *credentials,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean ligdi_key_store_save_finish (LigdiKeyStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
