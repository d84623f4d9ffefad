/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test.h"
#include "ligdi-test-call.h"
#include "ligdi-test-peer.h"

#include <string.h>

#define KEY "K3Y0123456789ABCD"
#define API_TOKEN "eyJhbGciOiJIUzI1NiJ9.eyJpZF9hcHAiOiIxIn0.a-_b"
#define TOKEN "eyJ0eXAi.eyJpZCI6.c2ln"
#define LIMIT_MS 300

/* What a gateway says of an invoice of its own. */
#define COMPLETED "{\"response_code\":\"00\",\"status\":\"completed\",\"amount\":1000}"
#define PENDING "{\"response_code\":\"00\",\"status\":\"pending\"}"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

typedef struct
{
  LigdiTestPeer *peer;
  LigdiGateway *gateway;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->peer = ligdi_test_peer_new ();
  fixture->gateway = ligdi_gateway_new (ligdi_test_peer_get_base_url (fixture->peer), KEY,
                                        API_TOKEN, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->gateway), (gpointer *) &fixture->gateway);
  g_object_unref (fixture->gateway);
  ligdi_test_wait_until (fixture->gateway == NULL);
  ligdi_test_peer_free (fixture->peer);
}

static void
assert_headers (const LigdiTestRequest *request)
{
  g_assert_nonnull (strstr (request->headers, "Apikey: " KEY "\n"));
  g_assert_nonnull (strstr (request->headers, "Authorization: Bearer " API_TOKEN "\n"));
  g_assert_nonnull (strstr (request->headers, "Accept: application/json\n"));
  g_assert_null (strstr (request->headers, "Cookie"));
  /* The keys are in these two headers and nowhere else. */
  g_assert_null (strstr (request->body, KEY));
  g_assert_null (strstr (request->body, API_TOKEN));
  g_assert_true (request->query == NULL || strstr (request->query, KEY) == NULL);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiTestCall) call = ligdi_test_call_create (fixture->gateway);
  const LigdiTestRequest *request;

  ligdi_test_call_wait (call);
  g_assert_no_error (call->error);
  request = ligdi_test_peer_get_create (fixture->peer, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/pay/v01/redirect/checkout-invoice/create");
  g_assert_null (request->query);
  g_assert_nonnull (strstr (request->headers, "Content-Type: application/json\n"));
  assert_headers (request);
  g_assert_nonnull (strstr (request->body, "\"commande\""));
  g_assert_cmpstr (call->reply->token, ==, request->token);
  g_assert_nonnull (strstr (call->reply->page_url, request->token));
  g_assert_cmpuint (ligdi_test_peer_count_requests (fixture->peer), ==, 1);
}

static void
test_create_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiTestCall) amount = NULL;
  g_autoptr (LigdiTestCall) keys = NULL;

  ligdi_test_peer_next_create (fixture->peer, (LigdiTestPlay) { .body = LIGDI_TEST_REFUSED ("02") });
  ligdi_test_peer_next_create (fixture->peer, (LigdiTestPlay) { .body = LIGDI_TEST_REFUSED ("00") });
  amount = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (amount);
  g_assert_error (amount->error, LIGDI_ERROR, LIGDI_ERROR_REFUSED);
  g_assert_cmpstr (amount->sub_code, ==, "02");
  keys = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (keys);
  g_assert_error (keys->error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
}

static void
test_confirm (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiTestCall) create = ligdi_test_call_create (fixture->gateway);
  g_autoptr (LigdiTestCall) confirm = NULL;
  const LigdiTestRequest *request;

  ligdi_test_call_wait (create);
  ligdi_test_peer_always_confirm (fixture->peer,
                                  (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED ("completed") });
  confirm = ligdi_test_call_confirm (fixture->gateway, create->reply->token);
  ligdi_test_call_wait (confirm);
  g_assert_no_error (confirm->error);
  g_assert_cmpint (confirm->confirmation->status, ==, LIGDI_CONFIRM_COMPLETED);
  g_assert_cmpstr (confirm->confirmation->transaction_id, ==, "LGD-2222-3333-0123456789abcdef");
  g_assert_cmpint (confirm->confirmation->amount, ==, 1000);
  g_assert_cmpint (confirm->retry_after, ==, 0);

  request = ligdi_test_peer_get_confirm (fixture->peer, 0);
  g_assert_cmpstr (request->method, ==, "GET");
  /* With a slash before the query, as every working client sends it. */
  g_assert_cmpstr (request->path, ==, "/pay/v01/redirect/checkout-invoice/confirm/");
  g_assert_true (g_str_has_prefix (request->query, "invoiceToken="));
  assert_headers (request);
}

