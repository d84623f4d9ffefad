/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_KEYCAP (ligdi_keycap_get_type ())
G_DECLARE_FINAL_TYPE (LigdiKeycap, ligdi_keycap, LIGDI, KEYCAP, GtkLabel)

G_END_DECLS
