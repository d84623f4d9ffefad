/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LIGDI_SIM_DEMO_API_KEY:
 *
 * The project key the simulator expects unless it is told another. Public, and worth nothing
 * anywhere else.
 */
#define LIGDI_SIM_DEMO_API_KEY "DEMONSTRATION0001"

/**
 * LIGDI_SIM_DEMO_API_TOKEN:
 *
 * The token that goes with %LIGDI_SIM_DEMO_API_KEY. It has the look of a real one.
 */
#define LIGDI_SIM_DEMO_API_TOKEN \
  "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9." \
  "eyJpZF9hcHAiOiIxIiwiaWRfYWJvbm5lIjoxLCJkYXRlY3JlYXRpb25fYXBwIjoiMjAyNi0wMS0wMSAwMDowMDowMCJ9." \
  "oNYHrhT0daVaX9jpzqZK85Q9OWFfBwlKzKB2zzJIo8g"

/**
 * LigdiSimCredentials:
 * @api_key: the header Apikey
 * @api_token: what follows Bearer in the header Authorization
 */
typedef struct
{
  char *api_key;
  char *api_token;
} LigdiSimCredentials;

void ligdi_sim_credentials_free (LigdiSimCredentials *credentials);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSimCredentials, ligdi_sim_credentials_free)

LigdiSimCredentials *ligdi_sim_credentials_load (const char *directory, GError **error);
gboolean ligdi_sim_credentials_accept (const LigdiSimCredentials *credentials, const char *api_key,
                                       const char *authorization);

G_END_DECLS