/* A token is the gateway's to choose; it arrives as it came. */
static void
test_token_is_escaped (Fixture *fixture, gconstpointer data)
{
  static const char token[] = "a+b/c=d&token=e#f?g%20h;i\"'<>\\^`{|}~";
  g_autoptr (LigdiTestCall) call = ligdi_test_call_confirm (fixture->gateway, token);

  ligdi_test_call_wait (call);
  g_assert_cmpstr (ligdi_test_peer_get_confirm (fixture->peer, 0)->token, ==, token);
  g_assert_cmpstr (ligdi_test_peer_get_confirm (fixture->peer, 0)->path, ==,
                   "/pay/v01/redirect/checkout-invoice/confirm/");
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    LigdiError code;
  } table[] = {
    { 201, 0 },
    { 204, LIGDI_ERROR_PROTOCOL },
    { 301, LIGDI_ERROR_PROTOCOL },
    { 304, LIGDI_ERROR_PROTOCOL },
    { 400, LIGDI_ERROR_PROTOCOL },
    { 401, LIGDI_ERROR_CREDENTIALS },
    { 403, LIGDI_ERROR_CREDENTIALS },
    { 404, LIGDI_ERROR_PROTOCOL },
    { 407, LIGDI_ERROR_PROTOCOL },
    { 408, LIGDI_ERROR_PROTOCOL },
    { 429, LIGDI_ERROR_PROTOCOL },
    { 500, LIGDI_ERROR_PROTOCOL },
    { 502, LIGDI_ERROR_PROTOCOL },
    { 503, LIGDI_ERROR_PROTOCOL },
    { 599, LIGDI_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      /* A body that would say "paid" counts for nothing with the wrong status. */
      LigdiTestPlay play
          = { .status = table[i].status, .body = COMPLETED };
      g_autoptr (LigdiTestCall) call = NULL;

      g_test_message ("HTTP %u", table[i].status);
      ligdi_test_peer_next_confirm (fixture->peer, play);
      call = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      ligdi_test_call_wait (call);
      if (table[i].status == 201)
        g_assert_no_error (call->error);
      else
        g_assert_error (call->error, LIGDI_ERROR, (int) table[i].code);
      g_assert_cmpuint (ligdi_test_peer_count_confirms (fixture->peer), ==, i + 1);
    }
}

