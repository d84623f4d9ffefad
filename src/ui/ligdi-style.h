/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LigdiAppearance:
 * @LIGDI_APPEARANCE_AUTO: as the desktop is
 * @LIGDI_APPEARANCE_LIGHT: light, whatever the desktop is
 * @LIGDI_APPEARANCE_DARK: dark, whatever the desktop is
 *
 * What the shop chose.
 */
typedef enum
{
  LIGDI_APPEARANCE_AUTO,
  LIGDI_APPEARANCE_LIGHT,
  LIGDI_APPEARANCE_DARK,
} LigdiAppearance;

#define LIGDI_TYPE_STYLE (ligdi_style_get_type ())
G_DECLARE_FINAL_TYPE (LigdiStyle, ligdi_style, LIGDI, STYLE, GObject)

LigdiStyle *ligdi_style_new (GdkScreen *screen);
void ligdi_style_set_appearance (LigdiStyle *self, LigdiAppearance appearance);
gboolean ligdi_style_is_dark (LigdiStyle *self);
void ligdi_style_follow_size (GtkWindow *window);

G_END_DECLS
