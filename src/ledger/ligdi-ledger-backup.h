/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ligdi_ledger_back_up (const char *path, const char *target, GError **error);
gboolean ligdi_ledger_restore (const char *backup, const char *path, GError **error);

G_END_DECLS
