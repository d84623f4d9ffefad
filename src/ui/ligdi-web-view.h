/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit2/webkit2.h>

G_BEGIN_DECLS

WebKitWebView *ligdi_web_view_new (gboolean sandboxed);
WebKitWebView *ligdi_web_view_new_related (WebKitWebView *opener);
gboolean ligdi_web_view_is_at_blank (WebKitWebView *view);
gboolean ligdi_web_view_is_blank (WebKitWebView *view);
void ligdi_web_view_press_key (WebKitWebView *view, guint keyval);

G_END_DECLS
