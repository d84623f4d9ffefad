/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-sim-settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LigdiSimOptions:
 * @address: where to listen
 * @port: which port, or 0
 * @state_path: (nullable): where invoices are kept
 * @page_certificate: (nullable): with which certificate pages are served by https
 * @page_port: the port of those pages, or 0
 * @page_host: (nullable): what the pages' links call this computer
 * @credentials_directory: (nullable): where the keys to expect lie
 *
 * What the command line says.
 */
typedef struct
{
  LigdiSimSettings settings;
  GInetAddress *address;
  int port;
  char *state_path;
  char *page_certificate;
  int page_port;
  char *page_host;
  char *credentials_directory;
  gboolean exit_with_parent;
  gboolean quiet;
  gboolean list_scenarios;
  gboolean show_version;
} LigdiSimOptions;

void ligdi_sim_options_free (LigdiSimOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiSimOptions, ligdi_sim_options_free)

LigdiSimOptions *ligdi_sim_options_parse (int *argc, char ***argv, GError **error);

G_END_DECLS
