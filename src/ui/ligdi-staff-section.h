/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-staff.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_STAFF_SECTION (ligdi_staff_section_get_type ())
G_DECLARE_FINAL_TYPE (LigdiStaffSection, ligdi_staff_section, LIGDI, STAFF_SECTION, GtkBox)

void ligdi_staff_section_set_staff (LigdiStaffSection *self, LigdiStaff *staff);
void ligdi_staff_section_focus (LigdiStaffSection *self, const char *name);

G_END_DECLS
