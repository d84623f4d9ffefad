/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-page.h"

#include "ligdi-address.h"
#include "ligdi-page-policy.h"
#include "ligdi-trace.h"

/* A web view for one payment and no other: its own ephemeral context, every way out
 * watched, and nothing in it that a browser has and a checkout does not need. */

enum
{
  SIGNAL_LEFT,
  SIGNAL_TROUBLE,
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiWebPage
{
  GtkBin parent_instance;

  WebKitWebView *view;
  char *page_url;
  char *return_url;
  char *cancel_url;
  gboolean loopback;
  gboolean left;   /* an exit is on its way or out: nothing the view says matters now */
  LigdiExit exit;
  guint exit_idle;
};

G_DEFINE_FINAL_TYPE (LigdiWebPage, ligdi_web_page, GTK_TYPE_BIN)

static gboolean
on_exit_idle (gpointer user_data)
{
  LigdiWebPage *self = user_data;

  self->exit_idle = 0;
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, (int) self->exit);
  return G_SOURCE_REMOVE;
}

/* The first exit wins. It is told from an idle, because whoever hears it takes the
 * view down, and must not do so inside one of WebKit's own signals. */
static void
leave (LigdiWebPage *self, LigdiExit exit)
{
  if (self->left || self->page_url == NULL)
    return;
  ligdi_trace_now ("payment page left");
  self->left = TRUE;
  self->exit = exit;
  self->exit_idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_exit_idle, self, NULL);
}

static LigdiPageDecision
decide (LigdiWebPage *self, const char *uri)
{
  if (self->page_url == NULL)
    return g_strcmp0 (uri, "about:blank") == 0 ? LIGDI_PAGE_ALLOW : LIGDI_PAGE_BLOCK;
  return ligdi_page_policy_decide (self->return_url, self->cancel_url, self->loopback, uri);
}

static void
decide_navigation (LigdiWebPage *self, WebKitPolicyDecision *decision, gboolean new_window)
{
  WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action (
      WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  const char *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  LigdiPageDecision answer = decide (self, uri);

  /* Answered exactly once and before anybody is told: an unanswered decision loads. */
  if (answer == LIGDI_PAGE_ALLOW && !new_window && !self->left)
    webkit_policy_decision_use (decision);
  else
    webkit_policy_decision_ignore (decision);

  switch (answer)
    {
    case LIGDI_PAGE_RETURNED:
      leave (self, LIGDI_EXIT_RETURNED);
      break;
    case LIGDI_PAGE_CANCELLED:
      leave (self, LIGDI_EXIT_CANCELLED);
      break;
    case LIGDI_PAGE_BLOCK:
      g_info ("the payment page wanted to go to an address that is not allowed");
      break;
    case LIGDI_PAGE_ALLOW:
      break;
    }
}

static gboolean
on_decide_policy (WebKitWebView *view, WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type, gpointer user_data)
{
  LigdiWebPage *self = user_data;

  switch (type)
    {
    case WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION:
      decide_navigation (self, decision, FALSE);
      return TRUE;
    case WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION:
      decide_navigation (self, decision, TRUE);
      return TRUE;
    case WEBKIT_POLICY_DECISION_TYPE_RESPONSE:
      /* What cannot be shown would become a download. */
      if (webkit_response_policy_decision_is_mime_type_supported (
              WEBKIT_RESPONSE_POLICY_DECISION (decision)))
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
      return TRUE;
    }
  webkit_policy_decision_ignore (decision);
  return TRUE;
}

static void
report_trouble (LigdiWebPage *self, LigdiWebTrouble trouble)
{
  if (!self->left && self->page_url != NULL)
    g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, (int) trouble);
}

