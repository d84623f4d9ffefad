/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_SETTING_ROW (ligdi_setting_row_get_type ())
G_DECLARE_FINAL_TYPE (LigdiSettingRow, ligdi_setting_row, LIGDI, SETTING_ROW, GtkBox)

void ligdi_setting_row_refuse (LigdiSettingRow *self, const char *why);
void ligdi_setting_row_set_locked (LigdiSettingRow *self, gboolean locked);

G_END_DECLS
