/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_sim_return_make_url (const char *url, const char *token);
char *ligdi_sim_return_get_origin (const char *url);

G_END_DECLS