/* Nothing answers a challenge with the keys, and nothing asks twice. */
static void
test_challenge (Fixture *fixture, gconstpointer data)
{
  static const char *const challenges[]
      = { "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "Negotiate", "NTLM" };

  for (guint i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      LigdiTestPlay play = { .status = 401,
                             .header = "WWW-Authenticate",
                             .value = challenges[i],
                             .body = "{}" };
      g_autoptr (LigdiTestCall) call = NULL;

      ligdi_test_peer_next_confirm (fixture->peer, play);
      call = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      ligdi_test_call_wait (call);
      g_assert_error (call->error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
      g_assert_cmpuint (ligdi_test_peer_count_requests (fixture->peer), ==, i + 1);
    }
}

static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 300, 301, 302, 303, 307, 308 };
  g_autoptr (LigdiTestPeer) elsewhere = ligdi_test_peer_new ();
  g_autofree char *target
      = g_strconcat (ligdi_test_peer_get_base_url (elsewhere),
                     "/pay/v01/redirect/checkout-invoice/confirm/?invoiceToken=x", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      LigdiTestPlay play
          = { .status = statuses[i], .header = "Location", .value = target, .body = "{}" };
      g_autoptr (LigdiTestCall) create = NULL;
      g_autoptr (LigdiTestCall) confirm = NULL;

      ligdi_test_peer_next_create (fixture->peer, play);
      ligdi_test_peer_next_confirm (fixture->peer, play);
      create = ligdi_test_call_create (fixture->gateway);
      confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      ligdi_test_call_wait (create);
      ligdi_test_call_wait (confirm);
      g_assert_error (create->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
      g_assert_error (confirm->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
    }
  /* The keys did not travel there. */
  g_assert_cmpuint (ligdi_test_peer_count_requests (elsewhere), ==, 0);
}

static void
assert_retry_after (Fixture *fixture, guint status, const char *value, gint64 least, gint64 most)
{
  LigdiTestPlay play = { .status = status,
                         .header = value != NULL ? "Retry-After" : NULL,
                         .value = value,
                         .body = PENDING };
  g_autoptr (LigdiTestCall) call = NULL;

  g_test_message ("Retry-After: %s", value);
  ligdi_test_peer_next_confirm (fixture->peer, play);
  call = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (call);
  g_assert_cmpint (call->retry_after, >=, least);
  g_assert_cmpint (call->retry_after, <=, most);
  if (status == 200)
    g_assert_no_error (call->error);
  else
    g_assert_error (call->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 100);
  g_autoptr (GDateTime) past = g_date_time_add_seconds (now, -100);
  g_autoptr (GDateTime) far = g_date_time_add_years (now, 2);
  g_autofree char *soon_text = g_date_time_format (soon, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *past_text = g_date_time_format (past, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *far_text = g_date_time_format (far, "%a, %d %b %Y %H:%M:%S GMT");

  assert_retry_after (fixture, 429, NULL, 0, 0);
  assert_retry_after (fixture, 429, "7", 7000, 7000);
  assert_retry_after (fixture, 503, " 120 ", 120000, 120000);
  assert_retry_after (fixture, 200, "5", 5000, 5000);
  assert_retry_after (fixture, 429, soon_text, 60000, 100000);
  assert_retry_after (fixture, 429, past_text, 0, 0);
  /* Nobody may silence a till for longer than a day. */
  assert_retry_after (fixture, 429, far_text, 24 * 3600 * 1000, 24 * 3600 * 1000);
  assert_retry_after (fixture, 429, "99999999999999999999", 24 * 3600 * 1000, 24 * 3600 * 1000);
  assert_retry_after (fixture, 429, "0", 0, 0);
  assert_retry_after (fixture, 429, "-5", 0, 0);
  assert_retry_after (fixture, 429, "-99999999999999999999", 0, 0);
  assert_retry_after (fixture, 429, "", 0, 0);
  assert_retry_after (fixture, 429, "soon", 0, 0);
  assert_retry_after (fixture, 429, "Mon, 99 Foo 2026 99:99:99 GMT", 0, 0);
}

static void
assert_offline_in_time (LigdiTestCall *call)
{
  ligdi_test_call_wait (call);
  g_assert_error (call->error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
  g_assert_cmpint (call->ended - call->started, >=, (LIMIT_MS - 10) * 1000);
}

/* Wherever the other side falls silent, the limit is on the whole of the call. */
static void
test_time_limits (Fixture *fixture, gconstpointer data)
{
  static const LigdiTestPlay silences[] = {
    { .kind = LIGDI_TEST_PLAY_HOLD, .body = COMPLETED },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = "" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = "HTTP/1.1 200 OK\r\nContent-Ty" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "Content-Length: 1000\r\n\r\n" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "Content-Length: 1000\r\n\r\n{\"response_co" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"res" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "\r\n{\"response_code\":\"00\"}" },
  };

  ligdi_gateway_set_time_limits (fixture->gateway, LIMIT_MS, LIMIT_MS);
  for (guint i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      g_autoptr (LigdiTestCall) create = NULL;
      g_autoptr (LigdiTestCall) confirm = NULL;

      g_test_message ("silence %u", i);
      ligdi_test_peer_next_create (fixture->peer, silences[i]);
      create = ligdi_test_call_create (fixture->gateway);
      assert_offline_in_time (create);
      ligdi_test_peer_next_confirm (fixture->peer, silences[i]);
      confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      assert_offline_in_time (confirm);
    }
}

/* The two limits are two. */
static void
test_time_limits_apart (Fixture *fixture, gconstpointer data)
{
  LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD, .body = LIGDI_TEST_CREATED };
  g_autoptr (LigdiTestCall) create = NULL;
  g_autoptr (LigdiTestCall) confirm = NULL;

  ligdi_gateway_set_time_limits (fixture->gateway, 600000, LIMIT_MS);
  ligdi_test_peer_always_create (fixture->peer, held);
  ligdi_test_peer_always_confirm (fixture->peer, held);
  create = ligdi_test_call_create (fixture->gateway);
  confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  assert_offline_in_time (confirm);
  g_assert_cmpuint (create->n_answers, ==, 0);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (fixture->peer) == 1);
  ligdi_test_peer_release (fixture->peer);
  ligdi_test_call_wait (create);
  g_assert_no_error (create->error);
}

static void
assert_too_large (Fixture *fixture, LigdiTestPlay play)
{
  g_autoptr (LigdiTestCall) create = NULL;
  g_autoptr (LigdiTestCall) confirm = NULL;

  ligdi_test_peer_next_create (fixture->peer, play);
  create = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (create);
  g_assert_error (create->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
  ligdi_test_peer_next_confirm (fixture->peer, play);
  confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (confirm);
  g_assert_error (confirm->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (64 * 1024, ' ');
  g_autofree char *large = g_strnfill (300 * 1024, ' ');
  g_autofree char *chunk = g_strconcat ("10000\r\n", spaces, "\r\n", NULL);
  g_autofree char *honest = g_strconcat (large, COMPLETED, NULL);

  assert_too_large (fixture, (LigdiTestPlay) { .body = honest });
  assert_too_large (fixture, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_FLOOD,
                                               .head = HEAD "\r\n",
                                               .body = spaces });
  assert_too_large (fixture, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_FLOOD,
                                               .head = HEAD "Content-Length: 9999999999999\r\n\r\n",
                                               .body = spaces });
  assert_too_large (fixture, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_FLOOD,
                                               .head = HEAD "Transfer-Encoding: chunked\r\n\r\n",
                                               .body = chunk });
}

static char *
gzip (gsize length, gsize *zipped_length)
{
  g_autofree char *plain = g_strnfill (length, ' ');
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream
      = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, plain, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  *zipped_length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static gboolean
on_raw_connection (GThreadedSocketService *service, GSocketConnection *connection,
                   GObject *source, gpointer user_data)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *head = NULL;
  g_autofree char *zipped = NULL;
  char buffer[4096];
  gsize length;

  if (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL) <= 0)
    return TRUE;
  zipped = gzip (8 * 1024 * 1024, &length);
  head = g_strdup_printf (HEAD "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT
                               "\r\n\r\n",
                          length);
  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (output, zipped, length, NULL, NULL, NULL);
  return TRUE;
}

