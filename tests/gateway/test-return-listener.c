/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-return-listener.h"
#include "ligdi-test.h"

#include <libsoup/soup.h>

#include <string.h>

typedef struct
{
  LigdiReturnListener *listener;
  GString *visits;
} Fixture;

static void
on_visited (LigdiReturnListener *listener, const char *uri, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", uri);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->visits = g_string_new (NULL);
  fixture->listener = ligdi_return_listener_new ("Payé & <b>fini</b>", "Fermez <i>cette</i> page.");
  g_signal_connect (fixture->listener, "visited", G_CALLBACK (on_visited), fixture->visits);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->listener);
  g_string_free (fixture->visits, TRUE);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static guint
ask (const char *method, const char *uri, char **text)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  ligdi_test_wait_until (result != NULL);
  body = soup_session_send_and_read_finish (session, result, NULL);
  if (text != NULL)
    *text = body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : NULL;
  return soup_message_get_status (message);
}

static void
test_visits (Fixture *fixture, gconstpointer data)
{
  const char *root = ligdi_return_listener_open (fixture->listener, NULL);
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_str_has_prefix (root, "http://127.0.0.1:"));
  g_assert_true (ligdi_return_listener_open (fixture->listener, NULL) == root);
  path = g_strconcat (root, "/return/abc", NULL);
  query = g_strconcat (path, "?token=secret", NULL);
  g_assert_cmpuint (ask (SOUP_METHOD_GET, query, &text), ==, SOUP_STATUS_OK);
  g_assert_nonnull (strstr (text, "<h1>Payé &amp; &lt;b&gt;fini&lt;/b&gt;</h1>"));
  g_assert_nonnull (strstr (text, "Fermez &lt;i&gt;cette&lt;/i&gt; page."));
  g_assert_null (strstr (text, "secret"));
  /* Pages may also come back by a form. */
  g_assert_cmpuint (ask (SOUP_METHOD_POST, path, NULL), ==, SOUP_STATUS_OK);
  g_assert_cmpuint (ask (SOUP_METHOD_PUT, path, NULL), ==, SOUP_STATUS_METHOD_NOT_ALLOWED);
  g_assert_cmpuint (ask (SOUP_METHOD_HEAD, path, NULL), ==, SOUP_STATUS_METHOD_NOT_ALLOWED);
  expected = g_strdup_printf ("%s\n%s\n", path, path);
  g_assert_cmpstr (fixture->visits->str, ==, expected);
}

static void
test_closes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = g_strdup (ligdi_return_listener_open (fixture->listener, NULL));

  ligdi_return_listener_close (fixture->listener);
  ligdi_return_listener_close (fixture->listener);
  g_assert_cmpuint (ask (SOUP_METHOD_GET, root, NULL), ==, 0);
  g_assert_nonnull (ligdi_return_listener_open (fixture->listener, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gateway/return-listener/visits", Fixture, NULL, set_up, test_visits, tear_down);
  g_test_add ("/gateway/return-listener/closes", Fixture, NULL, set_up, test_closes, tear_down);
  return g_test_run ();
}
