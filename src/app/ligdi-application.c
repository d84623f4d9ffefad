/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-application.h"

#include "ligdi-about.h"
#include "ligdi-account.h"
#include "ligdi-bus.h"
#include "ligdi-checkout.h"
#include "ligdi-command.h"
#include "ligdi-demonstration.h"
#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-hook.h"
#include "ligdi-ledger.h"
#include "ligdi-message.h"
#include "ligdi-notification.h"
#include "ligdi-product-file.h"
#include "ligdi-sandbox-probe.h"
#include "ligdi-shop-settings.h"
#include "ligdi-sounds.h"
#include "ligdi-staff-file.h"
#include "ligdi-start.h"
#include "ligdi-style.h"
#include "ligdi-trace.h"
#include "ligdi-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include <signal.h>

/* For how long the window may not be seen, before the till opens behind it all the same. */
#define UNSEEN_MS 1000
#define SERVICE_MS (10 * 1000) /* whoever asks once may ask again */

/* Puts the parts together and passes them down; nothing else knows them all. */

struct _LigdiApplication
{
  GtkApplication parent_instance;

  GSettings *settings;
  GCancellable *cancellable;
  LigdiAccount *account;
  LigdiBus *bus;
  LigdiStaffFile *staff;
  LigdiSounds *sounds;
  LigdiDemonstration *demonstration;
  LigdiLedger *ledger;
  LigdiCheckout *checkout;
  LigdiHook *hook;
  LigdiStyle *style;
  LigdiWindow *window;
  LigdiStart start; /* what was asked for */
  gboolean is_demonstration;
  gboolean loopback;
  gboolean opening;  /* the gateway is on its way */
  gboolean held;     /* goes on without a window */
  gboolean shown;    /* the window has the checkout */
  gboolean stopped;  /* nothing can be sold until it is started again */
  gboolean checking; /* the whole ledger is being read */
  gboolean restart;  /* to be opened anew when it has ended */
  guint terminate_id;
  guint unseen_id; /* until the window is on screen for the first time */
};

G_DEFINE_FINAL_TYPE (LigdiApplication, ligdi_application, GTK_TYPE_APPLICATION)

static char *
get_data_directory (LigdiApplication *self)
{
  return self->is_demonstration
             ? g_build_filename (g_get_user_data_dir (), "ligdipay", "demonstration", NULL)
             : g_build_filename (g_get_user_data_dir (), "ligdipay", NULL);
}

static void
apply_shop (LigdiApplication *self)
{
  ligdi_shop_settings_apply (self->settings, self->is_demonstration, self->window, self->checkout);
}

static void
stop_selling (LigdiApplication *self, const GError *error)
{
  g_message ("%s", error->message);
  self->stopped = TRUE;
  ligdi_bus_fail (self->bus, "the till cannot sell");
  if (self->window != NULL)
    ligdi_window_stop_selling (self->window, error);
}

/* Without a window the program goes on for as long as something is watched, and if the shop
 * wants that. */