/* Eight megabytes in eight kilobytes: what counts is what comes out. */
static void
test_too_large_unpacked (void)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (2);
  g_autoptr (LigdiGateway) gateway = NULL;
  g_autoptr (LigdiTestCall) call = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (on_raw_connection), NULL);
  base_url = g_strdup_printf ("http://127.0.0.1:%u", port);
  gateway = ligdi_gateway_new (base_url, KEY, API_TOKEN, &error);
  g_assert_no_error (error);
  call = ligdi_test_call_confirm (gateway, TOKEN);
  ligdi_test_call_wait (call);
  g_assert_error (call->error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

/* Headers without end are an answer without end. */
static void
test_endless_headers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = g_strnfill (1024, 'a');
  g_autofree char *header = g_strconcat ("X-Filler: ", value, "\r\n", NULL);
  g_autofree char *line = g_strnfill (1024, 'a');
  g_autoptr (LigdiTestCall) headers = NULL;
  g_autoptr (LigdiTestCall) one_line = NULL;

  ligdi_gateway_set_time_limits (fixture->gateway, 2000, 2000);
  ligdi_test_peer_next_confirm (fixture->peer,
                                (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_FLOOD,
                                                  .head = HEAD,
                                                  .body = header });
  headers = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (headers);
  g_assert_nonnull (headers->error);
  ligdi_test_peer_next_confirm (fixture->peer,
                                (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_FLOOD,
                                                  .head = HEAD "X-Filler: ",
                                                  .body = line });
  one_line = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (one_line);
  g_assert_nonnull (one_line->error);
}

