/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-checkout.h"

G_BEGIN_DECLS

LigdiCheckout *made_up_checkout_new (void);
guint made_up_checkout_get_n_checks (LigdiCheckout *self);

G_END_DECLS
