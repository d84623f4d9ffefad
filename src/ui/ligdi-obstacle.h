/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-draft.h"

G_BEGIN_DECLS

char *ligdi_obstacle_find (const LigdiDraft *draft, gint64 limit);

G_END_DECLS
