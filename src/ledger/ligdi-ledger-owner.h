/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_ledger_owner_describe_self (void);
gboolean ligdi_ledger_owner_hold (const char *owner, int fd, GError **error);
gboolean ligdi_ledger_owner_is_alive (const char *owner, int fd);

G_END_DECLS
