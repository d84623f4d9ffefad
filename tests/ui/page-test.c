/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "page-test"

#include "page-test.h"

#include "../ligdi-test.h"

#include "ligdi-key-input.h"
#include "ligdi-style.h"

/* Keys come this far apart when a person types. */
#define TYPING_GAP_MS 120
#define SCANNER_GAP_MS 10

static LigdiStyle *style;

static void
drop_style (void)
{
  g_clear_object (&style);
}

void
page_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_init (argc, argv);
  style = ligdi_style_new (gdk_screen_get_default ());
  atexit (drop_style);
}

void
page_test_set_dark (gboolean dark)
{
  ligdi_style_set_appearance (style, dark ? LIGDI_APPEARANCE_DARK : LIGDI_APPEARANCE_LIGHT);
}

PageTest *
page_test_show (GtkWidget *page)
{
  PageTest *test = g_new0 (PageTest, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  test->time = 100000;
  test->page = page;
  test->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_style_context_add_class (gtk_widget_get_style_context (test->window), "ligdipay");
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1280, 800);
  gtk_container_add (GTK_CONTAINER (test->window), box);
  gtk_box_pack_start (GTK_BOX (box), page, TRUE, TRUE, 0);
  gtk_widget_show (page);
  gtk_widget_show (box);
  gtk_window_present (GTK_WINDOW (test->window));
  ligdi_test_wait_until (gtk_widget_get_mapped (page)
                         && gtk_window_is_active (GTK_WINDOW (test->window)));
  return test;
}

void
page_test_free (PageTest *test)
{
  gtk_widget_destroy (test->window);
  page_test_settle ();
  g_free (test);
}

/* The page comes to the screen just now, however long the window took to appear. */
void
page_test_show_again (PageTest *test)
{
  gtk_widget_hide (test->page);
  gtk_widget_show (test->page);
}

static gboolean
on_guard_passed (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits until Enter means something again. */
void
page_test_pass_guard (void)
{
  gboolean passed = FALSE;

  g_timeout_add (LIGDI_KEY_GUARD_MS + 20, on_guard_passed, &passed);
  ligdi_test_wait_until (passed);
}

/* Lets everything happen that is due. */
void
page_test_settle (void)
{
  while (gtk_events_pending ())
    gtk_main_iteration ();
}

static void
send_key (PageTest *test, GdkEventType type, guint keyval, guint keycode, GdkModifierType state)
{
  GdkDisplay *display = gtk_widget_get_display (test->window);
  GdkEvent *event = gdk_event_new (type);

  event->key.window = g_object_ref (gtk_widget_get_window (test->window));
  event->key.send_event = TRUE;
  event->key.time = test->time;
  event->key.state = state;
  event->key.keyval = keyval;
  event->key.hardware_keycode = (guint16) keycode;
  gdk_event_set_device (event, gdk_seat_get_keyboard (gdk_display_get_default_seat (display)));
  gtk_main_do_event (event);
  gdk_event_free (event);
  page_test_settle ();
}

/* Presses a key so many ms after the one before, and keeps it down. */
gboolean
page_test_hold (PageTest *test, guint keyval, guint keycode, GdkModifierType state, guint gap)
{
  test->time += gap;
  send_key (test, GDK_KEY_PRESS, keyval, keycode, state);
  return TRUE;
}

void
page_test_let_go (PageTest *test, guint keyval, guint keycode)
{
  send_key (test, GDK_KEY_RELEASE, keyval, keycode, 0);
}

/* Where a key is on this display's keyboard, and with what. */
static guint
find_keycode (guint keyval, GdkModifierType *state)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gdk_display_get_default ());
  g_autofree GdkKeymapKey *keys = NULL;
  int n_keys;

  if (!gdk_keymap_get_entries_for_keyval (keymap, keyval, &keys, &n_keys))
    g_error ("there is no key for %s", gdk_keyval_name (keyval));
  if (keys[0].level == 1)
    *state |= GDK_SHIFT_MASK;
  return keys[0].keycode;
}

void
page_test_press_with (PageTest *test, GdkModifierType state, guint keyval)
{
  guint keycode = find_keycode (keyval, &state);

  page_test_hold (test, keyval, keycode, state, TYPING_GAP_MS);
  page_test_let_go (test, keyval, keycode);
}

