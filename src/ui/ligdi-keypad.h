/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_KEYPAD (ligdi_keypad_get_type ())
G_DECLARE_FINAL_TYPE (LigdiKeypad, ligdi_keypad, LIGDI, KEYPAD, GtkGrid)

G_END_DECLS
