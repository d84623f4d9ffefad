/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-key-input.h"

G_BEGIN_DECLS

/**
 * LigdiKeyFunc:
 * @key: what was pressed
 * @page: the page
 *
 * Returns: whether the key is dealt with; otherwise the toolkit gets it
 */
typedef gboolean (*LigdiKeyFunc) (const LigdiKey *key, gpointer page);

#define LIGDI_TYPE_KEY_WATCH (ligdi_key_watch_get_type ())
G_DECLARE_FINAL_TYPE (LigdiKeyWatch, ligdi_key_watch, LIGDI, KEY_WATCH, GObject)

LigdiKeyWatch *ligdi_key_watch_new (GtkWidget *page, LigdiKeyFunc func);
void ligdi_key_watch_guard (LigdiKeyWatch *self);
gboolean ligdi_key_watch_is_on_other_button (LigdiKeyWatch *self, GtkWidget *primary);

G_END_DECLS