void
page_test_press (PageTest *test, guint keyval)
{
  page_test_press_with (test, 0, keyval);
}

void
page_test_type (PageTest *test, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    page_test_press (test, gdk_unicode_to_keyval (g_utf8_get_char (p)));
}

/* As a scanner types, and Enter at the end. */
void
page_test_scan (PageTest *test, const char *text)
{
  guint gap = TYPING_GAP_MS;

  for (const char *p = text; *p != '\0'; p++, gap = SCANNER_GAP_MS)
    {
      GdkModifierType state = 0;
      guint keyval = gdk_unicode_to_keyval ((guint32) *p);
      guint keycode = find_keycode (keyval, &state);

      page_test_hold (test, keyval, keycode, state, gap);
      page_test_let_go (test, keyval, keycode);
    }
  page_test_hold (test, GDK_KEY_Return, 36, 0, gap);
  page_test_let_go (test, GDK_KEY_Return, 36);
}

char *
page_test_simplify (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (plain, c == 0xa0 || c == 0x202f ? ' ' : c);
    }
  return g_string_free (plain, FALSE);
}

static gboolean
is_showing (AtkObject *object)
{
  AtkStateSet *states = atk_object_ref_state_set (object);
  gboolean showing = atk_state_set_contains_state (states, ATK_STATE_VISIBLE)
                     && atk_state_set_contains_state (states, ATK_STATE_SHOWING);

  g_object_unref (states);
  return showing;
}

static AtkObject *
find_in (AtkObject *object, AtkRole role, const char *name)
{
  g_autofree char *plain = page_test_simplify (atk_object_get_name (object));

  if (atk_object_get_role (object) == role && g_str_equal (plain, name) && is_showing (object))
    return object;
  for (int i = 0; i < atk_object_get_n_accessible_children (object); i++)
    {
      AtkObject *child = atk_object_ref_accessible_child (object, i);
      AtkObject *found = child != NULL ? find_in (child, role, name) : NULL;

      /* The widgets keep their accessibles. */
      g_clear_object (&child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What a screen reader would find by role and name, if it shows. */
AtkObject *
page_test_find (PageTest *test, AtkRole role, const char *name)
{
  return find_in (gtk_widget_get_accessible (test->window), role, name);
}

GtkWidget *
page_test_find_button (PageTest *test, const char *name)
{
  AtkObject *found = page_test_find (test, ATK_ROLE_PUSH_BUTTON, name);

  if (found == NULL)
    found = page_test_find (test, ATK_ROLE_TOGGLE_BUTTON, name);
  if (found == NULL)
    found = page_test_find (test, ATK_ROLE_RADIO_BUTTON, name);
  return found != NULL ? gtk_accessible_get_widget (GTK_ACCESSIBLE (found)) : NULL;
}

void
page_test_click (PageTest *test, const char *name)
{
  GtkWidget *button = page_test_find_button (test, name);

  if (button == NULL)
    g_error ("there is no button %s", name);
  g_assert_true (gtk_widget_is_sensitive (button));
  gtk_button_clicked (GTK_BUTTON (button));
  page_test_settle ();
}

/* The number up to a hundred that a label with %d shows just now, or -1. */
int
page_test_find_number (PageTest *test, const char *format)
{
  g_auto (GStrv) parts = g_strsplit (format, "%d", 2);

  for (int number = 0; number < 100; number++)
    {
      g_autofree char *text = g_strdup_printf ("%s%02d%s", parts[0], number, parts[1]);
      g_autofree char *short_text = g_strdup_printf ("%s%d%s", parts[0], number, parts[1]);

      if (page_test_find (test, ATK_ROLE_LABEL, text) != NULL
          || page_test_find (test, ATK_ROLE_LABEL, short_text) != NULL)
        return number;
    }
  return -1;
}

static void
on_signal (guint *count)
{
  ++*count;
}

void
page_test_count (GtkWidget *page, const char *signal, guint *count)
{
  *count = 0;
  g_signal_connect_swapped (page, signal, G_CALLBACK (on_signal), count);
}
