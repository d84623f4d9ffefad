/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-web-page.h"

#include "ligdi-address.h"
#include "ligdi-page-policy.h"
#include "ligdi-page-progress.h"
#include "ligdi-trace.h"
#include "ligdi-web-dialog.h"
#include "ligdi-web-popup.h"
#include "ligdi-web-view.h"

/* A page for one payment and no other, with whatever it opens: every way out is watched,
 * and the first one counts. */

/* A page that has shown nothing for so long never will. */
#define BLANK_MS 8000
/* WebKit now and then calls a refused certificate a cancelled load; asked again, it says. */
#define CANCELLED_MS 300
#define MAX_CANCELLED 5
/* A bank opens one; who opens more is not a bank. */
#define MAX_POPUPS 3
#define MAX_DIALOGS 3

enum
{
  SIGNAL_LEFT,
  SIGNAL_TROUBLE,
  SIGNAL_MOVED,
  SIGNAL_PHONE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiWebPage
{
  GtkOverlay parent_instance;

  WebKitWebView *view;
  LigdiPageProgress *progress;
  LigdiWebDialog *dialog;
  GPtrArray *popups; /* LigdiWebPopup, the one on top last */
  char *page_url;
  char *return_url;
  char *cancel_url;
  gboolean loopback;
  gboolean left;   /* an exit is on its way or out: nothing the view says matters now */
  LigdiExit exit;
  guint exit_idle;
  guint n_dialogs; /* since the page was loaded */
  guint blank_timer;
  gboolean reloaded; /* because it was blank */
  guint n_cancelled; /* loads, since somebody wanted one */
  gboolean committed; /* something of the page has come */
  gboolean in_trouble; /* and that was told */
  gboolean looking;
};

G_DEFINE_FINAL_TYPE (LigdiWebPage, ligdi_web_page, GTK_TYPE_OVERLAY)

static void watch (LigdiWebPage *self, WebKitWebView *view);

static WebKitWebView *
get_top_view (LigdiWebPage *self)
{
  if (self->popups->len == 0)
    return self->view;
  return ligdi_web_popup_get_view (g_ptr_array_index (self->popups, self->popups->len - 1));
}

static LigdiWebPopup *
find_popup (LigdiWebPage *self, WebKitWebView *view)
{
  for (guint i = 0; i < self->popups->len; i++)
    if (ligdi_web_popup_get_view (g_ptr_array_index (self->popups, i)) == view)
      return g_ptr_array_index (self->popups, i);
  return NULL;
}

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
    {
      g_debug ("the payment page was left already");
      return;
    }
  ligdi_trace_now ("payment page left");
  self->left = TRUE;
  self->exit = exit;
  self->exit_idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_exit_idle, self, NULL);
}

static void
report_trouble (LigdiWebPage *self, LigdiWebTrouble trouble)
{
  if (self->left || self->page_url == NULL)
    return;
  self->in_trouble = TRUE;
  g_clear_handle_id (&self->blank_timer, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, (int) trouble);
}

