/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIGDI_PIN_MIN 4
#define LIGDI_PIN_MAX 6

gboolean ligdi_pin_is_valid (const char *pin);
char *ligdi_pin_hash (const char *pin);
gboolean ligdi_pin_matches (const char *pin, const char *hash);
gint64 ligdi_pin_get_wait (guint n_wrong);

G_END_DECLS
