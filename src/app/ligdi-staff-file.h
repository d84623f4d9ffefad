/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-staff.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_STAFF_FILE (ligdi_staff_file_get_type ())
G_DECLARE_FINAL_TYPE (LigdiStaffFile, ligdi_staff_file, LIGDI, STAFF_FILE, GObject)

LigdiStaffFile *ligdi_staff_file_new (const char *directory);
gint64 ligdi_staff_file_get_wait (LigdiStaffFile *self, const char *name, gint64 now);
gboolean ligdi_staff_file_try (LigdiStaffFile *self, const char *name, const char *code,
                               gint64 now);

G_END_DECLS