static void
update_hold (LigdiApplication *self)
{
  gboolean hold = self->opening
                  || (self->checkout != NULL && ligdi_checkout_is_watching (self->checkout)
                      && g_settings_get_boolean (self->settings, "watch-when-closed"));

  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
on_settings_changed (LigdiApplication *self)
{
  update_hold (self);
  if (self->window == NULL)
    return;
  apply_shop (self);
  ligdi_shop_settings_apply_appearance (self->settings, self->style);
}

/* A result for a customer who is gone, and perhaps for a cashier who is. */
static void
on_verdict (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  LigdiApplication *self = user_data;
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  /* In a kiosk a sound would speak of a customer who is gone. */
  if (self->window == NULL || ligdi_window_shows (self->window, payment)
      || !ligdi_window_is_kiosk (self->window))
    ligdi_sounds_tell (self->sounds, record);
  if (self->window == NULL
      || (!ligdi_window_shows (self->window, payment) && !ligdi_window_is_kiosk (self->window)))
    ligdi_notification_send (G_APPLICATION (self), record);
}

static void
on_integrity_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LigdiApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->checking = FALSE;
  if (!ligdi_ledger_check_integrity_finish (LIGDI_LEDGER (source), result,
                                            g_get_real_time () / 1000, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->window != NULL)
    stop_selling (self, error);
}

/* Once a day, also in a till that is never closed, and only while it is used. */
static void
check_integrity_if_due (LigdiApplication *self)
{
  if (self->checking || self->ledger == NULL
      || !ligdi_ledger_wants_integrity_check (self->ledger, g_get_real_time () / 1000))
    return;
  self->checking = TRUE;
  ligdi_ledger_check_integrity_async (self->ledger, self->cancellable, on_integrity_ready,
                                      g_object_ref (self));
}

static void
on_payment_changed (LigdiApplication *self)
{
  update_hold (self);
  check_integrity_if_due (self);
}

static void
show_checkout (LigdiApplication *self)
{
  if (self->window == NULL || self->checkout == NULL || self->shown)
    return;
  self->shown = TRUE;
  ligdi_window_complete (self->window);
  apply_shop (self);
  ligdi_window_set_checkout (self->window, self->checkout, self->loopback);
  ligdi_bus_set_window (self->bus, self->window);
}

/* A page that was asked for while the till was still opening comes as soon as it can. */
static void
show_asked_page (LigdiApplication *self)
{
  if (self->window == NULL || self->checkout == NULL || self->start.page == NULL)
    return;
  show_checkout (self);
  ligdi_window_turn_to (self->window, g_str_equal (self->start.page, "history"));
  self->start.page = NULL;
}

/* The gateway is known: the till can charge, after it has taken up what was left. */
static void
open_checkout (LigdiApplication *self, const char *base_url, const LigdiCredentials *credentials)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiGateway) gateway = NULL;
  g_autoptr (LigdiPayment) payment = NULL;
  LigdiMessage words;

  self->opening = FALSE;
  if (self->ledger == NULL)
    return;
  gateway = ligdi_gateway_new (base_url, credentials->api_key, credentials->api_token, &error);
  if (gateway == NULL)
    {
      stop_selling (self, error);
      return;
    }
  if (!self->is_demonstration)
    ligdi_account_set_gateway (self->account, gateway);
  self->loopback = ligdi_gateway_is_loopback (gateway);
  self->checkout = ligdi_checkout_new (gateway, self->ledger);
  words = ligdi_message_for_browser_return ();
  ligdi_checkout_set_return_words (self->checkout, words.title, words.sentence);
  show_checkout (self);

  ligdi_checkout_follow (self->checkout);
  payment = ligdi_checkout_recover (self->checkout, &error);
  if (error != NULL)
    stop_selling (self, error);
  else if (payment != NULL && self->window != NULL)
    ligdi_window_show_payment (self->window, payment);
  show_asked_page (self);
  ligdi_bus_set_checkout (self->bus, self->checkout, self->is_demonstration);
  self->hook = ligdi_shop_settings_open_hook (self->settings, self->ledger, self->checkout,
                                              get_data_directory (self), self->is_demonstration);
  check_integrity_if_due (self);
  g_signal_connect_object (self->checkout, "payment-changed", G_CALLBACK (on_payment_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "verdict", G_CALLBACK (on_verdict), self, 0);
}

static void
on_demonstration_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LigdiApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = ligdi_demonstration_start_finish (LIGDI_DEMONSTRATION (source),
                                                                result, &error);
  g_autofree char *directory = get_data_directory (self);
  g_autoptr (LigdiCredentials) credentials = NULL;

  self->opening = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  credentials = ligdi_credentials_load (directory);
  if (base_url == NULL || credentials == NULL)
    {
      if (error == NULL)
        error = g_error_new_literal (LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS,
                                     "the demonstration has no keys");
      stop_selling (self, error);
      update_hold (self);
      return;
    }
  open_checkout (self, base_url, credentials);
  update_hold (self);
}

static void
on_keys_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LigdiApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = ligdi_account_dup_base_url (self->account);
  g_autoptr (LigdiCredentials) credentials
    = ligdi_key_store_load_finish (LIGDI_KEY_STORE (source), result, &error);

  self->opening = FALSE;
  if (credentials != NULL)
    open_checkout (self, base_url, credentials);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    stop_selling (self, error);
  update_hold (self);
}

