/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void ligdi_sandbox_probe_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean ligdi_sandbox_probe_finish (GAsyncResult *result);

G_END_DECLS
