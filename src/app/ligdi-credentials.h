/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiCredentials:
 * @api_key: the project's key
 * @api_token: the project's token
 *
 * The two keys, both or none.
 */
typedef struct
{
  char *api_key;
  char *api_token;
} LigdiCredentials;

LigdiCredentials *ligdi_credentials_new (const char *api_key, const char *api_token);
gboolean ligdi_credentials_are_in (const char *directory);
LigdiCredentials *ligdi_credentials_load (const char *directory);
gboolean ligdi_credentials_save (const LigdiCredentials *credentials, const char *directory,
                                 GError **error);
void ligdi_credentials_remove (const char *directory);
void ligdi_credentials_free (LigdiCredentials *credentials);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiCredentials, ligdi_credentials_free)

G_END_DECLS
