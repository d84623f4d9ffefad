/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-ledger.h"

G_BEGIN_DECLS

/* Where a target that reads ledgers keeps the one it reads: in a folder of its own. */
const char *ligdi_fuzz_ledger_get_folder (void);
const char *ligdi_fuzz_ledger_get_path (void);

/* The bytes of whole ledgers, always the same. */
const GByteArray *ligdi_fuzz_ledger_get_current (void);
const GByteArray *ligdi_fuzz_ledger_get_old (void);

/* Puts a ledger there, and nothing else. */
void ligdi_fuzz_ledger_put (const guint8 *data, gsize length);

/* What the ledger there tells of its sales and payments; or NULL with an error of ours. */
char *ligdi_fuzz_ledger_describe (GError **error);

G_END_DECLS
