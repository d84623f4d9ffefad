/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-payment.h"

G_BEGIN_DECLS

/* The gateway wants 3 s between two questions (API sheet: polling advice). */
#define LIGDI_SCHEDULE_GAP_MS G_GINT64_CONSTANT (3000)

/* A till that was off for a week still asks this often before it gives up. */
#define LIGDI_SCHEDULE_MIN_CHECKS 350

gint64 ligdi_schedule_get_step (LigdiPaymentState state, gint64 since_left, gint64 n_checks);
gint64 ligdi_schedule_get_due (const LigdiPaymentRecord *record, gint64 now);

G_END_DECLS
