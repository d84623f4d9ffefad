/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"

G_BEGIN_DECLS

LigdiCheckout *made_up_checkout_new (void);
guint made_up_checkout_get_n_checks (LigdiCheckout *self);
const char *made_up_checkout_get_reason (LigdiCheckout *self);
gint64 made_up_checkout_get_created_at (LigdiCheckout *self, gint64 ticket);

G_END_DECLS
