/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LigdiStart:
 * @demonstration: play money, whatever is set up
 * @kiosk: customers use it by themselves
 * @background: without a window
 * @page: (nullable): the action that shows what is to be on screen, "sale" or "history"
 *
 * What was asked for on the command line.
 */
typedef struct
{
  gboolean demonstration;
  gboolean kiosk;
  gboolean background;
  const char *page;
} LigdiStart;

void ligdi_start_add_options (GApplication *application);
int ligdi_start_read (LigdiStart *self, GApplication *application, GVariantDict *given,
                      GSettings *settings);

G_END_DECLS
