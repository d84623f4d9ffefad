/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the figures are compared with: a bare window that is linked to WebKit, one create
 * and one confirm over a kept-alive connection, and the payment page in a warm web view
 * with the same rendering and sandbox as the till's, connected to the last page's origin;
 * beside it, the same page in a view that did not exist before. Prints "NAME µs" lines; ends
 * when its standard input does. */

#include "ligdi-address.h"
#include "ligdi-web-view.h"

#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <webkit2/webkit2.h>

#include <stdio.h>

typedef struct
{
  const char *base_url;
  char *api_key;
  char *authorization;
  GtkWidget *window;
  WebKitWebView *view;
  SoupSession *session;
  char *token;
  char *page_url;
  char *origin; /* of the last page, which the next view connects to ahead of it */
  gint64 started;
  int rounds;
  gboolean committed; /* and nothing of it was seen yet */
  gboolean looking;
} Floor;

static void
report (const char *name, gint64 value)
{
  printf ("%s %" G_GINT64_FORMAT "\n", name, value);
  fflush (stdout);
}

static void
once_painted (GtkWidget *widget, GCallback callback, gpointer data)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (widget), "after-paint", callback, data);
  gtk_widget_queue_draw (widget);
}

static GBytes *
exchange (Floor *floor, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GError) error = NULL;
  GBytes *body;

  soup_message_headers_replace (headers, "Apikey", floor->api_key);
  soup_message_headers_replace (headers, "Authorization", floor->authorization);
  soup_message_headers_replace (headers, "Accept", "application/json");
  body = soup_session_send_and_read (floor->session, message, NULL, &error);
  if (body == NULL)
    g_error ("%s", error->message);
  return body;
}

static void
create (Floor *floor)
{
  static const char request[]
      = "{\"commande\":{\"invoice\":{\"items\":[{\"name\":\"Montant libre\",\"description\":\"\","
        "\"quantity\":1,\"unit_price\":12500,\"total_price\":12500}],\"total_amount\":12500,"
        "\"devise\":\"XOF\",\"description\":\"Ticket\",\"customer\":\"\",\"customer_firstname\":"
        "\"\",\"customer_lastname\":\"\",\"customer_email\":\"\",\"external_id\":\"\",\"otp\":\"\"},"
        "\"store\":{\"name\":\"Floor\",\"website_url\":\"\"},\"actions\":{\"cancel_url\":"
        "\"https://floor.invalid/c\",\"return_url\":\"https://floor.invalid/r\",\"callback_url\":"
        "\"\"},\"custom_data\":{\"transaction_id\":\"floor\"}}}";
  g_autofree char *uri
      = g_strconcat (floor->base_url, "/pay/v01/redirect/checkout-invoice/create", NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, uri);
  g_autoptr (GBytes) body = g_bytes_new_static (request, sizeof request - 1);
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  reply = exchange (floor, message);
  if (!json_parser_load_from_data (parser, g_bytes_get_data (reply, NULL),
                                   (gssize) g_bytes_get_size (reply), NULL))
    g_error ("create did not answer JSON");
  object = json_node_get_object (json_parser_get_root (parser));
  g_free (floor->token);
  floor->token = g_strdup (json_object_get_string_member (object, "token"));
  g_free (floor->page_url);
  floor->page_url = g_strdup (json_object_get_string_member (object, "response_text"));
  g_free (floor->origin);
  floor->origin = ligdi_address_get_origin (floor->page_url);
}

static void
confirm (Floor *floor)
{
  g_autofree char *uri = g_strconcat (floor->base_url,
                                      "/pay/v01/redirect/checkout-invoice/confirm/?invoiceToken=",
                                      floor->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GBytes) reply = exchange (floor, message);

  report ("confirm", g_get_monotonic_time () - started);
}

static void
on_page_painted (Floor *floor)
{
  report ("page", g_get_monotonic_time () - floor->started);
  confirm (floor);
  report ("round", floor->rounds);
}

/* As the till traces it: the first frame that has anything of the page in it. */
static gboolean
on_drawn (GtkWidget *view, cairo_t *cr, gpointer user_data)
{
  Floor *floor = user_data;

  if (!floor->committed || floor->looking)
    return GDK_EVENT_PROPAGATE;
  floor->looking = TRUE;
  if (!ligdi_web_view_is_blank (floor->view))
    {
      floor->committed = FALSE;
      on_page_painted (floor);
    }
  floor->looking = FALSE;
  return GDK_EVENT_PROPAGATE;
}

