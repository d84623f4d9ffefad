/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-call.h"
#include "ligdi-test-canary.h"
#include "ligdi-test-peer.h"

#include <string.h>

#define KEY "K3YCANARY01234567"
#define API_TOKEN "eyJhbGci.T0KENCANARY.c2ln"
#define TOKEN "eyJ0eXAi.CREATI0NCANARY.c2ln"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

/* Answers that provoke every complaint there is, with the token in each. */
static const LigdiTestPlay plays[] = {
  { .body = "{\"response_code\":\"00\",\"token\":\"" TOKEN "\",\"response_text\":"
            "\"http://127.0.0.1:1/directpayment/invoice/" TOKEN "\",\"status\":\"completed\"}" },
  { .body = LIGDI_TEST_REFUSED ("00") },
  { .body = "{\"response_code\":\"01\",\"token\":\"" TOKEN "\",\"response_text\":\"" TOKEN "\"}" },
  { .body = "{\"response_code\":\"00\",\"token\":\"" TOKEN "\",\"response_text\":\"ftp://" TOKEN "\"}" },
  { .body = "{\"token\":\"" TOKEN "\"}" },
  { .body = "{\"token\":\"" TOKEN "\"" },
  { .body = TOKEN },
  { .body = "[\"" TOKEN "\"]" },
  { .body = "" },
  { .status = 302, .header = "Location", .value = "http://127.0.0.1:1/" TOKEN, .body = TOKEN },
  { .status = 401, .header = "WWW-Authenticate", .value = "Basic realm=\"" TOKEN "\"", .body = TOKEN },
  { .status = 429, .header = "Retry-After", .value = TOKEN, .body = TOKEN },
  { .status = 500, .body = TOKEN },
  { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" },
  { .kind = LIGDI_TEST_PLAY_BREAK, .body = TOKEN "\r\n\r\n" },
  { .kind = LIGDI_TEST_PLAY_BREAK, .body = "HTTP/1.1 200 " TOKEN "\r\n\r\n" },
  { .kind = LIGDI_TEST_PLAY_BREAK, .body = HEAD "Content-Length: 1000\r\n\r\n\"" TOKEN },
  { .kind = LIGDI_TEST_PLAY_STALL, .body = HEAD "Content-Length: 1000\r\n\r\n\"" TOKEN },
};

static void
assert_silent (const LigdiTestCall *call)
{
  static const char *const secrets[] = { KEY, API_TOKEN, TOKEN, "CANARY" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      ligdi_test_canary_assert_unheard (secrets[i]);
      if (call->error != NULL)
        g_assert_null (strstr (call->error->message, secrets[i]));
      if (call->sub_code != NULL)
        g_assert_null (strstr (call->sub_code, secrets[i]));
    }
}

static void
test_answers (void)
{
  g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
  g_autoptr (LigdiGateway) gateway
      = ligdi_gateway_new (ligdi_test_peer_get_base_url (peer), KEY, API_TOKEN, NULL);

  ligdi_gateway_set_time_limits (gateway, 200, 200);
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    {
      g_autoptr (LigdiTestCall) create = NULL;
      g_autoptr (LigdiTestCall) confirm = NULL;

      ligdi_test_peer_always_create (peer, plays[i]);
      create = ligdi_test_call_create (gateway);
      ligdi_test_call_wait (create);
      assert_silent (create);
      ligdi_test_peer_always_confirm (peer, plays[i]);
      confirm = ligdi_test_call_confirm (gateway, TOKEN);
      ligdi_test_call_wait (confirm);
      assert_silent (confirm);
    }
}

static void
test_no_answer (void)
{
  static const char *const nowhere[]
      = { "http://127.0.0.1:1", "https://ligdipay.invalid", "https://127.0.0.1:1" };

  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_autoptr (LigdiGateway) gateway = ligdi_gateway_new (nowhere[i], KEY, API_TOKEN, NULL);
      g_autoptr (LigdiTestCall) call = NULL;

      ligdi_gateway_set_time_limits (gateway, 500, 500);
      call = ligdi_test_call_confirm (gateway, TOKEN);
      ligdi_test_call_wait (call);
      g_assert_error (call->error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
      assert_silent (call);
    }
}

static void
test_refused_keys (void)
{
  g_autoptr (GError) key_error = NULL;
  g_autoptr (GError) token_error = NULL;

  g_assert_null (ligdi_gateway_new ("https://app.ligdicash.com", KEY " ", API_TOKEN, &key_error));
  g_assert_null (ligdi_gateway_new ("https://app.ligdicash.com", KEY, API_TOKEN "\n", &token_error));
  g_assert_null (strstr (key_error->message, "CANARY"));
  g_assert_null (strstr (token_error->message, "CANARY"));
  ligdi_test_canary_assert_unheard ("CANARY");
}

/* A test that hears nothing proves nothing. */
static void
test_hears (void)
{
  g_debug ("a structured %s", "line");
  g_log ("ligdi-other", G_LOG_LEVEL_DEBUG, "a plain %s", "line");
  g_assert_cmpuint (ligdi_test_canary_count_lines ("ligdi-test"), >, 0);
  g_assert_cmpuint (ligdi_test_canary_count_lines ("ligdi-other"), >, 0);
  g_assert_cmpuint (ligdi_test_canary_count_lines ("ligdi-gateway"), >, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_init (&argc, &argv, NULL);
  ligdi_test_canary_listen ();
  g_test_add_func ("/gateway-canary/answers", test_answers);
  g_test_add_func ("/gateway-canary/no-answer", test_no_answer);
  g_test_add_func ("/gateway-canary/refused-keys", test_refused_keys);
  g_test_add_func ("/gateway-canary/hears", test_hears);
  return g_test_run ();
}
