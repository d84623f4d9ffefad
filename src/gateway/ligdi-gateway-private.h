/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "ligdi-gateway.h"

G_BEGIN_DECLS

struct _LigdiGateway
{
  GObject parent_instance;

  SoupSession *session;
  char *base_url;
  gboolean loopback;
  char *api_key;
  char *authorization;
  guint create_limit_ms;
  guint confirm_limit_ms;
  GSocketAddress *last_place; /* where it last answered, or NULL */
};

G_END_DECLS
