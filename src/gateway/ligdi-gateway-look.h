/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-diagnosis.h"

G_BEGIN_DECLS

void ligdi_look_async (const char *base_url, GSocketAddress *last_place, guint limit_ms,
                       GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean ligdi_look_finish (GAsyncResult *result, LigdiDiagnosis *diagnosis, GError **error);

G_END_DECLS
