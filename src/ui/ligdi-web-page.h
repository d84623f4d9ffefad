/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"
#include "ligdi-web-trouble.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_WEB_PAGE (ligdi_web_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWebPage, ligdi_web_page, LIGDI, WEB_PAGE, GtkOverlay)

GtkWidget *ligdi_web_page_new (gboolean sandboxed, const char *origin);
void ligdi_web_page_open (LigdiWebPage *self, const LigdiPaymentRecord *record);
void ligdi_web_page_reload (LigdiWebPage *self);
void ligdi_web_page_focus (LigdiWebPage *self);
void ligdi_web_page_press_key (LigdiWebPage *self, guint keyval);
void ligdi_web_page_end (LigdiWebPage *self);
char *ligdi_web_page_get_host (LigdiWebPage *self, gboolean *secure);
double ligdi_web_page_get_progress (LigdiWebPage *self);

G_END_DECLS
