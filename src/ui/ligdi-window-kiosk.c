/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include <glib/gi18n.h>

/* A till that customers use by themselves: the whole screen is ours, nothing leads out but a
 * code, and nobody sees what another customer did. */

#define SECOND_US (G_USEC_PER_SEC)

/* Alone; with Control, Alt or Super nothing is let through. */
static gboolean
is_harmless (guint keyval)
{
  static const guint keys[] = {
    GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_Tab,  GDK_KEY_ISO_Left_Tab, GDK_KEY_BackSpace,
    GDK_KEY_Delete, GDK_KEY_Escape,   GDK_KEY_Up,   GDK_KEY_Down,         GDK_KEY_Left,
    GDK_KEY_Right,  GDK_KEY_Home,     GDK_KEY_End,  GDK_KEY_Page_Up,      GDK_KEY_Page_Down,
    GDK_KEY_F2,     GDK_KEY_F6,
  };
  gunichar character = gdk_keyval_to_unicode (keyval);

  if (character >= ' ' && character != 0x7f)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keyval == keys[i])
      return TRUE;
  /* Accents that wait for their letter. */
  return keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_currency;
}

static void
enter (LigdiWindow *self, LigdiPlace place)
{
  self->place = place;
  ligdi_window_route (self);
}

static void end_kiosk (LigdiWindow *self);

/* Also where the keyboard writes in other letters. */
static gboolean
is_q (const GdkEventKey *event)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gdk_window_get_display (event->window));
  g_autofree guint *keyvals = NULL;
  int n = 0;

  if (gdk_keyval_to_lower (event->keyval) == GDK_KEY_q)
    return TRUE;
  gdk_keymap_get_entries_for_keycode (keymap, event->hardware_keycode, NULL, &keyvals, &n);
  for (int i = 0; i < n; i++)
    if (keyvals[i] == GDK_KEY_q)
      return TRUE;
  return FALSE;
}

static gboolean
on_kiosk_key_press (LigdiWindow *self, GdkEventKey *event)
{
  const GdkModifierType grave = GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SUPER_MASK | GDK_META_MASK
                                | GDK_HYPER_MASK;
  const GdkModifierType held = event->state & grave;

  self->touched_at = g_get_monotonic_time ();
  if (held == GDK_CONTROL_MASK && (event->state & GDK_SHIFT_MASK) != 0
      && is_q (event))
    {
      if (self->place != LIGDI_PLACE_CODE)
        ligdi_window_approve (self, end_kiosk);
      return GDK_EVENT_STOP;
    }
  return held == 0 && (is_harmless (event->keyval) || event->is_modifier) ? GDK_EVENT_PROPAGATE
                                                                          : GDK_EVENT_STOP;
}

/* Other buttons open menus, and paste what somebody has marked. */
static void
on_press (GtkGestureMultiPress *gesture, int n_presses, double x, double y, gpointer user_data)
{
  LigdiWindow *self = user_data;

  self->touched_at = g_get_monotonic_time ();
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) > GDK_BUTTON_PRIMARY)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* What is not decided, or waits for a person, stays on screen. */
static gboolean
may_clear (LigdiWindow *self)
{
  if (self->place == LIGDI_PLACE_IDLE)
    return FALSE;
  if (self->payment == NULL)
    return TRUE;
  switch (ligdi_payment_get_state (self->payment))
    {
    case LIGDI_PAYMENT_STATE_PAID:
      return ligdi_payment_get_record (self->payment)->follow_up == LIGDI_FOLLOW_UP_NONE;
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
      return TRUE;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_AWAITING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      break;
    }
  return FALSE;
}

static void
clear (LigdiWindow *self)
{
  self->place = LIGDI_PLACE_IDLE;
  ligdi_window_close_repeat (self);
  if (self->code_page != NULL)
    ligdi_code_page_clear (self->code_page);
  ligdi_notice_hide (self->notice);
  ligdi_sale_page_reset (self->sale_page);
  gtk_clipboard_set_text (gtk_clipboard_get (GDK_SELECTION_CLIPBOARD), "", 0);
  if (self->payment != NULL)
    ligdi_window_set_payment (self, NULL);
  else
    ligdi_window_route (self);
}

