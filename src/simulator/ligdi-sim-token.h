/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_sim_token_new_secret (void);
char *ligdi_sim_token_sign (const char *secret, const char *invoice_id, gint64 created_at);
char *ligdi_sim_token_verify (const char *secret, const char *token);

G_END_DECLS
