/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ligdi_dates_format_day (gint64 at);
char *ligdi_dates_format_day_and_year (gint64 at);
char *ligdi_dates_format_time (gint64 at);
char *ligdi_dates_format_time_with_seconds (gint64 at);
char *ligdi_dates_format_duration (gint64 seconds);
char *ligdi_dates_format_age (gint64 seconds);
char *ligdi_dates_format_clock (gint64 seconds);
gint64 ligdi_dates_get_day_start (gint64 at, gint days);
gint64 ligdi_dates_now (void);

G_END_DECLS
