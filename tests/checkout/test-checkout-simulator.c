/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-test-till.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/* The till against the simulator that was written from the same sheet without a line in
 * common: two readings of one protocol. */

#define AMOUNT 12500

/* Public; the simulator prints them with --help. */
#define DEMO_KEY "DEMONSTRATION0001"
#define DEMO_TOKEN                                                                                 \
  "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."                                                          \
  "eyJpZF9hcHAiOiIxIiwiaWRfYWJvbm5lIjoxLCJkYXRlY3JlYXRpb25fYXBwIjoiMjAyNi0wMS0wMSAwMDowMDowMCJ9."   \
  "oNYHrhT0daVaX9jpzqZK85Q9OWFfBwlKzKB2zzJIo8g"

static const char *program;

typedef struct
{
  LigdiTestFolder *folder;
  LigdiTestSimulator *simulator;
  SoupSession *session;
  LigdiGateway *gateway;
  LigdiLedger *ledger;
  LigdiCheckout *checkout;
  GError *create_error;
} Fixture;

static void
on_create_failed (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                  gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->create_error);
  fixture->create_error = g_error_copy (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = ligdi_test_make_folder ();
  fixture->simulator = ligdi_test_simulator_start (program, data);
  fixture->session = soup_session_new ();
  fixture->gateway
      = ligdi_gateway_new (ligdi_test_simulator_get_base_url (fixture->simulator), DEMO_KEY,
                           DEMO_TOKEN, &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "ledger.sqlite", NULL);
  fixture->ledger = ligdi_ledger_open (path, &error);
  g_assert_no_error (error);
  fixture->checkout = ligdi_checkout_new (fixture->gateway, fixture->ledger);
  ligdi_checkout_set_shop (fixture->checkout, "Épicerie de l’Étoile", "");
  g_signal_connect (fixture->checkout, "create-failed", G_CALLBACK (on_create_failed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->checkout);
  g_assert_finalize_object (fixture->ledger);
  g_object_unref (fixture->gateway);
  g_object_unref (fixture->session);
  ligdi_test_finish_loop ();
  ligdi_test_simulator_stop (fixture->simulator);
  ligdi_test_remove_folder (fixture->folder);
  g_clear_error (&fixture->create_error);
}

static JsonNode *
steer (Fixture *fixture, const char *method, const char *place)
{
  g_autofree char *uri = g_strconcat (
      ligdi_test_simulator_get_base_url (fixture->simulator), "/simulator/", place, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Ligdi-Simulator",
                               "1");
  body = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return json_from_string (text, NULL);
}

static void
play_outcome (Fixture *fixture, LigdiPayment *payment, const char *outcome)
{
  g_autofree char *place
      = g_strconcat ("outcome?token=", ligdi_payment_get_record (payment)->token, "&outcome=",
                     outcome, NULL);

  json_node_unref (steer (fixture, "POST", place));
}

static void
play_fault (Fixture *fixture, const char *fault)
{
  g_autofree char *place = g_strconcat ("fault?name=", fault, NULL);

  json_node_unref (steer (fixture, "POST", "fault?name=none"));
  if (fault != NULL)
    json_node_unref (steer (fixture, "POST", place));
}

static LigdiPayment *
begin (Fixture *fixture, gint64 amount)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autoptr (GError) error = NULL;
  LigdiPayment *payment;

  ligdi_sale_add (sale, "Riz « parfumé » 5 kg", 1, amount);
  payment = ligdi_checkout_begin (fixture->checkout, sale, LIGDI_OPENING_HERE, NULL, &error);
  g_assert_no_error (error);
  ligdi_test_wait_until (ligdi_payment_get_state (payment) != LIGDI_PAYMENT_STATE_CREATING);
  return payment;
}

static void
test_verdicts (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *outcome, *fault;
    LigdiPaymentState state;
    LigdiAnswer answer;
  } table[] = {
    { "paid", NULL, LIGDI_PAYMENT_STATE_PAID, LIGDI_ANSWER_VERDICT },
    { "paid", "string-amounts", LIGDI_PAYMENT_STATE_PAID, LIGDI_ANSWER_VERDICT },
    { "declined", NULL, LIGDI_PAYMENT_STATE_DECLINED, LIGDI_ANSWER_VERDICT },
    { "declined", "nocompleted", LIGDI_PAYMENT_STATE_DECLINED, LIGDI_ANSWER_VERDICT },
    { "amount-mismatch", NULL, LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT },
    { "paid", "amount-mismatch", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT },
    { "paid", "amounts-disagree", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT },
    { "paid", "other-id", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT },
    { "paid", "other-currency", LIGDI_PAYMENT_STATE_DISPUTED, LIGDI_ANSWER_VERDICT },
    { "cancelled", NULL, LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_PENDING },
    { "left", NULL, LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_PENDING },
    { "pending", NULL, LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_PENDING },
    { "paid", "missing-amount", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "unknown-status", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "code03", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "http-500", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "not-json", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "empty", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "truncated-json", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "too-large", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_UNCLEAR },
    { "paid", "truncated", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_OFFLINE },
    { "paid", "cut", LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_OFFLINE },
    { "network-cut", NULL, LIGDI_PAYMENT_STATE_VERIFYING, LIGDI_ANSWER_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = begin (fixture, AMOUNT);

      g_test_message ("%s %s", table[i].outcome, table[i].fault);
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_AWAITING);
      play_outcome (fixture, payment, table[i].outcome);
      play_fault (fixture, table[i].fault);
      g_assert_true (
          ligdi_checkout_leave_page (fixture->checkout, payment, LIGDI_EXIT_RETURNED, NULL));
      ligdi_test_wait_until (ligdi_payment_get_record (payment)->n_checks > 0);
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, table[i].state);
      g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, table[i].answer);
      play_fault (fixture, NULL);
      ligdi_checkout_stop_waiting (fixture->checkout, payment, NULL);
    }
}

