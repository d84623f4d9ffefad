/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ligdi_address_is_loopback_host (const char *host);
char *ligdi_address_check_base (const char *text, gboolean *is_loopback, GError **error);
gboolean ligdi_address_is_loopback_page (const char *uri);
gboolean ligdi_address_is_public (const char *uri);
gboolean ligdi_address_is_page (const char *uri, gboolean loopback_allowed);
char *ligdi_address_get_origin (const char *uri);
char *ligdi_address_get_host (const char *uri);

G_END_DECLS
