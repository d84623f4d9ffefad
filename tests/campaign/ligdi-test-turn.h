/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIGDI_TEST_MAX_PROCESSES 3

void ligdi_test_turn_make (void);
void ligdi_test_turn_begin (guint n_processes, guint start_time);
void ligdi_test_turn_join (guint process);
void ligdi_test_turn_leave (guint process);
gint64 ligdi_test_turn_pass (gint64 now, gint64 until);
gint64 ligdi_test_turn_get_next (void);
void ligdi_test_turn_wake_all (gint64 now);
gboolean ligdi_test_turn_lives (const char *owner);
guint ligdi_test_turn_get_process (void);
guint ligdi_test_turn_get_n_processes (void);

G_END_DECLS
