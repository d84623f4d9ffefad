/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void ligdi_background_follow (GSettings *settings, GDBusConnection *bus);

G_END_DECLS
