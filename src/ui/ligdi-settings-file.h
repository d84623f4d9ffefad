/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *ligdi_settings_file_write (GSettings *settings, const char *const *keys);
GVariant *ligdi_settings_file_read (GSettings *settings, GKeyFile *file, const char *key);
GKeyFile *ligdi_settings_file_open (const char *path);

G_END_DECLS
