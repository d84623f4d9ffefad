/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-charge.h"

#include <webkit2/webkit2.h>

/* The web page among the examples, in a real browser: what it sends off is what the till takes. */

static const char *page;
static char *followed;

static gboolean
on_decide_policy (WebKitWebView *view, WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type, gpointer user_data)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type != WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION)
    return FALSE;
  action = webkit_navigation_policy_decision_get_navigation_action (
      WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (!g_str_has_prefix (uri, "ligdipay:"))
    return FALSE;
  followed = g_strdup (uri);
  webkit_policy_decision_ignore (decision);
  return TRUE;
}

static void
on_load_changed (WebKitWebView *view, WebKitLoadEvent event, gpointer user_data)
{
  static const char script[]
      = "for (const [name, value] of [['reference', 'CMD 17 & co'], ['label', 'Pagne « été »'],"
        " ['amount', '7500']])"
        "  document.querySelector(`input[name=${name}]`).value = value;"
        "document.querySelector('button').click();";

  if (event == WEBKIT_LOAD_FINISHED)
    webkit_web_view_evaluate_javascript (view, script, -1, NULL, NULL, NULL, NULL, NULL);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("the page has sent nothing off");
  return G_SOURCE_REMOVE;
}

static void
test_asks (void)
{
  GtkWidget *window = gtk_offscreen_window_new ();
  GtkWidget *view = webkit_web_view_new ();
  g_autofree char *uri = g_filename_to_uri (page, NULL, NULL);
  g_autoptr (LigdiCharge) charge = NULL;
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  g_signal_connect (view, "decide-policy", G_CALLBACK (on_decide_policy), NULL);
  g_signal_connect (view, "load-changed", G_CALLBACK (on_load_changed), NULL);
  gtk_container_add (GTK_CONTAINER (window), view);
  gtk_widget_show_all (window);
  webkit_web_view_load_uri (WEBKIT_WEB_VIEW (view), uri);
  while (followed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);

  charge = ligdi_charge_parse (followed, "?", 100000);
  g_assert_nonnull (charge);
  g_assert_cmpstr (charge->reference, ==, "CMD 17 & co");
  g_assert_cmpstr (charge->sender, ==, "Commandes");
  g_assert_cmpstr (ligdi_sale_get_line (charge->sale, 0)->label, ==, "Pagne « été »");
  g_assert_cmpint (ligdi_sale_get_total (charge->sale), ==, 7500);
  gtk_widget_destroy (window);
  g_free (followed);
}

int
main (int argc, char **argv)
{
  gtk_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  page = argv[1];
  g_test_add_func ("/ui/example-page/asks", test_asks);
  return g_test_run ();
}
