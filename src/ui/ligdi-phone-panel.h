/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PHONE_PANEL (ligdi_phone_panel_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPhonePanel, ligdi_phone_panel, LIGDI, PHONE_PANEL, GtkBox)

void ligdi_phone_panel_set_record (LigdiPhonePanel *self, const LigdiPaymentRecord *record);
void ligdi_phone_panel_focus (LigdiPhonePanel *self);

G_END_DECLS