static void
on_load_changed (WebKitWebView *view, WebKitLoadEvent event, gpointer user_data)
{
  Floor *floor = user_data;

  if (event == WEBKIT_LOAD_FINISHED && floor->page_url == NULL)
    report ("warm", 0);
  else if (event == WEBKIT_LOAD_COMMITTED && floor->page_url != NULL)
    floor->committed = TRUE;
}

static void
drop_view (Floor *floor)
{
  g_clear_pointer (&floor->page_url, g_free);
  floor->committed = FALSE;
  if (floor->view != NULL)
    gtk_widget_destroy (GTK_WIDGET (floor->view));
  floor->view = NULL;
}

static void
make_view (Floor *floor)
{
  g_autoptr (WebKitWebContext) context = webkit_web_context_new_ephemeral ();
  g_autoptr (WebKitSettings) settings = webkit_settings_new ();

  webkit_web_context_set_sandbox_enabled (context, g_getenv ("FLOOR_UNSANDBOXED") == NULL);
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  floor->view = WEBKIT_WEB_VIEW (
      g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "settings", settings, NULL));
  g_signal_connect (floor->view, "load-changed", G_CALLBACK (on_load_changed), floor);
  g_signal_connect_after (floor->view, "draw", G_CALLBACK (on_drawn), floor);
  gtk_container_add (GTK_CONTAINER (floor->window), GTK_WIDGET (floor->view));
  gtk_widget_show (GTK_WIDGET (floor->view));
}

static void
connect_ahead (Floor *floor)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, floor->base_url);

  soup_session_preconnect_async (floor->session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/* A fresh view for a round; warm once it has loaded nothing. */
static void
warm_up (Floor *floor)
{
  g_autofree char *html = NULL;

  drop_view (floor);
  connect_ahead (floor);
  make_view (floor);
  if (floor->origin == NULL)
    {
      webkit_web_view_load_uri (floor->view, "about:blank");
      return;
    }
  html = g_markup_printf_escaped ("<link rel=\"preconnect\" href=\"%s\">", floor->origin);
  webkit_web_view_load_html (floor->view, html, NULL);
}

static void
pay (Floor *floor)
{
  create (floor);
  report ("create", g_get_monotonic_time () - floor->started);
  floor->rounds++;
  webkit_web_view_load_uri (floor->view, floor->page_url);
}

/* The caller asks for one thing a line: "warm", then "page"; or "rest", so that nothing is
 * there to hinder others, and "cold". */
static gboolean
on_input (int fd, GIOCondition condition, gpointer user_data)
{
  Floor *floor = user_data;
  char line[16];

  if (fgets (line, sizeof line, stdin) == NULL)
    {
      gtk_main_quit ();
      return G_SOURCE_REMOVE;
    }
  if (g_str_has_prefix (line, "warm"))
    warm_up (floor);
  else if (g_str_has_prefix (line, "rest"))
    drop_view (floor);
  else
    {
      floor->started = g_get_monotonic_time ();
      if (floor->view == NULL)
        make_view (floor);
      pay (floor);
    }
  return G_SOURCE_CONTINUE;
}

static void
on_window_painted (Floor *floor, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_data (clock, floor);
  report ("ready", g_get_monotonic_time ());
  g_unix_fd_add (0, G_IO_IN | G_IO_HUP, on_input, floor);
}

static char *
load_key (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s is missing", name);
  return g_strstrip (text);
}

int
main (int argc, char *argv[])
{
  Floor floor = { 0 };
  g_autofree char *token = NULL;

  if (argc != 3)
    return 2;
  floor.base_url = argv[1];
  floor.api_key = load_key (argv[2], "ligdipay-api-key");
  token = load_key (argv[2], "ligdipay-api-token");
  floor.authorization = g_strconcat ("Bearer ", token, NULL);

  gtk_init (&argc, &argv);
  setvbuf (stdin, NULL, _IONBF, 0);
  floor.session = soup_session_new ();
  floor.window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size (GTK_WINDOW (floor.window), 1280, 800);
  gtk_widget_show (floor.window);
  once_painted (floor.window, G_CALLBACK (on_window_painted), &floor);
  gtk_main ();

  gtk_widget_destroy (floor.window);
  g_object_unref (floor.session);
  g_free (floor.token);
  g_free (floor.page_url);
  g_free (floor.origin);
  g_free (floor.api_key);
  g_free (floor.authorization);
  return 0;
}