static void
on_probe_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LigdiApplication) self = user_data;
  gboolean works = ligdi_sandbox_probe_finish (result);

  if (self->window == NULL)
    return;
  if (works)
    ligdi_window_set_sandbox (self->window, LIGDI_SANDBOX_ON);
  else if (self->is_demonstration
           || g_settings_get_boolean (self->settings, "allow-unsandboxed-page"))
    ligdi_window_set_sandbox (self->window, LIGDI_SANDBOX_OFF);
  else
    ligdi_window_set_sandbox (self->window, LIGDI_SANDBOX_REFUSED);
}

/* The ledger, and the gateway that it is about. */
static void
open_till (LigdiApplication *self)
{
  g_autofree char *directory = get_data_directory (self);
  g_autofree char *path = g_build_filename (directory, "ledger.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  self->ledger = ligdi_ledger_open (path, &error);
  if (self->ledger == NULL)
    stop_selling (self, error);
  self->opening = TRUE;
  if (self->is_demonstration)
    {
      self->demonstration = ligdi_demonstration_new (directory);
      ligdi_demonstration_start_async (self->demonstration, self->cancellable,
                                       on_demonstration_ready, g_object_ref (self));
    }
  else
    ligdi_key_store_load_async (ligdi_account_get_store (self->account), self->cancellable,
                                on_keys_ready, g_object_ref (self));
  update_hold (self);
}

static void
load_products (LigdiApplication *self)
{
  g_autofree char *directory = get_data_directory (self);
  g_autoptr (LigdiProducts) products
      = ligdi_product_file_load (directory, self->is_demonstration);

  ligdi_window_set_products (self->window, products);
}

/* After the window is on screen: typing must not wait for any of this. */
static gboolean
on_first_idle (gpointer user_data)
{
  LigdiApplication *self = user_data;

  if (self->window == NULL)
    return G_SOURCE_REMOVE;
  ligdi_window_complete (self->window);
  ligdi_sandbox_probe_async (self->cancellable, on_probe_ready, g_object_ref (self));
  /* The till may be open already, from before the window was closed. */
  if (self->checkout != NULL)
    show_checkout (self);
  else if (!self->opening)
    open_till (self);
  load_products (self);
  return G_SOURCE_REMOVE;
}

static void
on_first_frame (GdkFrameClock *clock, gpointer user_data)
{
  LigdiApplication *self = user_data;

  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  if (self->unseen_id == 0)
    return;
  g_clear_handle_id (&self->unseen_id, g_source_remove);
  g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_first_idle, self, NULL);
}

/* Behind other windows nothing is painted. */
static gboolean
on_unseen (gpointer user_data)
{
  LigdiApplication *self = user_data;

  self->unseen_id = 0;
  return on_first_idle (self);
}

static void
end (LigdiApplication *self)
{
  if (self->window != NULL)
    {
      ligdi_window_leave (self->window);
      gtk_widget_destroy (GTK_WIDGET (self->window));
    }
  g_application_quit (G_APPLICATION (self));
}

static gboolean
on_terminate (gpointer user_data)
{
  LigdiApplication *self = user_data;

  self->terminate_id = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_restart_due (gpointer user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

/* Not while the window is still dealing with the button. */
static void
on_restart (LigdiApplication *self)
{
  self->restart = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_restart_due, g_object_ref (self), g_object_unref);
}

/* A till that had no keys sells from now on. */
static void
on_keys_kept (LigdiApplication *self)
{
  if (self->window != NULL && !self->is_demonstration && self->checkout == NULL && !self->opening)
    on_restart (self);
}

/* Nobody has set up anything yet, and nobody has asked for what needs no setting up. */
static gboolean
is_first_start (LigdiApplication *self, gboolean kiosk)
{
  return self->is_demonstration && !self->start.demonstration && !kiosk
         && !ligdi_window_is_locked (self->window)
         && !g_settings_get_boolean (self->settings, "set-up");
}

/* From a notification, perhaps days later. */
static void
on_show_payment_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiApplication *self = user_data;
  const char *reference = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) found = NULL;

  g_application_activate (G_APPLICATION (self));
  g_application_withdraw_notification (G_APPLICATION (self), reference);
  if (self->checkout == NULL || ligdi_window_is_kiosk (self->window))
    return;
  found = ligdi_checkout_search (self->checkout, reference, 1, NULL);
  if (found == NULL || found->len == 0)
    return;
  show_checkout (self);
  /* The notice in the window tells of it; the customer at the counter comes first. */
  if (!ligdi_window_has_customer (self->window))
    ligdi_window_look_up (self->window, g_ptr_array_index (found, 0));
}

