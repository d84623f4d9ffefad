/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-diagnosis.h"
#include "ligdi-key-place.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_ACCOUNT_FORM (ligdi_account_form_get_type ())
G_DECLARE_FINAL_TYPE (LigdiAccountForm, ligdi_account_form, LIGDI, ACCOUNT_FORM, GtkBox)

void ligdi_account_form_set_demonstration (LigdiAccountForm *self, gboolean demonstration);
void ligdi_account_form_set_place (LigdiAccountForm *self, LigdiKeyPlace place);
LigdiKeyPlace ligdi_account_form_get_place (LigdiAccountForm *self);
gboolean ligdi_account_form_is_typed (LigdiAccountForm *self);
const char *ligdi_account_form_get_api_key (LigdiAccountForm *self);
const char *ligdi_account_form_get_api_token (LigdiAccountForm *self);
void ligdi_account_form_reveal (LigdiAccountForm *self, const char *api_key,
                                const char *api_token);
void ligdi_account_form_show_testing (LigdiAccountForm *self);
void ligdi_account_form_show_saving (LigdiAccountForm *self);
void ligdi_account_form_show_diagnosis (LigdiAccountForm *self, LigdiDiagnosis diagnosis);
void ligdi_account_form_show_not_kept (LigdiAccountForm *self);
void ligdi_account_form_show_closed (LigdiAccountForm *self);
void ligdi_account_form_forget (LigdiAccountForm *self);

G_END_DECLS
