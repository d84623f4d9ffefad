/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_DEMONSTRATION (ligdi_demonstration_get_type ())
G_DECLARE_FINAL_TYPE (LigdiDemonstration, ligdi_demonstration, LIGDI, DEMONSTRATION, GObject)

LigdiDemonstration *ligdi_demonstration_new (const char *directory);
void ligdi_demonstration_start_async (LigdiDemonstration *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
char *ligdi_demonstration_start_finish (LigdiDemonstration *self, GAsyncResult *result,
                                        GError **error);

G_END_DECLS