/* From the menu of a launcher. */
static void
on_page_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiApplication *self = user_data;

  self->start.page = g_intern_string (g_action_get_name (G_ACTION (action)));
  g_application_activate (G_APPLICATION (self));
  show_asked_page (self);
}

static void
on_about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LigdiApplication *self = user_data;

  if (self->window != NULL && !ligdi_window_is_kiosk (self->window))
    ligdi_about_show (GTK_WINDOW (self->window));
}

static void
ligdi_application_startup (GApplication *application)
{
  LigdiApplication *self = LIGDI_APPLICATION (application);
  static const GActionEntry entries[] = {
    { .name = "about", .activate = on_about_activated },
    { .name = "sale", .activate = on_page_activated },
    { .name = "history", .activate = on_page_activated },
    { .name = "show-payment", .activate = on_show_payment_activated, .parameter_type = "s" },
  };
  static const char *const keys[][4] = {
    { "win.history", "<Primary>h" },
    { "win.preferences", "<Primary>comma" },
    { "win.lock", "<Primary>l" },
    { "win.close", "<Primary>q", "<Primary>w" },
  };

  G_APPLICATION_CLASS (ligdi_application_parent_class)->startup (application);
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, SERVICE_MS);

  self->style = ligdi_style_new (gdk_screen_get_default ());
  ligdi_shop_settings_apply_appearance (self->settings, self->style);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i][0], &keys[i][1]);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_settings_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "kept", G_CALLBACK (on_keys_kept), self,
                           G_CONNECT_SWAPPED);
  self->terminate_id = g_unix_signal_add (SIGTERM, on_terminate, self);
}

static void
ligdi_application_activate (GApplication *application)
{
  LigdiApplication *self = LIGDI_APPLICATION (application);
  GdkFrameClock *clock;
  gboolean kiosk;

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }
  if (self->checkout == NULL && !self->opening)
    self->is_demonstration
        = self->start.demonstration || !ligdi_account_takes_real_money (self->account);
  if (self->start.background)
    {
      /* Whoever asks for the window gets it from now on. */
      self->start.background = FALSE;
      if (!self->is_demonstration)
        open_till (self);
      return;
    }

  self->shown = FALSE;
  self->window = LIGDI_WINDOW (
      ligdi_window_new (GTK_APPLICATION (self), self->is_demonstration));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  g_signal_connect_swapped (self->window, "restart", G_CALLBACK (on_restart), self);
  ligdi_account_set_window (self->account, self->window);
  ligdi_window_set_settings (self->window, self->settings);
  apply_shop (self);
  kiosk = self->start.kiosk || g_settings_get_boolean (self->settings, "kiosk");
  ligdi_window_set_staff (self->window, LIGDI_STAFF (self->staff));
  if (kiosk)
    ligdi_window_enter_kiosk (self->window);
  if (is_first_start (self, kiosk))
    ligdi_window_welcome (self->window);
  gtk_window_maximize (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  ligdi_trace_painted (GTK_WIDGET (self->window), "till ready to type");
  g_clear_handle_id (&self->unseen_id, g_source_remove);
  self->unseen_id = g_timeout_add (UNSEEN_MS, on_unseen, self);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_first_frame), self, 0);
}

/* Another program asks for something. */
static void
on_bus_wanted (LigdiBus *bus, gboolean window, gpointer user_data)
{
  LigdiApplication *self = user_data;

  if (self->stopped)
    ligdi_bus_fail (self->bus, "the till cannot sell");
  else if (window)
    g_application_activate (G_APPLICATION (self));
  else if (self->window == NULL && !self->opening)
    {
      self->is_demonstration
          = self->start.demonstration || !ligdi_account_takes_real_money (self->account);
      open_till (self);
    }
}

