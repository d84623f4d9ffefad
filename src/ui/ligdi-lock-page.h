/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-staff.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_LOCK_PAGE (ligdi_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiLockPage, ligdi_lock_page, LIGDI, LOCK_PAGE, GtkBox)

GtkWidget *ligdi_lock_page_new (void);
void ligdi_lock_page_show (LigdiLockPage *self, LigdiStaff *staff);

G_END_DECLS
