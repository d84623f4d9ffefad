/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_VERIFYING_PAGE (ligdi_verifying_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiVerifyingPage, ligdi_verifying_page, LIGDI, VERIFYING_PAGE, GtkBox)

GtkWidget *ligdi_verifying_page_new (void);
void ligdi_verifying_page_set_payment (LigdiVerifyingPage *self, LigdiPayment *payment);
void ligdi_verifying_page_set_for_customer (LigdiVerifyingPage *self, gboolean for_customer);

G_END_DECLS
