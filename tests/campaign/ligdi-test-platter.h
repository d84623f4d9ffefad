/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ligdi_test_platter_make (void);
void ligdi_test_platter_begin (const char *folder);
void ligdi_test_platter_write (const char *name, gint64 offset, const void *bytes, gsize length);
void ligdi_test_platter_truncate (const char *name, gint64 size);
void ligdi_test_platter_lose (const char *name);
void ligdi_test_platter_sync (const char *name);
void ligdi_test_platter_sync_names (void);
void ligdi_test_platter_rename (const char *from, const char *to);
void ligdi_test_platter_link (const char *from, const char *to);
void ligdi_test_platter_delete (const char *name);
void ligdi_test_platter_cut_power (const char *folder, guint64 seed, guint life);

G_END_DECLS