static void
test_broken_off (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = {
    "",
    "HTTP/1.1 2",
    "HTTP/1.1 200 OK\r\n",
    HEAD "Content-Length: 1000\r\n\r\n",
    HEAD "Content-Length: 1000\r\n\r\n{\"response_code\":\"00\"",
    HEAD "Transfer-Encoding: chunked\r\n\r\n15\r\n{\"response_code\":\"00\"\r\n",
    HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "not HTTP at all\r\n\r\n",
    "HTTP/9.9 200 OK\r\n\r\n{}",
    "HTTP/1.1 99999 OK\r\n\r\n{}",
    "\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01",
    HEAD "Content-Length: 1000\r\n\r\n" COMPLETED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      LigdiTestPlay play = { .kind = LIGDI_TEST_PLAY_BREAK, .body = answers[i] };
      g_autoptr (LigdiTestCall) create = NULL;
      g_autoptr (LigdiTestCall) confirm = NULL;

      g_test_message ("answer %u", i);
      ligdi_test_peer_always_create (fixture->peer, play);
      ligdi_test_peer_always_confirm (fixture->peer, play);
      create = ligdi_test_call_create (fixture->gateway);
      ligdi_test_call_wait (create);
      g_assert_nonnull (create->error);
      g_assert_true (create->error->domain == LIGDI_ERROR);
      confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      ligdi_test_call_wait (confirm);
      g_assert_nonnull (confirm->error);
      g_assert_true (confirm->error->domain == LIGDI_ERROR);
    }
}

static void
test_nobody_there (void)
{
  LigdiTestPeer *peer = ligdi_test_peer_new ();
  g_autoptr (LigdiGateway) gateway
      = ligdi_gateway_new (ligdi_test_peer_get_base_url (peer), KEY, API_TOKEN, NULL);
  g_autoptr (LigdiTestCall) create = NULL;
  g_autoptr (LigdiTestCall) confirm = NULL;

  ligdi_test_peer_free (peer);
  create = ligdi_test_call_create (gateway);
  confirm = ligdi_test_call_confirm (gateway, TOKEN);
  ligdi_test_call_wait (create);
  ligdi_test_call_wait (confirm);
  g_assert_error (create->error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
  g_assert_error (confirm->error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
}

static void
assert_cancelled (LigdiTestCall *call)
{
  g_cancellable_cancel (call->cancellable);
  ligdi_test_call_wait (call);
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Cancelling ends a call at once and once, whatever it was waiting for. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  static const LigdiTestPlay silences[] = {
    { .kind = LIGDI_TEST_PLAY_HOLD, .body = COMPLETED },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = "HTTP/1.1 200 OK\r\nContent-Ty" },
    { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "Content-Length: 1000\r\n\r\n{\"re" },
  };
  g_autoptr (LigdiTestCall) unsent_create = ligdi_test_call_create (fixture->gateway);
  g_autoptr (LigdiTestCall) unsent_confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);

  assert_cancelled (unsent_create);
  assert_cancelled (unsent_confirm);
  for (guint i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      guint n_creates = ligdi_test_peer_count_creates (fixture->peer);
      guint n_confirms = ligdi_test_peer_count_confirms (fixture->peer);
      g_autoptr (LigdiTestCall) create = NULL;
      g_autoptr (LigdiTestCall) confirm = NULL;

      ligdi_test_peer_next_create (fixture->peer, silences[i]);
      create = ligdi_test_call_create (fixture->gateway);
      ligdi_test_wait_until (ligdi_test_peer_count_creates (fixture->peer) > n_creates);
      assert_cancelled (create);
      ligdi_test_peer_next_confirm (fixture->peer, silences[i]);
      confirm = ligdi_test_call_confirm (fixture->gateway, TOKEN);
      ligdi_test_wait_until (ligdi_test_peer_count_confirms (fixture->peer) > n_confirms);
      assert_cancelled (confirm);
    }
}

/* Whatever step a call has got to, cancelling it in that very turn of the main loop is safe. */
static void
test_cancel_at_every_step (Fixture *fixture, gconstpointer data)
{
  gboolean answered = FALSE;

  for (guint n_turns = 0; !answered; n_turns++)
    {
      g_autoptr (LigdiTestCall) call = ligdi_test_call_create (fixture->gateway);

      for (guint i = 0; i < n_turns && call->n_answers == 0; i++)
        g_main_context_iteration (NULL, TRUE);
      answered = call->n_answers > 0;
      g_cancellable_cancel (call->cancellable);
      ligdi_test_call_wait (call);
      if (!answered)
        g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_cancel_when_answered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiTestCall) call = ligdi_test_call_create (fixture->gateway);

  ligdi_test_call_wait (call);
  g_cancellable_cancel (call->cancellable);
  ligdi_test_finish_loop ();
  g_assert_no_error (call->error);
}

