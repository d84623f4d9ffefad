/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PageTest:
 * @window: a window as the cashier's
 * @page: the page in it
 *
 * A page on a screen, and fingers for it.
 */
typedef struct
{
  GtkWidget *window;
  GtkWidget *page;
  guint32 time;
} PageTest;

void page_test_init (int *argc, char ***argv);
void page_test_set_dark (gboolean dark);
PageTest *page_test_show (GtkWidget *page);
void page_test_free (PageTest *test);
void page_test_show_again (PageTest *test);
void page_test_pass_guard (void);
void page_test_settle (void);

gboolean page_test_hold (PageTest *test, guint keyval, guint keycode, GdkModifierType state,
                         guint gap);
void page_test_let_go (PageTest *test, guint keyval, guint keycode);
void page_test_press (PageTest *test, guint keyval);
void page_test_press_with (PageTest *test, GdkModifierType state, guint keyval);
void page_test_type (PageTest *test, const char *text);
void page_test_scan (PageTest *test, const char *text);

AtkObject *page_test_find (PageTest *test, AtkRole role, const char *name);
GtkWidget *page_test_find_button (PageTest *test, const char *name);
void page_test_click (PageTest *test, const char *name);
int page_test_find_number (PageTest *test, const char *format);
void page_test_count (GtkWidget *page, const char *signal, guint *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageTest, page_test_free)

/* A name as a screen reader gets it, without the spaces that do not break. */
#define page_test_assert_name(object, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *page_test_plain = page_test_simplify (atk_object_get_name (object));          \
                                                                                                   \
    g_assert_cmpstr (page_test_plain, ==, expected);                                               \
  }                                                                                                \
  G_STMT_END

char *page_test_simplify (const char *text);

G_END_DECLS
