/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ligdi_test_wire_begin (guint16 port, const char *folder, guint per_mille, guint refused);
void ligdi_test_wire_excuse (guint n_questions);
void ligdi_test_wire_play (const char *token, const char *outcome);
guint ligdi_test_wire_count_answers (const char *token);
char *ligdi_test_wire_get_newest_token (void);

G_END_DECLS
