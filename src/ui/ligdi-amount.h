/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_amount_markup (gint64 francs);
char *ligdi_amount_markup_number (gint64 francs);
char *ligdi_amount_markup_text (const char *text);
char *ligdi_amount_embolden (const char *text, const char *amount);

G_END_DECLS
