/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ligdi_test_canary_listen (void);
guint ligdi_test_canary_count_lines (const char *domain);
void ligdi_test_canary_assert_unheard (const char *secret);

G_END_DECLS