static void
test_create_fails (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    LigdiError code;
    const char *refusal;
  } table[] = {
    { "create-500", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-not-json", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-empty", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-too-large", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-no-token", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-bad-url", LIGDI_ERROR_PROTOCOL, NULL },
    { "create-cut", LIGDI_ERROR_OFFLINE, NULL },
    { "create-truncated", LIGDI_ERROR_OFFLINE, NULL },
    { "create-code00", LIGDI_ERROR_CREDENTIALS, "00" },
    { "create-code01", LIGDI_ERROR_REFUSED, "01" },
    { "create-code02", LIGDI_ERROR_REFUSED, "02" },
    { "create-code04", LIGDI_ERROR_REFUSED, "04" },
    { "create-code18", LIGDI_ERROR_REFUSED, "18" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LigdiPayment) payment = NULL;

      g_test_message ("%s", table[i].fault);
      play_fault (fixture, table[i].fault);
      payment = begin (fixture, AMOUNT);
      g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
      g_assert_error (fixture->create_error, LIGDI_ERROR, (int) table[i].code);
      g_assert_cmpstr (ligdi_payment_get_record (payment)->refusal, ==, table[i].refusal);
    }
}

/* The simulator's own checks of what is sent: amounts it does not take, and those it does. */
static void
test_amounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) too_small = begin (fixture, 1);
  g_autoptr (LigdiPayment) too_large = begin (fixture, 2000001);
  g_autoptr (LigdiPayment) large = begin (fixture, 2000000);

  g_assert_cmpint (ligdi_payment_get_state (too_small), ==, LIGDI_PAYMENT_STATE_ABORTED);
  g_assert_cmpstr (ligdi_payment_get_record (too_small)->refusal, ==, "02");
  g_assert_cmpstr (ligdi_payment_get_record (too_large)->refusal, ==, "02");
  g_assert_cmpint (ligdi_payment_get_state (large), ==, LIGDI_PAYMENT_STATE_AWAITING);
}

/* As by the other profiles: one payment each, to its verdict. */
static void
test_paid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = begin (fixture, AMOUNT);

  play_outcome (fixture, payment, "paid");
  ligdi_checkout_leave_page (fixture->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_wait_until (ligdi_payment_get_state (payment) == LIGDI_PAYMENT_STATE_PAID);
  g_assert_cmpint (ligdi_payment_get_record (payment)->amount_received, ==, AMOUNT);
}

/* A gateway that minds about three seconds has nothing to mind. */
static void
test_rate_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = begin (fixture, AMOUNT);
  g_autoptr (JsonNode) report = NULL;
  JsonObject *invoice;
  JsonArray *times;

  ligdi_checkout_leave_page (fixture->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  for (gint64 i = 1; i <= 3; i++)
    {
      ligdi_test_wait_until (ligdi_payment_get_record (payment)->n_checks >= i);
      g_assert_cmpint (ligdi_payment_get_record (payment)->last_answer, ==, LIGDI_ANSWER_PENDING);
    }
  report = steer (fixture, "GET", "invoices");
  invoice = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (report), "invoices"), 0);
  times = json_object_get_array_member (invoice, "confirm_times");
  g_assert_cmpuint (json_array_get_length (times), ==, 3);
}

/* A certificate that cannot be trusted is an offline gateway, and gets no keys. */
static void
test_bad_certificate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = begin (fixture, AMOUNT);

  g_assert_true (
      g_str_has_prefix (ligdi_test_simulator_get_base_url (fixture->simulator), "https://"));
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_ABORTED);
  g_assert_error (fixture->create_error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
}

static void
add (const char *path, const char *const *options, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, options, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  static const char *const current[] = { NULL };
  static const char *const legacy[] = { "--profile=legacy-2024", NULL };
  static const char *const strict[] = { "--strict-parameter", NULL };
  static const char *const limit[] = { "--scenario=rate-limit", NULL };
  static const char *const certificate[] = { "--scenario=tls-bad-certificate", NULL };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  add ("/simulator/verdicts", current, test_verdicts);
  add ("/simulator/create-fails", current, test_create_fails);
  add ("/simulator/amounts", current, test_amounts);
  add ("/simulator/paid/legacy", legacy, test_paid);
  add ("/simulator/paid/strict-parameter", strict, test_paid);
  add ("/simulator/rate-limit", limit, test_rate_limit);
  add ("/simulator/bad-certificate", certificate, test_bad_certificate);
  return g_test_run ();
}