static gboolean
on_load_failed (WebKitWebView *view, WebKitLoadEvent event, const char *uri, const GError *error,
                gpointer user_data)
{
  /* Our own "ignore" and a load that another one replaced look like failures. */
  if (!g_error_matches (error, WEBKIT_POLICY_ERROR,
                        WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE)
      && !g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    report_trouble (user_data, LIGDI_WEB_TROUBLE_LOAD);
  return TRUE;
}

static gboolean
on_load_failed_with_tls_errors (WebKitWebView *view, const char *uri, GTlsCertificate *certificate,
                                GTlsCertificateFlags errors, gpointer user_data)
{
  g_info ("the payment page's certificate is refused (flags %#x)", (guint) errors);
  report_trouble (user_data, LIGDI_WEB_TROUBLE_CERTIFICATE);
  return TRUE;
}

static void
on_web_process_terminated (WebKitWebView *view, WebKitWebProcessTerminationReason reason,
                           gpointer user_data)
{
  g_info ("the payment page's process ended (reason %d)", (int) reason);
  leave (user_data, LIGDI_EXIT_LOST);
}

static void
on_load_changed (WebKitWebView *view, WebKitLoadEvent event, gpointer user_data)
{
  LigdiWebPage *self = user_data;

  if (event == WEBKIT_LOAD_FINISHED && self->page_url != NULL && !self->left)
    ligdi_trace_painted (GTK_WIDGET (view), "payment page painted");
}

static void
on_close (WebKitWebView *view, gpointer user_data)
{
  leave (user_data, LIGDI_EXIT_LOST);
}

static void
on_moved (LigdiWebPage *self)
{
  if (!self->left)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

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

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  /* Software rendering: old graphics cards show white pages otherwise, and the page
   * takes half the memory. */
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);
  webkit_settings_set_enable_fullscreen (settings, FALSE);
  webkit_settings_set_enable_media_stream (settings, FALSE);
  webkit_settings_set_enable_webaudio (settings, FALSE);
  webkit_settings_set_enable_webgl (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  return settings;
}

static WebKitWebContext *
make_context (gboolean sandboxed)
{
  WebKitWebContext *context = webkit_web_context_new_ephemeral ();
  const char *languages[] = { NULL, NULL };
  g_autofree char *language = g_strdup (g_get_language_names ()[0]);

  webkit_web_context_set_sandbox_enabled (context, sandboxed);
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_website_data_manager_set_tls_errors_policy (
      webkit_web_context_get_website_data_manager (context), WEBKIT_TLS_ERRORS_POLICY_FAIL);
  languages[0] = g_strcmp0 (language, "C") == 0 ? "fr" : g_strdelimit (language, "_.@", '\0');
  webkit_web_context_set_preferred_languages (context, languages);
  g_signal_connect (context, "download-started", G_CALLBACK (on_download_started), NULL);
  return context;
}

static void
harden (LigdiWebPage *self)
{
  static const char *const refused[]
      = { "context-menu", "print", "enter-fullscreen", "show-notification" };

  g_signal_connect (self->view, "decide-policy", G_CALLBACK (on_decide_policy), self);
  g_signal_connect (self->view, "load-changed", G_CALLBACK (on_load_changed), self);
  g_signal_connect (self->view, "load-failed", G_CALLBACK (on_load_failed), self);
  g_signal_connect (self->view, "load-failed-with-tls-errors",
                    G_CALLBACK (on_load_failed_with_tls_errors), self);
  g_signal_connect (self->view, "web-process-terminated", G_CALLBACK (on_web_process_terminated),
                    self);
  g_signal_connect (self->view, "close", G_CALLBACK (on_close), self);
  g_signal_connect (self->view, "permission-request", G_CALLBACK (on_permission_request), self);
  g_signal_connect (self->view, "run-file-chooser", G_CALLBACK (on_run_file_chooser), self);
  g_signal_connect (self->view, "authenticate", G_CALLBACK (on_authenticate), self);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_signal_connect (self->view, refused[i], G_CALLBACK (on_refused), NULL);
  g_signal_connect_swapped (self->view, "notify::uri", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (self->view, "notify::estimated-load-progress", G_CALLBACK (on_moved),
                            self);
  gtk_drag_dest_unset (GTK_WIDGET (self->view));
}

static void
ligdi_web_page_dispose (GObject *object)
{
  LigdiWebPage *self = LIGDI_WEB_PAGE (object);

  g_clear_handle_id (&self->exit_idle, g_source_remove);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (ligdi_web_page_parent_class)->dispose (object);
}

static void
ligdi_web_page_finalize (GObject *object)
{
  LigdiWebPage *self = LIGDI_WEB_PAGE (object);

  g_free (self->page_url);
  g_free (self->return_url);
  g_free (self->cancel_url);
  G_OBJECT_CLASS (ligdi_web_page_parent_class)->finalize (object);
}

static void
ligdi_web_page_class_init (LigdiWebPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_web_page_dispose;
  object_class->finalize = ligdi_web_page_finalize;

  /**
   * LigdiWebPage::left:
   * @self: the page
   * @exit: a #LigdiExit
   *
   * The page is over. Emitted once.
   */
  signals[SIGNAL_LEFT] = g_signal_new ("left", LIGDI_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiWebPage::trouble:
   * @self: the page
   * @trouble: a #LigdiWebTrouble
   *
   * The page cannot be shown. The link may be tried again.
   */
  signals[SIGNAL_TROUBLE]
      = g_signal_new ("trouble", LIGDI_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * LigdiWebPage::moved:
   * @self: the page
   *
   * The host or the progress of loading has changed.
   */
  signals[SIGNAL_MOVED] = g_signal_new ("moved", LIGDI_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
ligdi_web_page_init (LigdiWebPage *self)
{
}

/**
 * ligdi_web_page_new:
 * @sandboxed: whether WebKit's sandbox works here
 *
 * Makes a blank page whose process is starting: the next payment's, used once.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_web_page_new (gboolean sandboxed)
{
  LigdiWebPage *self = g_object_new (LIGDI_TYPE_WEB_PAGE, NULL);
  g_autoptr (WebKitWebContext) context = make_context (sandboxed);
  g_autoptr (WebKitSettings) settings = make_settings ();

  self->view = g_object_ref_sink (
      g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "settings", settings, NULL));
  harden (self);
  /* A page that only waits is not reached by Tab. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->view), FALSE);
  gtk_widget_show (GTK_WIDGET (self->view));
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->view));
  webkit_web_view_load_uri (self->view, "about:blank");
  return GTK_WIDGET (self);
}

/**
 * ligdi_web_page_open:
 * @self: a blank page
 * @record: a payment with a page
 *
 * Opens the payment's page as the gateway gave it. Nothing but the link goes in.
 */
void
ligdi_web_page_open (LigdiWebPage *self, const LigdiPaymentRecord *record)
{
  g_autofree char *base = NULL;

  g_return_if_fail (LIGDI_IS_WEB_PAGE (self));
  g_return_if_fail (record != NULL && record->page_url != NULL);
  g_return_if_fail (self->page_url == NULL);

  base = ligdi_address_check_base (record->base_url, &self->loopback, NULL);
  self->loopback = self->loopback && base != NULL;
  self->page_url = g_strdup (record->page_url);
  self->return_url = g_strdup (record->return_url);
  self->cancel_url = g_strdup (record->cancel_url);
  gtk_widget_set_can_focus (GTK_WIDGET (self->view), TRUE);
  webkit_web_view_load_uri (self->view, self->page_url);
}

/**
 * ligdi_web_page_reload:
 * @self: an open page
 *
 * Loads the same link again from its beginning.
 */
void
ligdi_web_page_reload (LigdiWebPage *self)
{
  g_return_if_fail (LIGDI_IS_WEB_PAGE (self));

  if (!self->left && self->page_url != NULL)
    webkit_web_view_load_uri (self->view, self->page_url);
}

/**
 * ligdi_web_page_focus:
 * @self: a page
 *
 * Puts the keyboard into the page.
 */
void
ligdi_web_page_focus (LigdiWebPage *self)
{
  g_return_if_fail (LIGDI_IS_WEB_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * ligdi_web_page_end:
 * @self: a page that was left
 *
 * Ends the page's process at once: nothing of it runs on behind the verdict, and no
 * screen reader finds its buttons.
 */
void
ligdi_web_page_end (LigdiWebPage *self)
{
  g_return_if_fail (LIGDI_IS_WEB_PAGE (self));

  self->left = TRUE;
  webkit_web_view_terminate_web_process (self->view);
}

/**
 * ligdi_web_page_get_host:
 * @self: a page
 * @secure: (out): whether the connection to it is encrypted
 *
 * Returns: (transfer full) (nullable): the host that is shown now, for people to see
 */
char *
ligdi_web_page_get_host (LigdiWebPage *self, gboolean *secure)
{
  const char *uri;

  g_return_val_if_fail (LIGDI_IS_WEB_PAGE (self), NULL);

  uri = webkit_web_view_get_uri (self->view);
  *secure = uri != NULL && g_ascii_strncasecmp (uri, "https:", 6) == 0;
  return ligdi_address_get_host (uri);
}

/**
 * ligdi_web_page_get_progress:
 * @self: a page
 *
 * Returns: how much of the page is there, 0 to 1
 */
double
ligdi_web_page_get_progress (LigdiWebPage *self)
{
  g_return_val_if_fail (LIGDI_IS_WEB_PAGE (self), 0);

  return webkit_web_view_get_estimated_load_progress (self->view);
}