static gboolean
on_idle_due (gpointer user_data)
{
  LigdiWindow *self = user_data;
  gboolean clears = may_clear (self);
  gint64 now = g_get_monotonic_time ();
  guint limit = g_settings_get_uint (self->settings, "kiosk-idle");

  /* Whoever waited for a result without touching anything has yet to read it. */
  if (!clears)
    self->kept_at = now;
  if ((now - (clears ? MAX (self->touched_at, self->kept_at) : self->touched_at)) / SECOND_US < limit)
    return G_SOURCE_CONTINUE;
  if (clears)
    clear (self);
  else if (self->place == LIGDI_PLACE_CODE)
    ligdi_window_leave_code (self);
  return G_SOURCE_CONTINUE;
}

static void
on_idle_clicked (GtkButton *button, gpointer user_data)
{
  enter (user_data, LIGDI_PLACE_COUNTER);
}

/* Without a header the strip says it in words. */
static void
add_demonstration (LigdiWindow *self)
{
  GtkWidget *label = gtk_label_new (_("Demonstration · play money"));

  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_show (label);
  gtk_container_add (GTK_CONTAINER (self->strip), label);
  self->demonstration_label = label;
}

/* The pages of a payment, with a customer and without a cashier. */
static void
set_alone (LigdiWindow *self, gboolean alone)
{
  GObject *bar = gtk_widget_get_template_child (GTK_WIDGET (self->payment_view),
                                                LIGDI_TYPE_PAYMENT_VIEW, "bar");

  ligdi_payment_bar_set_kiosk (LIGDI_PAYMENT_BAR (bar), alone);
  ligdi_verifying_page_set_for_customer (self->verifying_page, alone);
  ligdi_result_page_set_for_customer (self->result_page, alone);
  ligdi_sale_page_set_for_customer (
      self->sale_page, alone, alone && g_settings_get_boolean (self->settings, "kiosk-fixed-prices"));
}

static void
set_actions_enabled (LigdiWindow *self, gboolean enabled)
{
  static const char *const names[]
    = { "history", "to-follow", "preferences", "undo", "back", "close", "lock" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), names[i]);

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

/* Without a window manager nobody else makes the window as large as the screen. */
static void
fill_screen (LigdiWindow *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkMonitor *monitor = gdk_display_get_primary_monitor (display);
  GdkRectangle place;

  if (monitor == NULL)
    monitor = gdk_display_get_monitor (display, 0);
  if (monitor != NULL)
    {
      gdk_monitor_get_geometry (monitor, &place);
      gtk_window_move (GTK_WINDOW (self), place.x, place.y);
      gtk_window_resize (GTK_WINDOW (self), place.width, place.height);
    }
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "kiosk");
  gtk_window_fullscreen (GTK_WINDOW (self));
  gtk_window_set_keep_above (GTK_WINDOW (self), TRUE);
}

/* The screens that show nothing else are ours too. */
static void
cover_monitors (LigdiWindow *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkScreen *screen = gtk_widget_get_screen (GTK_WIDGET (self));
  int n_monitors = gdk_display_get_n_monitors (display);

  self->covers = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_destroy);
  for (int i = 0; i < n_monitors; i++)
    {
      GtkWidget *cover;

      if (gdk_monitor_is_primary (gdk_display_get_monitor (display, i))
          || (i == 0 && gdk_display_get_primary_monitor (display) == NULL))
        continue;
      cover = gtk_window_new (GTK_WINDOW_TOPLEVEL);
      gtk_window_set_title (GTK_WINDOW (cover), "LigdiPay");
      gtk_window_set_accept_focus (GTK_WINDOW (cover), FALSE);
      gtk_style_context_add_class (gtk_widget_get_style_context (cover), "ligdipay");
      g_signal_connect (cover, "delete-event", G_CALLBACK (gtk_true), NULL);
      gtk_window_fullscreen_on_monitor (GTK_WINDOW (cover), screen, i);
      gtk_widget_show (cover);
      g_ptr_array_add (self->covers, cover);
    }
}

