/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PAYMENT_BAR (ligdi_payment_bar_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPaymentBar, ligdi_payment_bar, LIGDI, PAYMENT_BAR, GtkBox)

void ligdi_payment_bar_set_record (LigdiPaymentBar *self, const LigdiPaymentRecord *record,
                                   const char *till);
void ligdi_payment_bar_set_host (LigdiPaymentBar *self, const char *host, gboolean secure);
void ligdi_payment_bar_set_kiosk (LigdiPaymentBar *self, gboolean kiosk);
void ligdi_payment_bar_set_keypad (LigdiPaymentBar *self, gboolean offered);
void ligdi_payment_bar_focus_cancel (LigdiPaymentBar *self);
gboolean ligdi_payment_bar_has_focus (LigdiPaymentBar *self);

G_END_DECLS
