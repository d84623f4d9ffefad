/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-key-watch.h"

/* Lets the page that is on the screen hear the keys of its window before the focused
 * widget does. */

struct _LigdiKeyWatch
{
  GObject parent_instance;

  GtkWidget *page; /* not owned: the page owns the watch */
  LigdiKeyFunc func;
  LigdiKeyInput *input;
  GtkWidget *window; /* not owned: connected only while the page is mapped */
};

G_DEFINE_FINAL_TYPE (LigdiKeyWatch, ligdi_key_watch, G_TYPE_OBJECT)

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* Menus, dialogs and texts that are written outside the page keep their keys. A stack
 * keeps the page that goes mapped while it slides away. */
static gboolean
is_in_front (LigdiKeyWatch *self)
{
  GtkWidget *grab = gtk_grab_get_current ();
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (GTK_IS_EDITABLE (focus) && !gtk_widget_is_ancestor (focus, self->page))
    return FALSE;
  if (grab != NULL && grab != self->page && !gtk_widget_is_ancestor (self->page, grab))
    return FALSE;
  for (GtkWidget *child = self->page, *parent = gtk_widget_get_parent (child); parent != NULL;
       child = parent, parent = gtk_widget_get_parent (child))
    if (GTK_IS_STACK (parent) && gtk_stack_get_visible_child (GTK_STACK (parent)) != child)
      return FALSE;
  return TRUE;
}

/* Whoever writes into a field of the window beside the page means that field. */
static gboolean
is_writing_elsewhere (LigdiKeyWatch *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return GTK_IS_ENTRY (focus) && !gtk_widget_is_ancestor (focus, self->page);
}

static gboolean
on_key_press (GtkWidget *window, GdkEventKey *event, LigdiKeyWatch *self)
{
  LigdiKeyPress press = {
    .keyval = event->keyval,
    .keycode = event->hardware_keycode,
    .shift = (event->state & GDK_SHIFT_MASK) != 0,
    .command = (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SUPER_MASK)) != 0,
    .level3 = (event->state & GDK_MOD5_MASK) != 0,
    .time = event->time,
  };
  LigdiKey key;

  if (!is_in_front (self) || is_writing_elsewhere (self))
    return GDK_EVENT_PROPAGATE;
  key = ligdi_key_input_press (self->input, &press, now_ms ());
  return self->func (&key, self->page);
}

static gboolean
on_key_release (GtkWidget *window, GdkEventKey *event, LigdiKeyWatch *self)
{
  ligdi_key_input_release (self->input, event->hardware_keycode);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_focus_out (GtkWidget *window, GdkEventFocus *event, LigdiKeyWatch *self)
{
  ligdi_key_input_release_all (self->input);
  return GDK_EVENT_PROPAGATE;
}

static void
leave_window (LigdiKeyWatch *self)
{
  if (self->window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
}

static void
on_map (GtkWidget *page, LigdiKeyWatch *self)
{
  leave_window (self);
  self->window = gtk_widget_get_toplevel (page);
  ligdi_key_input_release_all (self->input);
  ligdi_key_input_guard (self->input, now_ms ());
  g_signal_connect (self->window, "key-press-event", G_CALLBACK (on_key_press), self);
  g_signal_connect (self->window, "key-release-event", G_CALLBACK (on_key_release), self);
  g_signal_connect (self->window, "focus-out-event", G_CALLBACK (on_focus_out), self);
}

static void
on_unmap (GtkWidget *page, LigdiKeyWatch *self)
{
  leave_window (self);
}

static void
ligdi_key_watch_dispose (GObject *object)
{
  LigdiKeyWatch *self = LIGDI_KEY_WATCH (object);

  leave_window (self);
  g_clear_pointer (&self->input, ligdi_key_input_free);
  G_OBJECT_CLASS (ligdi_key_watch_parent_class)->dispose (object);
}

static void
ligdi_key_watch_class_init (LigdiKeyWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_key_watch_dispose;
}

static void
ligdi_key_watch_init (LigdiKeyWatch *self)
{
  self->input = ligdi_key_input_new ();
}

/**
 * ligdi_key_watch_new:
 * @page: the page that owns the watch
 * @func: (scope forever): asked about each key; gets @page
 *
 * Returns: (transfer full): a watch that works whenever @page is mapped; drop it in
 *   the page's dispose
 */
LigdiKeyWatch *
ligdi_key_watch_new (GtkWidget *page, LigdiKeyFunc func)
{
  LigdiKeyWatch *self = g_object_new (LIGDI_TYPE_KEY_WATCH, NULL);

  self->page = page;
  self->func = func;
  g_signal_connect_object (page, "map", G_CALLBACK (on_map), self, 0);
  g_signal_connect_object (page, "unmap", G_CALLBACK (on_unmap), self, 0);
  if (gtk_widget_get_mapped (page))
    on_map (page, self);
  return self;
}

/**
 * ligdi_key_watch_guard:
 * @self: a watch
 *
 * The page shows something else now: Enter does nothing for a moment. Needless after
 * the page was mapped.
 */
void
ligdi_key_watch_guard (LigdiKeyWatch *self)
{
  g_return_if_fail (LIGDI_IS_KEY_WATCH (self));

  ligdi_key_input_guard (self->input, now_ms ());
}

/**
 * ligdi_key_watch_is_on_other_button:
 * @self: a watch
 * @primary: the button that Enter stands for
 *
 * Returns: whether the cashier has moved to another button, so that Enter is meant
 *   for that one
 */
gboolean
ligdi_key_watch_is_on_other_button (LigdiKeyWatch *self, GtkWidget *primary)
{
  GtkWidget *focus;

  g_return_val_if_fail (LIGDI_IS_KEY_WATCH (self), FALSE);

  focus = self->window != NULL ? gtk_window_get_focus (GTK_WINDOW (self->window)) : NULL;
  return GTK_IS_BUTTON (focus) && focus != primary;
}
