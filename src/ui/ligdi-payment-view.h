/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PAYMENT_VIEW (ligdi_payment_view_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPaymentView, ligdi_payment_view, LIGDI, PAYMENT_VIEW, GtkBox)

GtkWidget *ligdi_payment_view_new (void);
void ligdi_payment_view_set_sandboxed (LigdiPaymentView *self, gboolean sandboxed);
void ligdi_payment_view_set_till (LigdiPaymentView *self, const char *till);
void ligdi_payment_view_set_stage (LigdiPaymentView *self, GtkContainer *stage);
void ligdi_payment_view_warm (LigdiPaymentView *self, const char *origin);
void ligdi_payment_view_set_payment (LigdiPaymentView *self, LigdiPayment *payment);
void ligdi_payment_view_show_no_browser (LigdiPaymentView *self);
gboolean ligdi_payment_view_ask_to_abandon (LigdiPaymentView *self);

G_END_DECLS
