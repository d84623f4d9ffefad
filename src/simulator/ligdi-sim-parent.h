/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ligdi_sim_parent_watch (GMainLoop *loop);

G_END_DECLS
