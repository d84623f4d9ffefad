/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-payment.h"
#include "ligdi-sale.h"

G_BEGIN_DECLS

LigdiPaymentRecord *ligdi_intent_new (const LigdiSale *sale, const char *base_url,
                                      LigdiOpening opening, const char *place, gint64 now);

G_END_DECLS
