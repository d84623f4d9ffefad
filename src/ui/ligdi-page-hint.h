/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_PAGE_HINT (ligdi_page_hint_get_type ())
G_DECLARE_FINAL_TYPE (LigdiPageHint, ligdi_page_hint, LIGDI, PAGE_HINT, GtkRevealer)

void ligdi_page_hint_watch (LigdiPageHint *self, const LigdiPaymentRecord *record);
void ligdi_page_hint_set_loading (LigdiPageHint *self, gboolean loading);
void ligdi_page_hint_show_phone (LigdiPageHint *self);

G_END_DECLS
