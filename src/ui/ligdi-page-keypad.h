/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_PAGE_KEYPAD (ligdi_page_keypad_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPageKeypad, ligdi_page_keypad, LIGDI, PAGE_KEYPAD, GtkBox)

G_END_DECLS
