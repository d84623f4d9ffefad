/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_CLOSING_FORM (ligdi_closing_form_get_type ())
G_DECLARE_FINAL_TYPE (LigdiClosingForm, ligdi_closing_form, LIGDI, CLOSING_FORM, GtkBox)

void ligdi_closing_form_ask (LigdiClosingForm *self, LigdiFollowUp follow_up);

G_END_DECLS
