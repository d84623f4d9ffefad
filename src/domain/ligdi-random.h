/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_random_token (void);
char *ligdi_random_reference (void);

G_END_DECLS
