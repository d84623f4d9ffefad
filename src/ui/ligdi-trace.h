/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean ligdi_trace_is_wanted (void);
void ligdi_trace_now (const char *what);
void ligdi_trace_painted (GtkWidget *widget, const char *what);

G_END_DECLS
