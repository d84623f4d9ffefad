/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-account-form.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_WELCOME_PAGE (ligdi_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWelcomePage, ligdi_welcome_page, LIGDI, WELCOME_PAGE, GtkBox)

GtkWidget *ligdi_welcome_page_new (GSettings *settings);
LigdiAccountForm *ligdi_welcome_page_get_account_form (LigdiWelcomePage *self);

G_END_DECLS
