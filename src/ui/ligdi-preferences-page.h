/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-account-form.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PREFERENCES_PAGE (ligdi_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPreferencesPage, ligdi_preferences_page, LIGDI, PREFERENCES_PAGE, GtkBox)

GtkWidget *ligdi_preferences_page_new (GSettings *settings_of_shop);
LigdiAccountForm *ligdi_preferences_page_get_account_form (LigdiPreferencesPage *self);
void ligdi_preferences_page_open (LigdiPreferencesPage *self);
char *ligdi_preferences_page_export (LigdiPreferencesPage *self);
guint ligdi_preferences_page_import (LigdiPreferencesPage *self, GKeyFile *file);
void ligdi_preferences_page_undo (LigdiPreferencesPage *self);

G_END_DECLS