/* What a customer was paying is asked about. */
static void
end_kiosk (LigdiWindow *self)
{
  self->place = LIGDI_PLACE_COUNTER;
  ligdi_window_leave_kiosk (self);
  ligdi_window_leave (self);
  g_clear_pointer (&self->demonstration_label, gtk_widget_destroy);
  gtk_window_unfullscreen (GTK_WINDOW (self));
  gtk_style_context_remove_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "kiosk");
  set_actions_enabled (self, TRUE);
  set_alone (self, FALSE);
  enter (self, LIGDI_PLACE_COUNTER);
}

/**
 * ligdi_window_update_kiosk:
 * @self: a window
 * @open: whether anything can be charged just now
 */
void
ligdi_window_update_kiosk (LigdiWindow *self, gboolean open)
{
  self->open = open;
  if (self->idle_page == NULL)
    return;
  ligdi_idle_page_set_open (self->idle_page, open);
  ligdi_idle_page_set_shop (self->idle_page, self->shop_name != NULL ? self->shop_name : "",
                            self->phone != NULL ? self->phone : "");
}

/**
 * ligdi_window_enter_kiosk:
 * @self: a window with settings and staff
 *
 * From now on customers use it by themselves. A kiosk that nobody can leave is none: without the
 * manager's code that is chosen first, and nothing else is there until it is.
 */
void
ligdi_window_enter_kiosk (LigdiWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (LIGDI_IS_WINDOW (self));

  if (self->kiosk)
    return;
  ligdi_window_complete (self);
  self->code_awaited = !ligdi_staff_has_code (self->staff, NULL);
  if (self->code_awaited)
    {
      ligdi_window_choose_code (self, NULL);
      return;
    }
  self->kiosk = TRUE;
  self->locked = FALSE;
  ligdi_window_drop_offers (self);
  page = ligdi_idle_page_new ();
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  self->idle_page = LIGDI_IDLE_PAGE (page);
  g_signal_connect (page, "clicked", G_CALLBACK (on_idle_clicked), self);
  self->kiosk_keys_id
    = g_signal_connect (self, "key-press-event", G_CALLBACK (on_kiosk_key_press), NULL);
  self->presses = gtk_gesture_multi_press_new (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->presses),
                                              GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->presses), 0);
  g_signal_connect (self->presses, "pressed", G_CALLBACK (on_press), self);
  self->touched_at = g_get_monotonic_time ();
  self->idle_id = g_timeout_add_seconds (1, on_idle_due, self);

  if (self->demonstration)
    add_demonstration (self);
  set_actions_enabled (self, FALSE);
  set_alone (self, TRUE);
  fill_screen (self);
  if (!self->customer_display)
    cover_monitors (self);
  ligdi_window_update_kiosk (self, self->open);
  enter (self, self->payment != NULL ? LIGDI_PLACE_COUNTER : LIGDI_PLACE_IDLE);
}

/**
 * ligdi_window_leave_kiosk:
 * @self: a window
 *
 * Lets go of the screens and the keys.
 */
void
ligdi_window_leave_kiosk (LigdiWindow *self)
{
  if (!self->kiosk)
    return;
  self->kiosk = FALSE;
  gtk_window_set_keep_above (GTK_WINDOW (self), FALSE);
  g_clear_signal_handler (&self->kiosk_keys_id, self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_object (&self->presses);
  g_clear_pointer (&self->covers, g_ptr_array_unref);
  if (self->idle_page != NULL && self->place != LIGDI_PLACE_IDLE)
    gtk_widget_destroy (GTK_WIDGET (self->idle_page));
  self->idle_page = NULL;
}

/**
 * ligdi_window_is_kiosk:
 * @self: a window
 *
 * Returns: whether customers use it by themselves, or will as soon as it has a code
 */
gboolean
ligdi_window_is_kiosk (LigdiWindow *self)
{
  g_return_val_if_fail (LIGDI_IS_WINDOW (self), FALSE);

  return self->kiosk || self->code_awaited;
}
