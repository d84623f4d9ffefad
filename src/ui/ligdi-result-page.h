/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-diagnosis.h"
#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_RESULT_PAGE (ligdi_result_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiResultPage, ligdi_result_page, LIGDI, RESULT_PAGE, GtkBox)

GtkWidget *ligdi_result_page_new (void);
void ligdi_result_page_set_payment (LigdiResultPage *self, LigdiPayment *payment,
                                    LigdiDiagnosis why);
void ligdi_result_page_set_for_customer (LigdiResultPage *self, gboolean for_customer);

G_END_DECLS
