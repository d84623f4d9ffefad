/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_RING (ligdi_ring_get_type ())
G_DECLARE_FINAL_TYPE (LigdiRing, ligdi_ring, LIGDI, RING, GtkDrawingArea)

G_END_DECLS
