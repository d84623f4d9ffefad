/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <webkit2/webkit2.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

/**
 * LigdiWebTrouble:
 * @LIGDI_WEB_TROUBLE_LOAD: the page did not come
 * @LIGDI_WEB_TROUBLE_CERTIFICATE: the connection to it cannot be trusted
 *
 * Why a payment page is not shown. The link is good all the same and may be tried
 * again.
 */
typedef enum
{
  LIGDI_WEB_TROUBLE_LOAD,
  LIGDI_WEB_TROUBLE_CERTIFICATE,
} LigdiWebTrouble;

#define LIGDI_TYPE_WEB_PAGE (ligdi_web_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiWebPage, ligdi_web_page, LIGDI, WEB_PAGE, GtkBin)

GtkWidget *ligdi_web_page_new (gboolean sandboxed);
void ligdi_web_page_open (LigdiWebPage *self, const LigdiPaymentRecord *record);
void ligdi_web_page_reload (LigdiWebPage *self);
void ligdi_web_page_focus (LigdiWebPage *self);
void ligdi_web_page_end (LigdiWebPage *self);
char *ligdi_web_page_get_host (LigdiWebPage *self, gboolean *secure);
double ligdi_web_page_get_progress (LigdiWebPage *self);

G_END_DECLS
