/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-money-page.h"
#include "ligdi-welcome-page.h"
#include "ligdi-window-private.h"

#include <glib/gi18n.h>

/* The first start, and the step from play money to real money and back. Both end in a till that
 * opens anew. */

static void
restart (LigdiWindow *self)
{
  g_signal_emit_by_name (self, "restart");
}

static gpointer
add_page (LigdiWindow *self, GtkWidget *page)
{
  gtk_widget_show (page);
  gtk_container_add (GTK_CONTAINER (self->stack), page);
  return page;
}

static void
enter (LigdiWindow *self, LigdiPlace place)
{
  self->place = place;
  ligdi_window_route (self);
}

static void
on_money_go (GtkWidget *page, gpointer user_data)
{
  LigdiWindow *self = user_data;

  if (!g_settings_set_boolean (self->settings, "real-money", self->demonstration))
    {
      ligdi_notice_show (self->notice, _("Set by the administrator"),
                         _("Only the administrator of this computer can change this."));
      return;
    }
  g_settings_set_boolean (self->settings, "set-up", TRUE);
  restart (self);
}

static void
on_money_stay (GtkWidget *page, gpointer user_data)
{
  ligdi_window_go_back (user_data);
}

static void
on_welcome_done (GtkWidget *page, gboolean connected, gpointer user_data)
{
  LigdiWindow *self = user_data;

  g_settings_set_boolean (self->settings, "set-up", TRUE);
  if (connected)
    ligdi_window_enter_money (self);
  else
    ligdi_window_leave_welcome (self);
}

/**
 * ligdi_window_install_welcome_signals:
 *
 * Those by which a till is set up.
 */
void
ligdi_window_install_welcome_signals (void)
{
  /**
   * LigdiWindow::restart:
   * @self: the window
   *
   * The till shall be opened anew, with what is set now.
   */
  g_signal_new ("restart", LIGDI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);

  /**
   * LigdiWindow::account-form:
   * @self: the window
   * @form: where keys can be entered from now on
   */
  g_signal_new ("account-form", LIGDI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, LIGDI_TYPE_ACCOUNT_FORM);
}

/**
 * ligdi_window_enter_money:
 * @self: a window
 *
 * Shows what the other kind of money changes.
 */
void
ligdi_window_enter_money (LigdiWindow *self)
{
  if (self->money_page == NULL)
    {
      self->money_page = add_page (self, ligdi_money_page_new (self->demonstration));
      g_signal_connect (self->money_page, "go", G_CALLBACK (on_money_go), self);
      g_signal_connect (self->money_page, "stay", G_CALLBACK (on_money_stay), self);
    }
  enter (self, LIGDI_PLACE_MONEY);
}

/**
 * ligdi_window_leave_welcome:
 * @self: a window
 *
 * All questions of the first start are answered.
 */
void
ligdi_window_leave_welcome (LigdiWindow *self)
{
  GtkWidget *page = self->welcome_page;

  self->welcome_page = NULL;
  enter (self, LIGDI_PLACE_COUNTER);
  gtk_widget_destroy (page);
}

/**
 * ligdi_window_add_account_form:
 * @self: a window
 * @form: where the keys are entered
 *
 * Has it served.
 */
void
ligdi_window_add_account_form (LigdiWindow *self, LigdiAccountForm *form)
{
  g_signal_emit_by_name (self, "account-form", form);
}

/**
 * ligdi_window_welcome:
 * @self: a window whose settings are set, and that nobody has seen yet
 *
 * Asks what a till must know before it can sell.
 */
void
ligdi_window_welcome (LigdiWindow *self)
{
  LigdiWelcomePage *page;

  g_return_if_fail (LIGDI_IS_WINDOW (self));
  g_return_if_fail (self->welcome_page == NULL);

  self->welcome_page = add_page (self, ligdi_welcome_page_new (self->settings));
  page = LIGDI_WELCOME_PAGE (self->welcome_page);
  g_signal_connect_swapped (page, "language-chosen", G_CALLBACK (restart), self);
  g_signal_connect (page, "done", G_CALLBACK (on_welcome_done), self);
  ligdi_window_add_account_form (self, ligdi_welcome_page_get_account_form (page));
  enter (self, LIGDI_PLACE_WELCOME);
  gtk_widget_grab_focus (self->welcome_page);
}
