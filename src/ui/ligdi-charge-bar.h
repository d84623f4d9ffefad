/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-charge.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_CHARGE_BAR (ligdi_charge_bar_get_type ())
G_DECLARE_FINAL_TYPE (LigdiChargeBar, ligdi_charge_bar, LIGDI, CHARGE_BAR, GtkRevealer)

void ligdi_charge_bar_tell (LigdiChargeBar *self, const LigdiCharge *first, guint n_charges);
void ligdi_charge_bar_close (LigdiChargeBar *self);

G_END_DECLS