/* The owner of a gateway may let go of it while it is asking. */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  LigdiGateway *gateway
      = ligdi_gateway_new (ligdi_test_peer_get_base_url (fixture->peer), KEY, API_TOKEN, NULL);
  g_autoptr (LigdiTestCall) call = NULL;

  ligdi_test_peer_next_confirm (fixture->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                                 .body = "{}" });
  call = ligdi_test_call_confirm (gateway, TOKEN);
  g_object_add_weak_pointer (G_OBJECT (gateway), (gpointer *) &gateway);
  g_object_unref (gateway);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (fixture->peer) == 1);
  assert_cancelled (call);
  ligdi_test_wait_until (gateway == NULL);
}

/* A connection that is open is used again, for create too. */
static void
test_connections_are_reused (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LigdiTestCall) create = ligdi_test_call_create (fixture->gateway);
      g_autoptr (LigdiTestCall) confirm = NULL;

      ligdi_test_call_wait (create);
      g_assert_no_error (create->error);
      confirm = ligdi_test_call_confirm (fixture->gateway, create->reply->token);
      ligdi_test_call_wait (confirm);
      g_assert_no_error (confirm->error);
    }
  g_assert_cmpuint (ligdi_test_peer_count_requests (fixture->peer), ==, 6);
  g_assert_cmpuint (ligdi_test_peer_count_connections (fixture->peer), ==, 1);
}

/* The gateway may close an idle connection without a word: the next customer does not notice. */
static void
test_closed_connection_is_replaced (Fixture *fixture, gconstpointer data)
{
  static const char answer[] = HEAD "Content-Length: 35\r\n\r\n"
                                    "{\"response_code\":\"01\",\"x\":\"Code02\"}";
  g_autoptr (LigdiTestCall) first = NULL;
  g_autoptr (LigdiTestCall) second = NULL;

  ligdi_test_peer_next_create (fixture->peer,
                               (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_BREAK, .body = answer });
  first = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (first);
  g_assert_error (first->error, LIGDI_ERROR, LIGDI_ERROR_REFUSED);
  ligdi_test_finish_loop ();
  second = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (second);
  g_assert_no_error (second->error);
  g_assert_cmpuint (ligdi_test_peer_count_connections (fixture->peer), ==, 2);
}

/* Questions that hang must not keep the next customer waiting. */
static void
test_hanging_questions_block_nobody (Fixture *fixture, gconstpointer data)
{
  LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD, .body = PENDING };
  LigdiTestCall *confirms[4];
  g_autoptr (LigdiTestCall) create = NULL;

  ligdi_test_peer_always_confirm (fixture->peer, held);
  for (guint i = 0; i < G_N_ELEMENTS (confirms); i++)
    confirms[i] = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (fixture->peer)
                         == G_N_ELEMENTS (confirms));
  create = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (create);
  g_assert_no_error (create->error);
  for (guint i = 0; i < G_N_ELEMENTS (confirms); i++)
    {
      g_assert_cmpuint (confirms[i]->n_answers, ==, 0);
      assert_cancelled (confirms[i]);
      ligdi_test_call_free (confirms[i]);
    }
}

/* What one answer sets, the next request does not carry. */
static void
test_no_cookies (Fixture *fixture, gconstpointer data)
{
  LigdiTestPlay cookie = { .header = "Set-Cookie",
                           .value = "session=1; Path=/",
                           .body = PENDING };
  g_autoptr (LigdiTestCall) first = NULL;
  g_autoptr (LigdiTestCall) second = NULL;

  ligdi_test_peer_next_confirm (fixture->peer, cookie);
  first = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (first);
  second = ligdi_test_call_confirm (fixture->gateway, TOKEN);
  ligdi_test_call_wait (second);
  assert_headers (ligdi_test_peer_get_confirm (fixture->peer, 1));
}

