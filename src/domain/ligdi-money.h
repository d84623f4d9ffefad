/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LIGDI_MONEY_MAX:
 *
 * The largest amount of francs XOF the program handles. Far above any sale, far
 * below where a sum of a day's payments could overflow.
 */
#define LIGDI_MONEY_MAX G_GINT64_CONSTANT (1000000000000)

gboolean ligdi_money_add (gint64 a, gint64 b, gint64 *result);
gboolean ligdi_money_multiply (gint64 unit_price, gint64 quantity, gint64 *result);
gboolean ligdi_money_parse (const char *text, gint64 *result);
char *ligdi_money_format (gint64 francs);
char *ligdi_money_format_number (gint64 francs);

G_END_DECLS
