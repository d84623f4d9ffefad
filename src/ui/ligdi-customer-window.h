/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_CUSTOMER_WINDOW (ligdi_customer_window_get_type ())
G_DECLARE_FINAL_TYPE (LigdiCustomerWindow, ligdi_customer_window, LIGDI, CUSTOMER_WINDOW, GtkWindow)

GtkWidget *ligdi_customer_window_new (gboolean demonstration);
void ligdi_customer_window_set_shop (LigdiCustomerWindow *self, const char *name);
GtkContainer *ligdi_customer_window_get_stage (LigdiCustomerWindow *self);
void ligdi_customer_window_show_record (LigdiCustomerWindow *self,
                                        const LigdiPaymentRecord *record);
void ligdi_customer_window_place (LigdiCustomerWindow *self, GtkWindow *till, gboolean typing);

G_END_DECLS