/* Keys that cannot be any change nothing. */
static void
test_other_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiTestCall) first = NULL;
  g_autoptr (LigdiTestCall) second = NULL;
  const LigdiTestRequest *request;

  g_assert_false (ligdi_gateway_set_keys (fixture->gateway, "OTHERKEY", ""));
  first = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (first);
  assert_headers (ligdi_test_peer_get_create (fixture->peer, 0));
  g_assert_true (ligdi_gateway_set_keys (fixture->gateway, "OTHERKEY", "OTHERTOKEN"));
  second = ligdi_test_call_create (fixture->gateway);
  ligdi_test_call_wait (second);
  request = ligdi_test_peer_get_create (fixture->peer, 1);
  g_assert_nonnull (strstr (request->headers, "Apikey: OTHERKEY\n"));
  g_assert_nonnull (strstr (request->headers, "Authorization: Bearer OTHERTOKEN\n"));
}

static void
test_new (void)
{
  static const struct
  {
    const char *base_url, *api_key, *api_token;
  } refused[] = {
    { "https://app.ligdicash.com", NULL, API_TOKEN },
    { "https://app.ligdicash.com", KEY, NULL },
    { "https://app.ligdicash.com", "", API_TOKEN },
    { "https://app.ligdicash.com", KEY, "" },
    { "https://app.ligdicash.com", "K Y", API_TOKEN },
    { "https://app.ligdicash.com", KEY, "eyJ\r\nX-Evil: 1" },
    { "https://app.ligdicash.com", KEY "\n", API_TOKEN },
    { "https://app.ligdicash.com", "cl\xc3\xa9", API_TOKEN },
    { "http://app.ligdicash.com", KEY, API_TOKEN },
    { "", KEY, API_TOKEN },
    { "https://app.ligdicash.com/pay", KEY, API_TOKEN },
  };
  g_autoptr (LigdiGateway) live = ligdi_gateway_new ("https://app.ligdicash.com/", KEY, API_TOKEN,
                                                     NULL);
  g_autoptr (LigdiGateway) demonstration = ligdi_gateway_new ("http://127.0.0.1:8080", KEY,
                                                              API_TOKEN, NULL);

  g_assert_cmpstr (ligdi_gateway_get_base_url (live), ==, "https://app.ligdicash.com");
  g_assert_false (ligdi_gateway_is_loopback (live));
  g_assert_cmpstr (ligdi_gateway_get_base_url (demonstration), ==, "http://127.0.0.1:8080");
  g_assert_true (ligdi_gateway_is_loopback (demonstration));

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiGateway) gateway = ligdi_gateway_new (
          refused[i].base_url, refused[i].api_key, refused[i].api_token, &error);

      g_assert_null (gateway);
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS);
      g_assert_null (strstr (error->message, KEY));
    }
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gateway/new", test_new);
  add ("/gateway/create", test_create);
  add ("/gateway/other-keys", test_other_keys);
  add ("/gateway/create-refused", test_create_refused);
  add ("/gateway/confirm", test_confirm);
  add ("/gateway/token-is-escaped", test_token_is_escaped);
  add ("/gateway/statuses", test_statuses);
  add ("/gateway/challenge", test_challenge);
  add ("/gateway/redirects", test_redirects);
  add ("/gateway/retry-after", test_retry_after);
  add ("/gateway/time-limits", test_time_limits);
  add ("/gateway/time-limits-apart", test_time_limits_apart);
  add ("/gateway/too-large", test_too_large);
  g_test_add_func ("/gateway/too-large-unpacked", test_too_large_unpacked);
  add ("/gateway/endless-headers", test_endless_headers);
  add ("/gateway/broken-off", test_broken_off);
  g_test_add_func ("/gateway/nobody-there", test_nobody_there);
  add ("/gateway/cancel", test_cancel);
  add ("/gateway/cancel-at-every-step", test_cancel_at_every_step);
  add ("/gateway/cancel-when-answered", test_cancel_when_answered);
  add ("/gateway/let-go", test_let_go);
  add ("/gateway/connections-are-reused", test_connections_are_reused);
  add ("/gateway/closed-connection-is-replaced", test_closed_connection_is_replaced);
  add ("/gateway/hanging-questions-block-nobody", test_hanging_questions_block_nobody);
  add ("/gateway/no-cookies", test_no_cookies);
  return g_test_run ();
}
