/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-window-private.h"

#include "ligdi-staff-section.h"

#include <glib/gi18n.h>
#include <time.h>

/* Who is at the till, and what only the manager may do. */

/* A till that cannot be locked just now is looked at again after so long. */
#define LOCK_LATER_S 5

/* Whoever touches a name twice has not touched what comes after it. Keys are another matter: a
 * cashier in a hurry types the amount ahead. */
#define DEAF_US (300 * 1000)

static void arm_lock (LigdiWindow *self, guint seconds);

/* Everything that is done from now on is done by whoever is there. */
static void
tell_checkout (LigdiWindow *self, gboolean approved)
{
  if (self->checkout != NULL)
    ligdi_checkout_set_cashier (self->checkout, self->cashier, approved);
}

static gboolean
has_cashiers (LigdiWindow *self)
{
  return self->staff != NULL && ligdi_staff_has_cashiers (self->staff);
}

static void
show_cashier (LigdiWindow *self)
{
  ligdi_header_set_cashier (self->header, has_cashiers (self), self->cashier);
}

static void
enter (LigdiWindow *self, LigdiPlace place)
{
  self->place = place;
  ligdi_window_route (self);
}

/* While a customer pays that page stays on screen. */
static gboolean
may_lock (LigdiWindow *self)
{
  return has_cashiers (self) && !self->kiosk && !self->locked && self->place != LIGDI_PLACE_WELCOME
         && !ligdi_window_has_customer (self);
}

static gboolean
is_verifying (LigdiWindow *self)
{
  return self->payment != NULL
         && ligdi_payment_get_state (self->payment) == LIGDI_PAYMENT_STATE_VERIFYING;
}

/* Also while the computer sleeps. */
static gint64
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec;
}

/* How long until nobody has touched it for too long, s; negative for never. */
static gint64
get_rest (LigdiWindow *self)
{
  guint limit = g_settings_get_uint (self->settings, "lock-after");

  if (limit == 0 || self->locked || self->kiosk || !has_cashiers (self))
    return -1;
  return MAX (limit - (get_seconds () - self->attended_at), 0);
}

static gboolean
on_lock_due (gpointer user_data)
{
  LigdiWindow *self = user_data;
  gint64 rest = get_rest (self);

  self->lock_id = 0;
  if (rest > 0)
    arm_lock (self, (guint) rest);
  /* Who waits for a result is there, whatever the hands do. */
  else if (rest == 0 && may_lock (self) && !is_verifying (self))
    ligdi_window_lock (self);
  else if (rest == 0)
    arm_lock (self, LOCK_LATER_S);
  return G_SOURCE_REMOVE;
}

static void
arm_lock (LigdiWindow *self, guint seconds)
{
  g_clear_handle_id (&self->lock_id, g_source_remove);
  self->lock_id = g_timeout_add_seconds (seconds, on_lock_due, self);
}

static void
on_lock_setting (LigdiWindow *self)
{
  arm_lock (self, 0);
}

/* Of any of the program's windows: dialogs and the customer's side too. */
static gboolean
on_any_event (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  LigdiWindow *self = user_data;
  const GdkEvent *event = g_value_get_boxed (&values[1]);

  switch ((int) event->type)
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_SCROLL:
    case GDK_MOTION_NOTIFY:
      /* After a computer has slept its first event is somebody new's. */
      if (get_rest (self) == 0 && may_lock (self) && !is_verifying (self))
        ligdi_window_lock (self);
      ligdi_window_attend (self);
      break;
    default:
      break;
    }
  return TRUE;
}

