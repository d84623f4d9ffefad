/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-opening.h"
#include "ligdi-web-trouble.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PAGE_COVER (ligdi_page_cover_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPageCover, ligdi_page_cover, LIGDI, PAGE_COVER, GtkEventBox)

void ligdi_page_cover_say (LigdiPageCover *self, const char *icon_name, const char *title,
                           const char *sentence, const char *button);
void ligdi_page_cover_say_trouble (LigdiPageCover *self, LigdiWebTrouble trouble);
void ligdi_page_cover_say_opening (LigdiPageCover *self, LigdiOpening opening);
void ligdi_page_cover_focus (LigdiPageCover *self);

G_END_DECLS
