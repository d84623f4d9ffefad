/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-view.h"

#include <string.h>

/* A web view with nothing in it that a browser has and a checkout does not need. What it
 * may load is for its owner to say. */

/* A page that takes more is ended, before the whole till is. */
#define MEMORY_LIMIT_MB 600
#define LAST_PLAIN_BUTTON 3

static gboolean
on_permission_request (WebKitWebView *view, WebKitPermissionRequest *request, gpointer user_data)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
on_run_file_chooser (WebKitWebView *view, WebKitFileChooserRequest *request, gpointer user_data)
{
  webkit_file_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
on_authenticate (WebKitWebView *view, WebKitAuthenticationRequest *request, gpointer user_data)
{
  webkit_authentication_request_cancel (request);
  return TRUE;
}

static gboolean
on_refused (void)
{
  return TRUE;
}

static void
on_download_started (WebKitWebContext *context, WebKitDownload *download, gpointer user_data)
{
  webkit_download_cancel (download);
}

static void
on_drag_begin (GtkWidget *widget, GdkDragContext *context, gpointer user_data)
{
  gtk_drag_cancel (context);
}

/* Zooming, going back and forward: a customer who does so by accident finds no way out. */
static gboolean
on_event (GtkWidget *widget, GdkEvent *event, gpointer user_data)
{
  GdkModifierType state = 0;
  guint button = 0;

  switch ((int) event->type)
    {
    case GDK_TOUCHPAD_PINCH:
    case GDK_TOUCHPAD_SWIPE:
      return GDK_EVENT_STOP;
    case GDK_SCROLL:
      gdk_event_get_state (event, &state);
      return (state & GDK_CONTROL_MASK) != 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
      gdk_event_get_button (event, &button);
      return button > LAST_PLAIN_BUTTON ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      /* One finger points; two zoom. */
      return gdk_event_get_pointer_emulated (event) ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  /* Software rendering: old graphics cards show white pages otherwise, and the page
   * takes half the memory. */
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  webkit_settings_set_user_agent_with_application_details (settings, "LigdiPay", LIGDI_VERSION);
  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);
  webkit_settings_set_enable_fullscreen (settings, FALSE);
  webkit_settings_set_enable_media (settings, FALSE);
  webkit_settings_set_enable_media_stream (settings, FALSE);
  webkit_settings_set_enable_webaudio (settings, FALSE);
  webkit_settings_set_enable_webgl (settings, FALSE);
  webkit_settings_set_javascript_can_access_clipboard (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  return settings;
}

static WebKitWebContext *
make_context (gboolean sandboxed)
{
  g_autoptr (WebKitWebsiteDataManager) data = webkit_website_data_manager_new_ephemeral ();
  WebKitMemoryPressureSettings *memory = webkit_memory_pressure_settings_new ();
  const char *languages[] = { NULL, NULL };
  g_autofree char *language = g_strdup (g_get_language_names ()[0]);
  WebKitWebContext *context;

  webkit_memory_pressure_settings_set_memory_limit (memory, MEMORY_LIMIT_MB);
  webkit_memory_pressure_settings_set_kill_threshold (memory, 1.0);
  webkit_memory_pressure_settings_set_poll_interval (memory, 2.0);
  webkit_website_data_manager_set_tls_errors_policy (data, WEBKIT_TLS_ERRORS_POLICY_FAIL);
  webkit_website_data_manager_set_persistent_credential_storage_enabled (data, FALSE);
  context = g_object_new (WEBKIT_TYPE_WEB_CONTEXT, "website-data-manager", data,
                          "memory-pressure-settings", memory, NULL);
  webkit_memory_pressure_settings_free (memory);
  webkit_web_context_set_sandbox_enabled (context, sandboxed);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  languages[0] = g_strcmp0 (language, "C") == 0 ? "fr" : g_strdelimit (language, "_.@", '\0');
  webkit_web_context_set_preferred_languages (context, languages);
  g_signal_connect (context, "download-started", G_CALLBACK (on_download_started), NULL);
  return context;
}

static void
harden (WebKitWebView *view)
{
  static const char *const refused[]
      = { "context-menu", "print", "enter-fullscreen", "show-notification" };

  g_signal_connect (view, "permission-request", G_CALLBACK (on_permission_request), NULL);
  g_signal_connect (view, "run-file-chooser", G_CALLBACK (on_run_file_chooser), NULL);
  g_signal_connect (view, "authenticate", G_CALLBACK (on_authenticate), NULL);
  g_signal_connect (view, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  g_signal_connect (view, "event", G_CALLBACK (on_event), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_signal_connect (view, refused[i], G_CALLBACK (on_refused), NULL);
  gtk_drag_dest_unset (GTK_WIDGET (view));
}

/**
 * ligdi_web_view_new:
 * @sandboxed: whether WebKit's sandbox works here
 *
 * Makes a view with a context of its own, which forgets everything: the next customer sees
 * nothing of this one.
 *
 * Returns: (transfer floating): a view that has loaded nothing
 */
WebKitWebView *
ligdi_web_view_new (gboolean sandboxed)
{
  g_autoptr (WebKitWebContext) context = make_context (sandboxed);
  g_autoptr (WebKitSettings) settings = make_settings ();
  WebKitWebView *view
      = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "settings", settings, NULL);

  harden (view);
  return view;
}

/**
 * ligdi_web_view_new_related:
 * @opener: the view whose page opens another
 *
 * Returns: (transfer floating): a view in the same process, as hard as @opener
 */
WebKitWebView *
ligdi_web_view_new_related (WebKitWebView *opener)
{
  WebKitWebView *view;

  g_return_val_if_fail (WEBKIT_IS_WEB_VIEW (opener), NULL);

  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "related-view", opener, "settings",
                       webkit_web_view_get_settings (opener), NULL);
  harden (view);
  return view;
}

/**
 * ligdi_web_view_is_blank:
 * @view: a view that is on screen
 *
 * Looks at what is drawn, without a script in the page.
 *
 * Returns: whether all of it has one colour
 */
gboolean
ligdi_web_view_is_blank (WebKitWebView *view)
{
  int width = gtk_widget_get_allocated_width (GTK_WIDGET (view));
  int height = gtk_widget_get_allocated_height (GTK_WIDGET (view));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  const guchar *data;
  int stride;
  gboolean blank = TRUE;

  gtk_widget_draw (GTK_WIDGET (view), cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  /* A row like the one before it, and the first one of one colour. */
  for (int x = 1; blank && data != NULL && x < width; x++)
    blank = memcmp (data, data + 4 * (gsize) x, 3) == 0;
  for (int y = 1; blank && data != NULL && y < height; y++)
    blank = memcmp (data, data + (gsize) y * (gsize) stride, 4 * (gsize) width) == 0;
  cairo_surface_destroy (surface);
  return blank;
}

static void
send_key (GtkWidget *widget, GdkEventType type, guint keyval)
{
  GdkKeymap *keymap = gdk_keymap_get_for_display (gtk_widget_get_display (widget));
  GdkEvent *event = gdk_event_new (type);
  g_autofree GdkKeymapKey *keys = NULL;
  int n_keys = 0;

  event->key.window = g_object_ref (gtk_widget_get_window (widget));
  event->key.send_event = TRUE;
  event->key.time = GDK_CURRENT_TIME;
  event->key.keyval = keyval;
  if (gdk_keymap_get_entries_for_keyval (keymap, keyval, &keys, &n_keys) && n_keys > 0)
    {
      event->key.hardware_keycode = (guint16) keys[0].keycode;
      event->key.group = (guint8) keys[0].group;
    }
  gdk_event_set_device (event, gdk_seat_get_keyboard (
                                   gdk_display_get_default_seat (gtk_widget_get_display (widget))));
  gtk_widget_event (widget, event);
  gdk_event_free (event);
}

/**
 * ligdi_web_view_press_key:
 * @view: a view that is on screen
 * @keyval: a key
 *
 * Types into the page's focused field, as a keyboard would.
 */
void
ligdi_web_view_press_key (WebKitWebView *view, guint keyval)
{
  g_return_if_fail (WEBKIT_IS_WEB_VIEW (view));

  if (!gtk_widget_get_realized (GTK_WIDGET (view)))
    return;
  send_key (GTK_WIDGET (view), GDK_KEY_PRESS, keyval);
  send_key (GTK_WIDGET (view), GDK_KEY_RELEASE, keyval);
}

/**
 * ligdi_web_view_is_at_blank:
 * @view: a view
 *
 * Returns: whether what was loaded last is no more than "about:blank", whatever has been asked
 *   for since
 */
gboolean
ligdi_web_view_is_at_blank (WebKitWebView *view)
{
  WebKitWebResource *resource = webkit_web_view_get_main_resource (view);

  return resource == NULL
         || g_strcmp0 (webkit_web_resource_get_uri (resource), "about:blank") == 0;
}
