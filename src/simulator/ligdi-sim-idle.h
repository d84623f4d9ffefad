/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void ligdi_sim_idle_watch (GSocket *socket);

G_END_DECLS
