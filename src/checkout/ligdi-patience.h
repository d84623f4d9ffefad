/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PATIENCE (ligdi_patience_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPatience, ligdi_patience, LIGDI, PATIENCE, GObject)

LigdiPatience *ligdi_patience_new (void);
void ligdi_patience_start (LigdiPatience *self, LigdiPayment *payment, guint seconds,
                           gboolean one_answer);
void ligdi_patience_end (LigdiPatience *self, LigdiPayment *payment);
gboolean ligdi_patience_ends_with (LigdiPatience *self, LigdiPayment *payment);

G_END_DECLS
