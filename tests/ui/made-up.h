/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-payment.h"

G_BEGIN_DECLS

LigdiPayment *made_up_payment (const char *name, gint64 now);

G_END_DECLS
