/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LigdiConnection:
 * @LIGDI_CONNECTION_ONLINE: the gateway answers
 * @LIGDI_CONNECTION_OFFLINE: it did not, the last time
 * @LIGDI_CONNECTION_DEMONSTRATION: it is the built-in one, and the money play money
 *
 * What the pill in the header says.
 */
typedef enum
{
  LIGDI_CONNECTION_ONLINE,
  LIGDI_CONNECTION_OFFLINE,
  LIGDI_CONNECTION_DEMONSTRATION,
} LigdiConnection;

/**
 * LigdiPlace:
 * @LIGDI_PLACE_COUNTER: where customers are served
 * @LIGDI_PLACE_HISTORY: among the payments of a day
 * @LIGDI_PLACE_TO_FOLLOW: among the payments that must not be forgotten
 * @LIGDI_PLACE_PREFERENCES: where the shop sets things
 * @LIGDI_PLACE_WELCOME: at the first start
 * @LIGDI_PLACE_MONEY: between play money and real money
 * @LIGDI_PLACE_CODE: before a code
 * @LIGDI_PLACE_IDLE: nowhere, in a kiosk
 * @LIGDI_PLACE_LOCK: before a till that waits for a cashier
 *
 * Where in the program somebody is.
 */
typedef enum
{
  LIGDI_PLACE_COUNTER,
  LIGDI_PLACE_HISTORY,
  LIGDI_PLACE_TO_FOLLOW,
  LIGDI_PLACE_PREFERENCES,
  LIGDI_PLACE_WELCOME,
  LIGDI_PLACE_MONEY,
  LIGDI_PLACE_CODE,
  LIGDI_PLACE_IDLE,
  LIGDI_PLACE_LOCK,
} LigdiPlace;

#define LIGDI_TYPE_HEADER (ligdi_header_get_type ())
G_DECLARE_FINAL_TYPE (LigdiHeader, ligdi_header, LIGDI, HEADER, GtkHeaderBar)

void ligdi_header_set_shop (LigdiHeader *self, const char *name, const char *till);
void ligdi_header_set_cashier (LigdiHeader *self, gboolean lockable, const char *name);
void ligdi_header_set_connection (LigdiHeader *self, LigdiConnection connection,
                                  const char *reason);
void ligdi_header_set_place (LigdiHeader *self, LigdiPlace place);
void ligdi_header_set_count (LigdiHeader *self, guint count);

G_END_DECLS