static gboolean
ligdi_application_dbus_register (GApplication *application, GDBusConnection *connection,
                                 const char *path, GError **error)
{
  return G_APPLICATION_CLASS (ligdi_application_parent_class)
             ->dbus_register (application, connection, path, error)
         && ligdi_bus_export (LIGDI_APPLICATION (application)->bus, connection, path, error);
}

static void
ligdi_application_dbus_unregister (GApplication *application, GDBusConnection *connection,
                                   const char *path)
{
  ligdi_bus_unexport (LIGDI_APPLICATION (application)->bus);
  G_APPLICATION_CLASS (ligdi_application_parent_class)
      ->dbus_unregister (application, connection, path);
}

/* Links, from a web page; anything else was no option and no command. */
static void
ligdi_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_application_activate (application);
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      ligdi_bus_open_link (LIGDI_APPLICATION (application)->bus, uri);
    }
}

static int
ligdi_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  LigdiApplication *self = LIGDI_APPLICATION (application);

  return ligdi_start_read (&self->start, application, given, self->settings);
}

static void
ligdi_application_shutdown (GApplication *application)
{
  LigdiApplication *self = LIGDI_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->terminate_id, g_source_remove);
  g_clear_handle_id (&self->unseen_id, g_source_remove);
  ligdi_bus_close (self->bus);
  if (self->checkout != NULL)
    g_object_run_dispose (G_OBJECT (self->checkout));
  if (self->hook != NULL)
    g_object_run_dispose (G_OBJECT (self->hook));
  g_clear_object (&self->hook);
  g_clear_object (&self->checkout);
  g_clear_object (&self->ledger);
  g_clear_object (&self->demonstration);
  g_clear_object (&self->style);
  G_APPLICATION_CLASS (ligdi_application_parent_class)->shutdown (application);
}

static void
ligdi_application_finalize (GObject *object)
{
  LigdiApplication *self = LIGDI_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->account);
  g_clear_object (&self->bus);
  g_clear_object (&self->staff);
  g_clear_object (&self->sounds);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ligdi_application_parent_class)->finalize (object);
}

static void
ligdi_application_class_init (LigdiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ligdi_application_finalize;
  application_class->startup = ligdi_application_startup;
  application_class->activate = ligdi_application_activate;
  application_class->open = ligdi_application_open;
  application_class->dbus_register = ligdi_application_dbus_register;
  application_class->dbus_unregister = ligdi_application_dbus_unregister;
  application_class->handle_local_options = ligdi_application_handle_local_options;
  application_class->shutdown = ligdi_application_shutdown;
}

static void
ligdi_application_init (LigdiApplication *self)
{
  g_autofree char *commands = ligdi_command_describe ();

  self->cancellable = g_cancellable_new ();
  ligdi_start_add_options (G_APPLICATION (self));
  g_application_set_option_context_description (G_APPLICATION (self), commands);
}

/**
 * ligdi_application_new:
 * @settings: what the shop has set
 *
 * Returns: (transfer full): the application
 */
LigdiApplication *
ligdi_application_new (GSettings *settings)
{
  LigdiApplication *self = g_object_new (LIGDI_TYPE_APPLICATION, "application-id",
                                         "com.example.LigdiPay", "flags",
                                         G_APPLICATION_HANDLES_OPEN, NULL);
  g_autofree char *directory = g_build_filename (g_get_user_data_dir (), "ligdipay", NULL);

  self->settings = g_object_ref (settings);
  self->account = ligdi_account_new (settings);
  self->bus = ligdi_bus_new (settings);
  g_signal_connect_object (self->bus, "wanted", G_CALLBACK (on_bus_wanted), self, 0);
  self->staff = ligdi_staff_file_new (directory);
  self->sounds = ligdi_sounds_new (settings);
  return self;
}

/**
 * ligdi_application_wants_restart:
 * @self: an application that has ended
 *
 * Returns: whether it shall be started again, with what is set now
 */
gboolean
ligdi_application_wants_restart (LigdiApplication *self)
{
  g_return_val_if_fail (LIGDI_IS_APPLICATION (self), FALSE);

  return self->restart;
}
