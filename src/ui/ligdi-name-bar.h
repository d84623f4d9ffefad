/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_NAME_BAR (ligdi_name_bar_get_type ())
G_DECLARE_FINAL_TYPE (LigdiNameBar, ligdi_name_bar, LIGDI, NAME_BAR, GtkRevealer)

G_END_DECLS
