/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-opening.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_OPENING_MENU (ligdi_opening_menu_get_type ())
G_DECLARE_FINAL_TYPE (LigdiOpeningMenu, ligdi_opening_menu, LIGDI, OPENING_MENU, GtkPopover)

void ligdi_opening_menu_set_current (LigdiOpeningMenu *self, int current);

G_END_DECLS
