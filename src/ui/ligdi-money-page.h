/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_MONEY_PAGE (ligdi_money_page_get_type ())
G_DECLARE_FINAL_TYPE (LigdiMoneyPage, ligdi_money_page, LIGDI, MONEY_PAGE, GtkScrolledWindow)

GtkWidget *ligdi_money_page_new (gboolean real);

G_END_DECLS
