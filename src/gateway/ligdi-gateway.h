/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-diagnosis.h"
#include "ligdi-gateway-codec.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_GATEWAY (ligdi_gateway_get_type ())
G_DECLARE_FINAL_TYPE (LigdiGateway, ligdi_gateway, LIGDI, GATEWAY, GObject)

LigdiGateway *ligdi_gateway_new (const char *base_url, const char *api_key, const char *api_token,
                                 GError **error);
const char *ligdi_gateway_get_base_url (LigdiGateway *self);
gboolean ligdi_gateway_is_loopback (LigdiGateway *self);
gboolean ligdi_gateway_set_keys (LigdiGateway *self, const char *api_key, const char *api_token);
void ligdi_gateway_set_time_limits (LigdiGateway *self, guint create_ms, guint confirm_ms);

void ligdi_gateway_preconnect (LigdiGateway *self);
void ligdi_gateway_create_async (LigdiGateway *self, const LigdiCreateRequest *request,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
LigdiCreateReply *ligdi_gateway_create_finish (LigdiGateway *self, GAsyncResult *result,
                                               char **sub_code, GError **error);
void ligdi_gateway_confirm_async (LigdiGateway *self, const char *token, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
LigdiConfirmation *ligdi_gateway_confirm_finish (LigdiGateway *self, GAsyncResult *result,
                                                 gint64 *retry_after, GError **error);
LigdiDiagnosis ligdi_gateway_read_refusal (const LigdiConfirmation *confirmation);

void ligdi_gateway_look_async (LigdiGateway *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean ligdi_gateway_look_finish (LigdiGateway *self, GAsyncResult *result,
                                    LigdiDiagnosis *diagnosis, GError **error);
void ligdi_gateway_diagnose_async (LigdiGateway *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
LigdiDiagnosis ligdi_gateway_diagnose_finish (LigdiGateway *self, GAsyncResult *result);

G_END_DECLS
