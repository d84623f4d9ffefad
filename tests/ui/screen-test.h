/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCREEN_TEST_WIDTH 1024
#define SCREEN_TEST_HEIGHT 600

/* Looks at one screen that is shown, and counts what is wrong with it. */
typedef void (*ScreenTestCheck) (const char *screen, GtkWidget *window, guint *n_faults);

GtkWidget *screen_test_show (const char *name);
void screen_test_check_all (ScreenTestCheck check);

G_END_DECLS
