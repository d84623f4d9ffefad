/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-staff.h"

G_BEGIN_DECLS

LigdiStaff *made_up_staff_new (guint n_cashiers);
gboolean made_up_staff_is_name (const char *text);

G_END_DECLS
