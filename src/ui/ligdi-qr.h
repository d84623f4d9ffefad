/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_QR (ligdi_qr_get_type ())
G_DECLARE_FINAL_TYPE (LigdiQr, ligdi_qr, LIGDI, QR, GtkDrawingArea)

gboolean ligdi_qr_set_text (LigdiQr *self, const char *text);

G_END_DECLS