static void
on_moved (LigdiWebPage *self)
{
  if (self->left || self->page_url == NULL)
    return;
  ligdi_page_progress_set (self->progress, ligdi_web_page_get_progress (self));
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
drop_popup (LigdiWebPage *self, LigdiWebPopup *popup)
{
  if (!g_ptr_array_remove (self->popups, popup))
    return;
  g_signal_handlers_disconnect_by_data (ligdi_web_popup_get_view (popup), self);
  gtk_widget_destroy (GTK_WIDGET (popup));
  if (self->left)
    return;
  ligdi_web_page_focus (self);
  on_moved (self);
}

static void
on_popup_closed (LigdiWebPopup *popup, gpointer user_data)
{
  drop_popup (user_data, popup);
}

static LigdiPageDecision
decide (LigdiWebPage *self, const char *uri)
{
  if (self->page_url == NULL)
    return g_strcmp0 (uri, "about:blank") == 0 ? LIGDI_PAGE_ALLOW : LIGDI_PAGE_BLOCK;
  return ligdi_page_policy_decide (self->return_url, self->cancel_url, self->loopback, uri);
}

static void
decide_navigation (LigdiWebPage *self, WebKitPolicyDecision *decision)
{
  WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action (
      WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  const char *uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  LigdiPageDecision answer = decide (self, uri);

  /* Answered exactly once and before anybody is told: an unanswered decision loads. */
  if (answer == LIGDI_PAGE_ALLOW && !self->left)
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
    case LIGDI_PAGE_PHONE:
      if (!self->left)
        g_signal_emit (self, signals[SIGNAL_PHONE_WANTED], 0);
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
    case WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION:
      decide_navigation (self, decision);
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
on_ready_to_show (WebKitWebView *view, gpointer user_data)
{
  LigdiWebPage *self = user_data;
  LigdiWebPopup *popup = find_popup (self, view);

  if (popup == NULL || self->left)
    return;
  gtk_widget_show (GTK_WIDGET (popup));
  gtk_widget_grab_focus (GTK_WIDGET (view));
  on_moved (self);
}

static GtkWidget *
on_create (WebKitWebView *view, WebKitNavigationAction *action, gpointer user_data)
{
  LigdiWebPage *self = user_data;
  WebKitWebView *opened;
  GtkWidget *popup;

  if (self->left || self->page_url == NULL || self->popups->len >= MAX_POPUPS)
    return NULL;
  opened = ligdi_web_view_new_related (view);
  popup = ligdi_web_popup_new (opened);
  watch (self, opened);
  g_signal_connect (opened, "ready-to-show", G_CALLBACK (on_ready_to_show), self);
  g_signal_connect (popup, "closed", G_CALLBACK (on_popup_closed), self);
  g_ptr_array_add (self->popups, popup);
  gtk_widget_hide (popup);
  gtk_overlay_add_overlay (GTK_OVERLAY (self), popup);
  gtk_overlay_reorder_overlay (GTK_OVERLAY (self), GTK_WIDGET (self->dialog), -1);
  return GTK_WIDGET (opened);
}

static void
on_close (WebKitWebView *view, gpointer user_data)
{
  LigdiWebPage *self = user_data;
  LigdiWebPopup *popup = find_popup (self, view);

  if (popup != NULL)
    ligdi_web_popup_close_soon (popup);
  else
    leave (self, LIGDI_EXIT_LOST);
}

static gboolean
on_script_dialog (WebKitWebView *view, WebKitScriptDialog *dialog, gpointer user_data)
{
  LigdiWebPage *self = user_data;

  if (webkit_script_dialog_get_dialog_type (dialog)
      == WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM)
    webkit_script_dialog_confirm_set_confirmed (dialog, TRUE);
  else if (!self->left && self->page_url != NULL && self->n_dialogs++ < MAX_DIALOGS)
    ligdi_web_dialog_ask (self->dialog, dialog);
  return TRUE;
}

static void
report_failure (LigdiWebPage *self, WebKitWebView *view, LigdiWebTrouble trouble)
{
  LigdiWebPopup *popup = find_popup (self, view);

  /* A side window that fails is no fault of the page beneath it. */
  if (popup != NULL)
    ligdi_web_popup_close_soon (popup);
  else
    report_trouble (self, trouble);
}

static void
drop_popups (LigdiWebPage *self)
{
  while (self->popups->len > 0)
    drop_popup (self, g_ptr_array_index (self->popups, self->popups->len - 1));
}

static void
load (LigdiWebPage *self)
{
  self->committed = FALSE;
  self->in_trouble = FALSE;
  ligdi_web_dialog_dismiss (self->dialog);
  drop_popups (self);
  webkit_web_view_load_uri (self->view, self->page_url);
}

static gboolean
on_cancelled_due (gpointer user_data)
{
  LigdiWebPage *self = user_data;

  self->blank_timer = 0;
  if (!self->left && !self->committed)
    load (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_blank_due (gpointer user_data)
{
  LigdiWebPage *self = user_data;
  gboolean covered = self->popups->len > 0
                     || gtk_widget_get_visible (GTK_WIDGET (self->dialog));

  /* What nobody can see is not drawn either. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return G_SOURCE_CONTINUE;
  /* Banks send forms from blank pages, and wait; that is not to be broken off. */
  if (webkit_web_view_is_loading (self->view))
    return G_SOURCE_CONTINUE;
  self->blank_timer = 0;
  if (self->left || covered || !ligdi_web_view_is_blank (self->view))
    return G_SOURCE_REMOVE;
  g_info ("the payment page shows nothing");
  if (self->reloaded
      || g_strcmp0 (webkit_web_view_get_uri (self->view), self->page_url) != 0)
    report_trouble (self, LIGDI_WEB_TROUBLE_BLANK);
  else
    load (self);
  self->reloaded = TRUE;
  return G_SOURCE_REMOVE;
}

/* Of a load that was replaced nothing more is heard; of one that was not, nobody else would
 * hear either. */
static void
on_cancelled (LigdiWebPage *self)
{
  if (self->page_url == NULL || self->left || self->in_trouble || self->committed)
    return;
  g_clear_handle_id (&self->blank_timer, g_source_remove);
  if (self->n_cancelled++ < MAX_CANCELLED)
    self->blank_timer = g_timeout_add (CANCELLED_MS, on_cancelled_due, self);
  else
    report_trouble (self, LIGDI_WEB_TROUBLE_LOAD);
}

static gboolean
on_load_failed (WebKitWebView *view, WebKitLoadEvent event, const char *uri, const GError *error,
                gpointer user_data)
{
  LigdiWebPage *self = user_data;

  /* Our own "ignore" looks like a failure, and so does a load that another one replaced: then
   * something comes, or the page is loaded once more. */
  if (g_error_matches (error, WEBKIT_POLICY_ERROR,
                       WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE))
    {
      if (view == self->view && !self->committed)
        report_trouble (self, LIGDI_WEB_TROUBLE_LOAD);
      return TRUE;
    }
  if (g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      on_cancelled (self);
      return TRUE;
    }
  g_info ("the payment page did not load (%s %d)", g_quark_to_string (error->domain),
          error->code);
  report_failure (self, view, ligdi_web_trouble_from_error (error));
  return TRUE;
}

static gboolean
on_load_failed_with_tls_errors (WebKitWebView *view, const char *uri, GTlsCertificate *certificate,
                                GTlsCertificateFlags errors, gpointer user_data)
{
  g_info ("the payment page's certificate is refused (flags %#x)", (guint) errors);
  report_failure (user_data, view,
                  ligdi_web_trouble_from_certificate (errors,
                                                      g_get_real_time () / G_USEC_PER_SEC));
  return TRUE;
}

static void
on_web_process_terminated (WebKitWebView *view, WebKitWebProcessTerminationReason reason,
                           gpointer user_data)
{
  g_info ("the payment page's process ended (reason %d)", (int) reason);
  leave (user_data, LIGDI_EXIT_LOST);
}

/* The first thing the customer sees of the page, for the benchmarks. */
static gboolean
on_drawn (GtkWidget *view, cairo_t *cr, gpointer user_data)
{
  LigdiWebPage *self = user_data;

  if (!self->committed || self->looking)
    return GDK_EVENT_PROPAGATE;
  self->looking = TRUE;
  if (!ligdi_web_view_is_blank (self->view))
    {
      ligdi_trace_now ("payment page first painted");
      g_signal_handlers_disconnect_by_func (view, on_drawn, self);
    }
  self->looking = FALSE;
  return GDK_EVENT_PROPAGATE;
}

static void
on_load_changed (WebKitWebView *view, WebKitLoadEvent event, gpointer user_data)
{
  LigdiWebPage *self = user_data;

  if (self->page_url == NULL || self->left)
    return;
  /* The blank page may come only now that another is wanted, and is nothing of that one. */
  if (event == WEBKIT_LOAD_COMMITTED && (self->committed || !ligdi_web_view_is_at_blank (view)))
    {
      self->n_dialogs = 0;
      self->committed = TRUE;
      self->in_trouble = FALSE;
      g_clear_handle_id (&self->blank_timer, g_source_remove);
      self->blank_timer = g_timeout_add (BLANK_MS, on_blank_due, self);
    }
}

static void
watch (LigdiWebPage *self, WebKitWebView *view)
{
  g_signal_connect (view, "decide-policy", G_CALLBACK (on_decide_policy), self);
  g_signal_connect (view, "create", G_CALLBACK (on_create), self);
  g_signal_connect (view, "close", G_CALLBACK (on_close), self);
  g_signal_connect (view, "script-dialog", G_CALLBACK (on_script_dialog), self);
  g_signal_connect (view, "load-failed", G_CALLBACK (on_load_failed), self);
  g_signal_connect (view, "load-failed-with-tls-errors",
                    G_CALLBACK (on_load_failed_with_tls_errors), self);
  g_signal_connect (view, "web-process-terminated", G_CALLBACK (on_web_process_terminated), self);
  g_signal_connect_swapped (view, "notify::uri", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (view, "notify::estimated-load-progress", G_CALLBACK (on_moved), self);
}

static void
load_blank (LigdiWebPage *self, const char *origin)
{
  g_autofree char *html = NULL;

  if (origin == NULL)
    {
      webkit_web_view_load_uri (self->view, "about:blank");
      return;
    }
  html = g_markup_printf_escaped ("<link rel=\"preconnect\" href=\"%s\">", origin);
  webkit_web_view_load_html (self->view, html, NULL);
}

static void
ligdi_web_page_dispose (GObject *object)
{
  LigdiWebPage *self = LIGDI_WEB_PAGE (object);

  self->left = TRUE;
  g_clear_handle_id (&self->exit_idle, g_source_remove);
  g_clear_handle_id (&self->blank_timer, g_source_remove);
  drop_popups (self);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (ligdi_web_page_parent_class)->dispose (object);
}

static void
ligdi_web_page_finalize (GObject *object)
{
  LigdiWebPage *self = LIGDI_WEB_PAGE (object);

  g_ptr_array_unref (self->popups);
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
  /**
   * LigdiWebPage::phone-wanted:
   * @self: the page
   *
   * The page wanted to open what only an app on a telephone opens.
   */
  signals[SIGNAL_PHONE_WANTED]
      = g_signal_new ("phone-wanted", LIGDI_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
}

static void
ligdi_web_page_init (LigdiWebPage *self)
{
  self->popups = g_ptr_array_new ();
  self->progress = LIGDI_PAGE_PROGRESS (ligdi_page_progress_new ());
  gtk_overlay_add_overlay (GTK_OVERLAY (self), GTK_WIDGET (self->progress));
  self->dialog = LIGDI_WEB_DIALOG (ligdi_web_dialog_new ());
  gtk_overlay_add_overlay (GTK_OVERLAY (self), GTK_WIDGET (self->dialog));
  g_signal_connect_swapped (self->dialog, "hide", G_CALLBACK (ligdi_web_page_focus), self);
}

/**
 * ligdi_web_page_new:
 * @sandboxed: whether WebKit's sandbox works here
 * @origin: (nullable): where the payment's page will probably be
 *
 * Makes a blank page whose process is starting: the next payment's, used once. It connects
 * to @origin meanwhile.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
ligdi_web_page_new (gboolean sandboxed, const char *origin)
{
  LigdiWebPage *self = g_object_new (LIGDI_TYPE_WEB_PAGE, NULL);

  self->view = g_object_ref_sink (ligdi_web_view_new (sandboxed));
  watch (self, self->view);
  g_signal_connect (self->view, "load-changed", G_CALLBACK (on_load_changed), self);
  /* A page that only waits is not reached by Tab. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->view), FALSE);
  gtk_widget_show (GTK_WIDGET (self->view));
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->view));
  load_blank (self, origin);
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
  if (ligdi_trace_is_wanted ())
    g_signal_connect_after (self->view, "draw", G_CALLBACK (on_drawn), self);
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

  if (self->left || self->page_url == NULL)
    return;
  self->n_cancelled = 0;
  load (self);
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

  if (!self->left && self->view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_top_view (self)));
}

/**
 * ligdi_web_page_press_key:
 * @self: an open page
 * @keyval: a key
 *
 * Types into the field that has the focus in the page.
 */
void
ligdi_web_page_press_key (LigdiWebPage *self, guint keyval)
{
  g_return_if_fail (LIGDI_IS_WEB_PAGE (self));

  if (!self->left && self->page_url != NULL)
    ligdi_web_view_press_key (get_top_view (self), keyval);
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
  /* Whoever took the page's window down has ended it already. */
  if (self->view == NULL)
    return;
  ligdi_web_dialog_dismiss (self->dialog);
  drop_popups (self);
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

  uri = webkit_web_view_get_uri (get_top_view (self));
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

  return webkit_web_view_get_estimated_load_progress (get_top_view (self));
}
