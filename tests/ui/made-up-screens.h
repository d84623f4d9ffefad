/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *made_up_screen_get_name (guint nth);
GtkWidget *made_up_screen_new (const char *name);

G_END_DECLS
