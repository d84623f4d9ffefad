/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-window.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_EXIT_CODE (ligdi_exit_code_get_type ())
G_DECLARE_FINAL_TYPE (LigdiExitCode, ligdi_exit_code, LIGDI, EXIT_CODE, GObject)

LigdiExitCode *ligdi_exit_code_new (const char *path);
gboolean ligdi_exit_code_is_set (LigdiExitCode *self);
gboolean ligdi_exit_code_set (LigdiExitCode *self, const char *code);
gint64 ligdi_exit_code_get_wait (LigdiExitCode *self, gint64 now);
gboolean ligdi_exit_code_try (LigdiExitCode *self, const char *code, gint64 now);
void ligdi_exit_code_serve (LigdiExitCode *self, LigdiWindow *window, gboolean kiosk);

G_END_DECLS
