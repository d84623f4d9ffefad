/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit2/webkit2.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_WEB_DIALOG (ligdi_web_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWebDialog, ligdi_web_dialog, LIGDI, WEB_DIALOG, GtkEventBox)

GtkWidget *ligdi_web_dialog_new (void);
void ligdi_web_dialog_ask (LigdiWebDialog *self, WebKitScriptDialog *dialog);
void ligdi_web_dialog_dismiss (LigdiWebDialog *self);

G_END_DECLS
