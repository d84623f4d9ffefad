/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit2/webkit2.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_WEB_POPUP (ligdi_web_popup_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWebPopup, ligdi_web_popup, LIGDI, WEB_POPUP, GtkEventBox)

GtkWidget *ligdi_web_popup_new (WebKitWebView *view);
void ligdi_web_popup_close_soon (LigdiWebPopup *self);
WebKitWebView *ligdi_web_popup_get_view (LigdiWebPopup *self);

G_END_DECLS
