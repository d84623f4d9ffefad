/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIGDI_TYPE_NOTICE (ligdi_notice_get_type ())
G_DECLARE_FINAL_TYPE (LigdiNotice, ligdi_notice, LIGDI, NOTICE, GtkRevealer)

void ligdi_notice_show (LigdiNotice *self, const char *title, const char *sentence);
gboolean ligdi_notice_replace (LigdiNotice *self, const char *old_title, const char *title,
                               const char *sentence);
void ligdi_notice_hide (LigdiNotice *self);
gboolean ligdi_notice_is_shown (LigdiNotice *self);

G_END_DECLS
