/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test.h"
#include "ligdi-test-call.h"
#include "ligdi-test-peer.h"

#include <string.h>

/* The connection test against servers on this computer. What takes a network is in
 * tests/checkout/test_network.py. */

#define LIMIT_MS 300

/* Public; the simulator prints them with --help. */
#define DEMO_KEY "DEMONSTRATION0001"
#define DEMO_TOKEN                                                                                 \
  "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."                                                          \
  "eyJpZF9hcHAiOiIxIiwiaWRfYWJvbm5lIjoxLCJkYXRlY3JlYXRpb25fYXBwIjoiMjAyNi0wMS0wMSAwMDowMDowMCJ9."   \
  "oNYHrhT0daVaX9jpzqZK85Q9OWFfBwlKzKB2zzJIo8g"

#define PAGE "\n <!DOCTYPE html><title>Bienvenue</title>"

static const char *program;

static void
on_diagnose_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *diagnosis = user_data;

  g_assert_cmpint (*diagnosis, ==, -1);
  *diagnosis = ligdi_gateway_diagnose_finish (LIGDI_GATEWAY (source), result);
}

static LigdiGateway *
open_gateway (const char *base_url, const char *key)
{
  g_autoptr (GError) error = NULL;
  LigdiGateway *gateway = ligdi_gateway_new (base_url, key, DEMO_TOKEN, &error);

  g_assert_no_error (error);
  return gateway;
}

static void
assert_diagnosis (LigdiGateway *gateway, LigdiDiagnosis expected)
{
  int diagnosis = -1;

  ligdi_gateway_diagnose_async (gateway, NULL, on_diagnose_ready, &diagnosis);
  ligdi_test_wait_until (diagnosis >= 0);
  g_assert_cmpstr (ligdi_diagnosis_to_nick ((LigdiDiagnosis) diagnosis), ==,
                   ligdi_diagnosis_to_nick (expected));
}

/* One invoice, of a hundred francs, that says what it is; and nobody asks about it. */
static void
test_one_invoice (void)
{
  g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
  g_autoptr (LigdiGateway) gateway = open_gateway (ligdi_test_peer_get_base_url (peer), DEMO_KEY);
  const LigdiTestRequest *create;

  assert_diagnosis (gateway, LIGDI_DIAGNOSIS_CONNECTED);
  g_assert_cmpuint (ligdi_test_peer_count_creates (peer), ==, 1);
  g_assert_cmpuint (ligdi_test_peer_count_requests (peer), ==, 1);
  create = ligdi_test_peer_get_create (peer, 0);
  g_assert_nonnull (strstr (create->body, "\"total_amount\":100,"));
  g_assert_nonnull (strstr (create->body, "\"description\":\"LigdiPay connection test\""));
}

/* Each as the answer to create, and as that to confirm, which asks the same way. */
static void
test_answers (void)
{
  static const struct
  {
    LigdiTestPlay play;
    LigdiDiagnosis diagnosis;
  } table[] = {
    { { .status = 503, .body = "" }, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .status = 500, .body = PAGE }, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .status = 429, .body = "" }, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .body = PAGE }, LIGDI_DIAGNOSIS_PORTAL },
    { { .status = 302, .header = "Location", .value = "http://portal.example/login", .body = "" },
      LIGDI_DIAGNOSIS_PORTAL },
    { { .status = 511, .body = PAGE }, LIGDI_DIAGNOSIS_PORTAL },
    { { .status = 401, .body = "" }, LIGDI_DIAGNOSIS_KEYS_REFUSED },
    { { .kind = LIGDI_TEST_PLAY_HOLD, .body = "" }, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .kind = LIGDI_TEST_PLAY_STALL, .body = "HTTP/1.1 200 OK\r\n" },
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .kind = LIGDI_TEST_PLAY_BREAK, .body = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{" },
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { { .body = "{\"token\":" }, LIGDI_DIAGNOSIS_UNCLEAR },
    { { .status = 302, .header = "Location", .value = "/elsewhere/on/the/same/host", .body = "" },
      LIGDI_DIAGNOSIS_UNCLEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
      g_autoptr (LigdiGateway) gateway
          = open_gateway (ligdi_test_peer_get_base_url (peer), DEMO_KEY);
      g_autoptr (LigdiTestCall) confirm = NULL;

      g_test_message ("row %u", i);
      ligdi_gateway_set_time_limits (gateway, LIMIT_MS, LIMIT_MS);
      ligdi_test_peer_always_create (peer, table[i].play);
      ligdi_test_peer_always_confirm (peer, table[i].play);
      assert_diagnosis (gateway, table[i].diagnosis);
      g_assert_cmpuint (ligdi_test_peer_count_creates (peer), ==, 1);
      confirm = ligdi_test_call_confirm (gateway, "token");
      ligdi_test_call_wait (confirm);
      g_assert_cmpint (ligdi_error_get_diagnosis (confirm->error), ==, table[i].diagnosis);
      ligdi_test_peer_release (peer);
    }
}