static void
on_press (GtkGesture *gesture, int n_presses, double x, double y, gpointer user_data)
{
  if (g_get_monotonic_time () < LIGDI_WINDOW (user_data)->deaf_until)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
say_unsaid (LigdiWindow *self)
{
  g_autofree char *sentence = g_steal_pointer (&self->unsaid);

  if (sentence != NULL)
    ligdi_notice_show (self->notice, self->unsaid_title, sentence);
}

static void
unlock (LigdiWindow *self, const char *name)
{
  self->locked = FALSE;
  g_free (self->cashier);
  self->cashier = g_strdup (name);
  tell_checkout (self, FALSE);
  show_cashier (self);
  ligdi_window_attend (self);
  self->deaf_until = g_get_monotonic_time () + DEAF_US;
  arm_lock (self, 0);
  enter (self, LIGDI_PLACE_COUNTER);
  say_unsaid (self);
}

static void
enter_code (LigdiWindow *self)
{
  if (self->place != LIGDI_PLACE_CODE)
    self->code_back = self->place;
  enter (self, LIGDI_PLACE_CODE);
}

static void
on_code_given (LigdiCodePage *page, const char *code, gpointer user_data)
{
  LigdiWindow *self = user_data;
  gint64 wait;

  /* It is given a moment after its last digit; whoever has gone by then asks for nothing. */
  if (self->place != LIGDI_PLACE_CODE)
    return;
  if (!ligdi_staff_try_code (self->staff, self->code_of, code, &wait))
    {
      ligdi_code_page_refuse (self->code_page, wait);
      return;
    }
  if (self->code_of != NULL)
    {
      g_autofree char *name = g_strdup (self->code_of);

      unlock (self, name);
      return;
    }
  self->deaf_until = g_get_monotonic_time () + DEAF_US;
  self->place = self->code_back;
  tell_checkout (self, TRUE);
  self->approved (self);
  tell_checkout (self, FALSE);
  ligdi_window_route (self);
}

static void
say_not_saved (LigdiWindow *self)
{
  ligdi_notice_show (self->notice, _("Nothing was saved"),
                     _("Make room on the disk, then do it again."));
}

static void
on_code_chosen (LigdiCodePage *page, const char *code, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (!ligdi_staff_set_code (self->staff, self->code_of, code))
    say_not_saved (self);
  else if (self->code_awaited)
    {
      ligdi_window_enter_kiosk (self);
      return;
    }
  ligdi_window_leave_code (self);
}

static void
on_code_left (LigdiCodePage *page, gpointer user_data)
{
  ligdi_window_leave_code (user_data);
}

static void
make_code_page (LigdiWindow *self, const char *name, LigdiApproved act)
{
  g_free (self->code_of);
  self->code_of = g_strdup (name);
  self->approved = act;
  if (self->code_page != NULL)
    return;
  self->code_page = LIGDI_CODE_PAGE (ligdi_code_page_new ());
  gtk_container_add (GTK_CONTAINER (self->stack), GTK_WIDGET (self->code_page));
  g_signal_connect (self->code_page, "given", G_CALLBACK (on_code_given), self);
  g_signal_connect (self->code_page, "chosen", G_CALLBACK (on_code_chosen), self);
  g_signal_connect (self->code_page, "left", G_CALLBACK (on_code_left), self);
}

static void
on_name_chosen (LigdiLockPage *page, const char *name, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (!ligdi_staff_has_code (self->staff, name))
    {
      unlock (self, name);
      return;
    }
  make_code_page (self, name, NULL);
  ligdi_code_page_ask (self->code_page, name, LIGDI_CASHIER_DIGITS);
  enter_code (self);
}

/* Who was removed is gone. */
static void
on_staff_changed (LigdiWindow *self)
{
  g_auto (GStrv) names = ligdi_staff_list (self->staff);

  if (self->cashier != NULL && !g_strv_contains ((const char *const *) names, self->cashier))
    {
      g_clear_pointer (&self->cashier, g_free);
      tell_checkout (self, FALSE);
    }
  show_cashier (self);
  arm_lock (self, 0);
}

static void
on_lock_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (may_lock (self))
    ligdi_window_lock (self);
}

static const GActionEntry actions[] = {
  { .name = "lock", .activate = on_lock_activated },
};

/**
 * ligdi_window_lock:
 * @self: a window of a shop whose cashiers have names
 *
 * Asks who is there. The payment on screen comes back for whoever it is.
 */
void
ligdi_window_lock (LigdiWindow *self)
{
  self->locked = TRUE;
  g_clear_pointer (&self->cashier, g_free);
  tell_checkout (self, FALSE);
  show_cashier (self);
  if (self->code_page != NULL)
    ligdi_code_page_clear (self->code_page);
  ligdi_window_close_dialog (self);
  if (self->failure == NULL)
    ligdi_notice_hide (self->notice);
  if (self->lock_page == NULL)
    {
      self->lock_page = LIGDI_LOCK_PAGE (ligdi_lock_page_new ());
      gtk_container_add (GTK_CONTAINER (self->stack), GTK_WIDGET (self->lock_page));
      g_signal_connect (self->lock_page, "chosen", G_CALLBACK (on_name_chosen), self);
    }
  ligdi_lock_page_show (self->lock_page, self->staff);
  enter (self, LIGDI_PLACE_LOCK);
}

/**
 * ligdi_window_attend:
 * @self: a window
 *
 * Counts the time until it locks from now on: there is something new to look at.
 */
void
ligdi_window_attend (LigdiWindow *self)
{
  self->attended_at = get_seconds ();
}

/**
 * ligdi_window_needs_lock:
 * @self: a window
 *
 * Returns: whether nobody may sell before saying who they are
 */
gboolean
ligdi_window_needs_lock (LigdiWindow *self)
{
  return self->place == LIGDI_PLACE_COUNTER && has_cashiers (self) && !self->kiosk
         && (self->locked || (self->cashier == NULL && may_lock (self) && !is_verifying (self)));
}

/**
 * ligdi_window_approve:
 * @self: a window
 * @act: what only the manager may do
 *
 * Does it, after the manager's code was given, where there is one.
 */
void
ligdi_window_approve (LigdiWindow *self, LigdiApproved act)
{
  if (self->staff == NULL || !ligdi_staff_has_code (self->staff, NULL))
    {
      act (self);
      return;
    }
  make_code_page (self, NULL, act);
  ligdi_code_page_ask (self->code_page, _("Manager’s code"), LIGDI_MANAGER_DIGITS);
  enter_code (self);
}

/**
 * ligdi_window_choose_code:
 * @self: a window
 * @name: (nullable): a cashier, or %NULL for the manager
 *
 * Asks for a new code.
 */
