/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *ligdi_language_choose (const char *setting, const char *const *locale_names);
void ligdi_language_apply (const char *setting);

G_END_DECLS