/* The same number means an amount to create, and to confirm an invoice it does not know. */
static void
test_confirm_codes (void)
{
  static const struct
  {
    const char *body;
    LigdiDiagnosis diagnosis;
  } table[] = {
    { LIGDI_TEST_REFUSED ("00"), LIGDI_DIAGNOSIS_KEYS_REFUSED },
    { LIGDI_TEST_REFUSED ("01"), LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED },
    { LIGDI_TEST_REFUSED ("02"), LIGDI_DIAGNOSIS_CONNECTED },
    { LIGDI_TEST_REFUSED ("03"), LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "{\"response_code\":\"00\",\"status\":\"pending\"}", LIGDI_DIAGNOSIS_CONNECTED },
  };
  g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
  g_autoptr (LigdiGateway) gateway = open_gateway (ligdi_test_peer_get_base_url (peer), DEMO_KEY);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiTestCall) call = NULL;

      ligdi_test_peer_next_confirm (peer, (LigdiTestPlay) { .body = table[i].body });
      call = ligdi_test_call_confirm (gateway, "token");
      ligdi_test_call_wait (call);
      g_assert_no_error (call->error);
      g_assert_cmpint (ligdi_gateway_read_refusal (call->confirmation), ==, table[i].diagnosis);
    }
}

static void
test_refused (void)
{
  g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
  g_autofree char *base_url = g_strdup (ligdi_test_peer_get_base_url (peer));
  g_autoptr (LigdiGateway) gateway = open_gateway (base_url, DEMO_KEY);

  ligdi_test_peer_free (g_steal_pointer (&peer));
  assert_diagnosis (gateway, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
}

static void
test_cancelled (void)
{
  g_autoptr (LigdiTestPeer) peer = ligdi_test_peer_new ();
  g_autoptr (LigdiGateway) gateway = open_gateway (ligdi_test_peer_get_base_url (peer), DEMO_KEY);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int diagnosis = -1;

  ligdi_test_peer_always_create (peer,
                                 (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD, .body = "" });
  ligdi_gateway_diagnose_async (gateway, cancellable, on_diagnose_ready, &diagnosis);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (peer) == 1);
  g_cancellable_cancel (cancellable);
  ligdi_test_wait_until (diagnosis >= 0);
  g_assert_cmpint (diagnosis, ==, LIGDI_DIAGNOSIS_UNCLEAR);
  ligdi_test_peer_release (peer);
}

/* The simulator refuses as the sheet says the gateway does. */
static void
test_simulator (void)
{
  static const struct
  {
    const char *scenario;
    const char *key;
    LigdiDiagnosis diagnosis;
  } table[] = {
    { "--no-token", DEMO_KEY, LIGDI_DIAGNOSIS_CONNECTED },
    { "--no-token", "ANOTHERSHOPSKEY01", LIGDI_DIAGNOSIS_KEYS_REFUSED },
    { "--scenario=create-code00", DEMO_KEY, LIGDI_DIAGNOSIS_KEYS_REFUSED },
    { "--scenario=create-code01", DEMO_KEY, LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED },
    { "--scenario=create-code02", DEMO_KEY, LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE },
    { "--scenario=create-code03", DEMO_KEY, LIGDI_DIAGNOSIS_IP_REFUSED },
    { "--scenario=create-500", DEMO_KEY, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "--scenario=create-hang", DEMO_KEY, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "--scenario=create-not-json", DEMO_KEY, LIGDI_DIAGNOSIS_PORTAL },
    { "--scenario=create-truncated", DEMO_KEY, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "--scenario=tls-bad-certificate", DEMO_KEY, LIGDI_DIAGNOSIS_BAD_CERTIFICATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *const options[] = { table[i].scenario, NULL };
      g_autoptr (LigdiTestSimulator) simulator = ligdi_test_simulator_start (program, options);
      g_autoptr (LigdiGateway) gateway
          = open_gateway (ligdi_test_simulator_get_base_url (simulator), table[i].key);

      /* Reading all certificates of a computer takes a slow one its time. */
      guint limit = g_str_equal (table[i].scenario, "--scenario=create-hang") ? 2000 : 30000;

      g_test_message ("%s", table[i].scenario);
      ligdi_gateway_set_time_limits (gateway, limit, limit);
      assert_diagnosis (gateway, table[i].diagnosis);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  program = argv[1];
  g_assert_nonnull (program);
  g_test_add_func ("/diagnose/one-invoice", test_one_invoice);
  g_test_add_func ("/diagnose/answers", test_answers);
  g_test_add_func ("/diagnose/confirm-codes", test_confirm_codes);
  g_test_add_func ("/diagnose/refused", test_refused);
  g_test_add_func ("/diagnose/cancelled", test_cancelled);
  g_test_add_func ("/diagnose/simulator", test_simulator);
  return g_test_run ();
}