void
ligdi_window_choose_code (LigdiWindow *self, const char *name)
{
  g_autofree char *title = NULL;

  make_code_page (self, name, NULL);
  if (name == NULL)
    ligdi_code_page_choose (
        self->code_page, _("Choose the manager’s code"),
        _("It leads out of a kiosk, after Ctrl+Shift+Q, and to what only the manager may do. "
          "Write it down."),
        LIGDI_MANAGER_DIGITS);
  else
    {
      /* Translators: %s is a cashier. */
      title = g_strdup_printf (_("A code for %s"), name);
      ligdi_code_page_choose (self->code_page, title, _("Four digits that nobody else knows."),
                              LIGDI_CASHIER_DIGITS);
    }
  enter_code (self);
}

static LigdiStaffSection *
get_section (LigdiWindow *self)
{
  return LIGDI_STAFF_SECTION (gtk_widget_get_template_child (
      GTK_WIDGET (self->preferences_page), LIGDI_TYPE_PREFERENCES_PAGE, "staff"));
}

/**
 * ligdi_window_leave_code:
 * @self: a window
 *
 * Back to where the code was asked for. A kiosk that nobody could leave is none.
 */
void
ligdi_window_leave_code (LigdiWindow *self)
{
  ligdi_code_page_clear (self->code_page);
  if (self->code_awaited)
    ligdi_window_choose_code (self, NULL);
  else if (self->kiosk)
    enter (self, self->payment != NULL ? LIGDI_PLACE_COUNTER : LIGDI_PLACE_IDLE);
  else
    enter (self, self->locked ? LIGDI_PLACE_LOCK : self->code_back);
  if (self->place == LIGDI_PLACE_PREFERENCES)
    ligdi_staff_section_focus (get_section (self), self->code_of);
}

static void
on_choose_code (LigdiStaffSection *section, const char *name, gpointer user_data)
{
  ligdi_window_choose_code (user_data, name);
}

static void
on_not_saved (LigdiStaffSection *section, gpointer user_data)
{
  say_not_saved (user_data);
}

/**
 * ligdi_window_add_staff:
 * @self: a window with preferences
 *
 * Lets the shop's staff be seen to there.
 */
void
ligdi_window_add_staff (LigdiWindow *self)
{
  LigdiStaffSection *section = get_section (self);

  gtk_widget_set_visible (GTK_WIDGET (section), self->staff != NULL);
  if (self->staff == NULL)
    return;
  ligdi_staff_section_set_staff (section, self->staff);
  g_signal_connect (section, "choose-code", G_CALLBACK (on_choose_code), self);
  g_signal_connect (section, "not-saved", G_CALLBACK (on_not_saved), self);
}

/**
 * ligdi_window_set_staff:
 * @self: a window with settings, and nothing on screen yet
 * @staff: who works at the till
 *
 * Where cashiers have names, it asks who is there.
 */
void
ligdi_window_set_staff (LigdiWindow *self, LigdiStaff *staff)
{
  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (LIGDI_IS_STAFF (staff));
  g_return_if_fail (self->staff == NULL && self->settings != NULL);

  self->staff = g_object_ref (staff);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (staff, "changed", G_CALLBACK (on_staff_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::lock-after", G_CALLBACK (on_lock_setting),
                           self, G_CONNECT_SWAPPED);
  self->touches = gtk_gesture_multi_press_new (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->touches),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (self->touches, "pressed", G_CALLBACK (on_press), self);
  gtk_widget_add_events (GTK_WIDGET (self), GDK_POINTER_MOTION_MASK | GDK_SCROLL_MASK);
  self->events_hook = g_signal_add_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), 0,
                                                  on_any_event, self, NULL);
  ligdi_window_attend (self);
  on_staff_changed (self);
  if (ligdi_staff_is_damaged (staff))
    ligdi_notice_show (self->notice, _("The cashiers’ codes cannot be read"),
                       _("Remove the file “staff” from LigdiPay’s data folder, then start again."));
  ligdi_window_route (self);
}

/**
 * ligdi_window_follow_cashier:
 * @self: a window that has a checkout now
 *
 * Lets the journal say who is there.
 */
void
ligdi_window_follow_cashier (LigdiWindow *self)
{
  tell_checkout (self, FALSE);
}

/**
 * ligdi_window_dismiss_staff:
 * @self: a window that goes
 */
void
ligdi_window_dismiss_staff (LigdiWindow *self)
{
  g_clear_handle_id (&self->lock_id, g_source_remove);
  if (self->events_hook != 0)
    g_signal_remove_emission_hook (g_signal_lookup ("event", GTK_TYPE_WIDGET), self->events_hook);
  self->events_hook = 0;
  g_clear_object (&self->touches);
  g_clear_object (&self->staff);
}

/**
 * ligdi_window_is_locked:
 * @self: a window
 *
 * Returns: whether it waits for somebody to say who is there
 */
gboolean
ligdi_window_is_locked (LigdiWindow *self)
{
  g_return_val_if_fail (LIGDI_IS_WINDOW (self), FALSE);

  return self->locked;
}
