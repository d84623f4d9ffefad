/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_APPLICATION (ligdi_application_get_type ())
G_DECLARE_FINAL_TYPE (LigdiApplication, ligdi_application, LIGDI, APPLICATION, GtkApplication)

LigdiApplication *ligdi_application_new (GSettings *settings);
gboolean ligdi_application_wants_restart (LigdiApplication *self);

G_END_DECLS
