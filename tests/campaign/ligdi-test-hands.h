/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _LigdiLedger LigdiLedger;

G_BEGIN_DECLS

GHashTable *ligdi_test_hands_look (LigdiLedger *ledger);
GHashTable *ligdi_test_hands_look_into (const char *folder);
gboolean ligdi_test_hands_compare (GHashTable *before, GHashTable *after);

G_END_DECLS
