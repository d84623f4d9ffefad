/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

GPtrArray *ligdi_ledger_search (LigdiLedger *self, const char *text, guint limit, GError **error);

G_END_DECLS
