/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_REPEAT_BAR (ligdi_repeat_bar_get_type ())
G_DECLARE_FINAL_TYPE (LigdiRepeatBar, ligdi_repeat_bar, LIGDI, REPEAT_BAR, GtkRevealer)

void ligdi_repeat_bar_ask (LigdiRepeatBar *self, const LigdiPaymentRecord *record);
void ligdi_repeat_bar_ask_customer (LigdiRepeatBar *self);
void ligdi_repeat_bar_close (LigdiRepeatBar *self);

G_END_DECLS
