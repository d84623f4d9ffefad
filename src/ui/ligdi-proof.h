/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-receipt-text.h"

G_BEGIN_DECLS

GPtrArray *ligdi_proof_write (const LigdiReceiptShop *shop, const LigdiPaymentRecord *record,
                              const char *invoice_id);
char *ligdi_proof_to_text (GPtrArray *lines);

G_END_DECLS
