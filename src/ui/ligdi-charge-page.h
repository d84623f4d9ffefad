/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-charge.h"
#include "ligdi-notice.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_CHARGE_PAGE (ligdi_charge_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiChargePage, ligdi_charge_page, LIGDI, CHARGE_PAGE, GtkBox)

GtkWidget *ligdi_charge_page_new (void);
void ligdi_charge_page_show (LigdiChargePage *self, const LigdiCharge *charge);
void ligdi_charge_page_set_block (LigdiChargePage *self, const char *reason);
void ligdi_charge_page_accept (LigdiChargePage *self, int opening);
LigdiNotice *ligdi_charge_page_get_notice (LigdiChargePage *self);

G_END_DECLS
