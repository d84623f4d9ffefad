/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-gateway-symptoms.h"

/* From what a request met with to what is wrong: one row, one reason. */

#define DAY_S (24 * 3600)
#define NOW (LIGDI_RELEASED + 30 * DAY_S)
#define EXPIRED G_TLS_CERTIFICATE_EXPIRED
#define TOO_EARLY G_TLS_CERTIFICATE_NOT_ACTIVATED
#define OTHER_HOST G_TLS_CERTIFICATE_BAD_IDENTITY
#define NOBODY G_TLS_CERTIFICATE_UNKNOWN_CA
#define LIMITED G_NETWORK_CONNECTIVITY_LIMITED
#define PORTAL G_NETWORK_CONNECTIVITY_PORTAL

typedef enum
{
  NONE,
  NAME_UNKNOWN,
  NAMES_SILENT,
  REFUSED,
  UNREACHABLE,
  CLOSED,
  NOT_TLS,
  BAD_CERTIFICATE,
  LIMIT,
  STRANGE,
} Failure;

typedef struct
{
  const char *name;
  Failure failure;
  LigdiDiagnosis diagnosis;
  LigdiSymptoms rest;
  gboolean unplugged;
  gint64 clock; /* s from NOW */
} Case;

static const Case failures[] = {
  { "cable out: no name", NAMES_SILENT, LIGDI_DIAGNOSIS_NO_LINK, .unplugged = TRUE },
  { "cable out: no route", UNREACHABLE, LIGDI_DIAGNOSIS_NO_LINK, .unplugged = TRUE },
  { "cable out while waiting", LIMIT, LIGDI_DIAGNOSIS_NO_LINK, .unplugged = TRUE,
    .rest = { .reach = LIGDI_REACH_GATEWAY } },
  { "cable out: what else", STRANGE, LIGDI_DIAGNOSIS_NO_LINK, .unplugged = TRUE },
  { "the system is wrong about the cable", REFUSED, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
    .unplugged = TRUE },
  { "the system is wrong, and the certificate", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .unplugged = TRUE, .rest = { .certificate = NOBODY } },

  { "no such name", NAME_UNKNOWN, LIGDI_DIAGNOSIS_NO_NAME },
  { "nobody to ask for a name", NAMES_SILENT, LIGDI_DIAGNOSIS_NO_NAME },
  { "names alone are broken", NAMES_SILENT, LIGDI_DIAGNOSIS_NO_NAME,
    .rest = { .by_number = LIGDI_BY_NUMBER_REACHED, .connectivity = LIMITED } },
  { "nothing goes out, not even names", NAMES_SILENT, LIGDI_DIAGNOSIS_NO_DATA,
    .rest = { .by_number = LIGDI_BY_NUMBER_FAILED } },
  { "the system knows nothing goes out", NAMES_SILENT, LIGDI_DIAGNOSIS_NO_DATA,
    .rest = { .connectivity = LIMITED } },
  { "nobody answers when asked for a name", LIMIT, LIGDI_DIAGNOSIS_NO_DATA,
    .rest = { .nameless = TRUE } },
  { "names take for ever, and alone", LIMIT, LIGDI_DIAGNOSIS_NO_NAME,
    .rest = { .nameless = TRUE, .by_number = LIGDI_BY_NUMBER_REACHED } },
  { "the system knows a portal", NAMES_SILENT, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .connectivity = PORTAL } },

  { "packets vanish", LIMIT, LIGDI_DIAGNOSIS_NO_DATA },
  { "no way from the box on", UNREACHABLE, LIGDI_DIAGNOSIS_NO_DATA },
  { "taken up and then silence", LIMIT, LIGDI_DIAGNOSIS_NO_DATA,
    .rest = { .reach = LIGDI_REACH_SOMEBODY } },
  { "cut before it was protected", NOT_TLS, LIGDI_DIAGNOSIS_NO_DATA,
    .rest = { .reach = LIGDI_REACH_SOMEBODY } },
  { "reset", CLOSED, LIGDI_DIAGNOSIS_NO_DATA },
  { "a portal drops what is protected", LIMIT, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .plain = LIGDI_PLAIN_FOREIGN } },
  { "a portal refuses what is protected", REFUSED, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .plain = LIGDI_PLAIN_FOREIGN } },
  { "a portal talks plainly", NOT_TLS, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .plain = LIGDI_PLAIN_FOREIGN, .reach = LIGDI_REACH_SOMEBODY } },

  { "refused", REFUSED, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
  { "silent after it showed who it is", LIMIT, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
    .rest = { .reach = LIGDI_REACH_GATEWAY } },
  { "the way is free, the gateway silent", LIMIT, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
    .rest = { .plain = LIGDI_PLAIN_OWN } },
  { "silent on this computer", LIMIT, LIGDI_DIAGNOSIS_GATEWAY_DOWN, .rest = { .loopback = TRUE } },
  { "this computer needs no network", LIMIT, LIGDI_DIAGNOSIS_GATEWAY_DOWN, .unplugged = TRUE,
    .rest = { .loopback = TRUE } },

  { "battery empty", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_WRONG_CLOCK, .clock = -400 * DAY_S,
    .rest = { .certificate = TOO_EARLY } },
  { "battery empty, behind a portal", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_WRONG_CLOCK,
    .clock = -400 * DAY_S,
    .rest = { .certificate = NOBODY | TOO_EARLY, .plain = LIGDI_PLAIN_FOREIGN } },
  { "a clock that is early", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_WRONG_CLOCK,
    .rest = { .certificate = TOO_EARLY } },
  { "a clock years ahead, as the server says", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_WRONG_CLOCK,
    .clock = 3000 * DAY_S, .rest = { .certificate = EXPIRED, .server_time = NOW } },
  { "a clock some months behind, as the server says", BAD_CERTIFICATE,
    LIGDI_DIAGNOSIS_WRONG_CLOCK,
    .rest = { .certificate = TOO_EARLY, .server_time = NOW + 60 * DAY_S } },
  { "a server without a clock says nothing", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .rest = { .certificate = EXPIRED, .server_time = 1000 } },
  { "a clock that is right, and a time zone", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .clock = 13 * 3600, .rest = { .certificate = EXPIRED, .server_time = NOW } },
  { "too early by a right clock", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .rest = { .certificate = TOO_EARLY, .server_time = NOW } },
  { "expired", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .rest = { .certificate = EXPIRED } },
  { "another host's, by a clock that is off", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .clock = 3000 * DAY_S, .rest = { .certificate = OTHER_HOST, .server_time = NOW } },
  { "nobody's", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_BAD_CERTIFICATE,
    .rest = { .certificate = NOBODY } },
  { "a portal's", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .certificate = NOBODY | OTHER_HOST, .plain = LIGDI_PLAIN_FOREIGN } },
  { "a portal's, made in its own year", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .certificate = NOBODY | TOO_EARLY, .plain = LIGDI_PLAIN_FOREIGN } },
  { "a portal's, as the system says", BAD_CERTIFICATE, LIGDI_DIAGNOSIS_PORTAL,
    .rest = { .certificate = NOBODY, .connectivity = PORTAL } },

  { "something else", STRANGE, LIGDI_DIAGNOSIS_UNCLEAR },
};

static GError *
make_error (Failure failure)
{
  switch (failure)
    {
    case NONE:
      return NULL;
    case NAME_UNKNOWN:
      return g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "");
    case NAMES_SILENT:
      return g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "");
    case REFUSED:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "");
    case UNREACHABLE:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "");
    case CLOSED:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "");
    case NOT_TLS:
      return g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, "");
    case BAD_CERTIFICATE:
      return g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "");
    case LIMIT:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
    case STRANGE:
      return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "");
    }
  return NULL;
}

static void
assert_diagnosis (const char *name, const LigdiSymptoms *symptoms, LigdiDiagnosis diagnosis)
{
  g_test_message ("%s", name);
  g_assert_cmpstr (ligdi_diagnosis_to_nick (ligdi_symptoms_diagnose (symptoms)), ==,
                   ligdi_diagnosis_to_nick (diagnosis));
}

static void
test_failures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    for (int request = LIGDI_REQUEST_CREATE; request <= LIGDI_REQUEST_LOOK; request++)
      {
        const Case *row = &failures[i];
        g_autoptr (GError) error = make_error (row->failure);
        LigdiSymptoms symptoms = row->rest;

        symptoms.request = (LigdiRequest) request;
        symptoms.error = error;
        symptoms.timed_out = row->failure == LIMIT;
        symptoms.secure = !symptoms.loopback;
        symptoms.link = !row->unplugged;
        symptoms.now = NOW + row->clock;
        if (symptoms.connectivity == G_NETWORK_CONNECTIVITY_LOCAL)
          symptoms.connectivity = G_NETWORK_CONNECTIVITY_FULL;
        assert_diagnosis (row->name, &symptoms, row->diagnosis);
      }
}

static void
test_answers (void)
{
  static const struct
  {
    const char *name;
    guint status;
    gboolean plain;
    gboolean page;
    gboolean elsewhere;
    LigdiDiagnosis asked;
    LigdiDiagnosis looked;
  } table[] = {
    { "no sense", 200, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_CONNECTED },
    { "not found", 404, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_CONNECTED },
    { "broken", 500, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "broken, with a page", 503, TRUE, TRUE, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "too much", 429, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "the network wants a login", 511, TRUE, TRUE, FALSE, LIGDI_DIAGNOSIS_PORTAL,
      LIGDI_DIAGNOSIS_PORTAL },
    { "a proxy wants a login", 407, FALSE, TRUE, FALSE, LIGDI_DIAGNOSIS_PORTAL,
      LIGDI_DIAGNOSIS_PORTAL },
    { "a portal's page", 200, TRUE, TRUE, FALSE, LIGDI_DIAGNOSIS_PORTAL, LIGDI_DIAGNOSIS_PORTAL },
    { "a portal elsewhere", 302, TRUE, FALSE, TRUE, LIGDI_DIAGNOSIS_PORTAL,
      LIGDI_DIAGNOSIS_PORTAL },
    { "the gateway's own notice", 200, FALSE, TRUE, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN,
      LIGDI_DIAGNOSIS_CONNECTED },
    { "the gateway has moved", 302, FALSE, FALSE, TRUE, LIGDI_DIAGNOSIS_UNCLEAR,
      LIGDI_DIAGNOSIS_CONNECTED },
    { "keys", 401, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_KEYS_REFUSED, LIGDI_DIAGNOSIS_CONNECTED },
    { "keys, as some say it", 403, FALSE, FALSE, FALSE, LIGDI_DIAGNOSIS_KEYS_REFUSED,
      LIGDI_DIAGNOSIS_CONNECTED },
    { "turned away at the door", 403, FALSE, TRUE, FALSE, LIGDI_DIAGNOSIS_IP_REFUSED,
      LIGDI_DIAGNOSIS_CONNECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      LigdiSymptoms symptoms = {
        .request = LIGDI_REQUEST_CREATE,
        .secure = !table[i].plain,
        .link = TRUE,
        .now = NOW,
        .status = table[i].status,
        .page = table[i].page,
        .elsewhere = table[i].elsewhere,
      };

      assert_diagnosis (table[i].name, &symptoms, table[i].asked);
      symptoms.request = LIGDI_REQUEST_LOOK;
      assert_diagnosis (table[i].name, &symptoms, table[i].looked);
    }
}

/* One number, two meanings. */
static void
test_codes (void)
{
  static const struct
  {
    const char *code;
    LigdiDiagnosis create;
    LigdiDiagnosis confirm;
  } table[] = {
    { "00", LIGDI_DIAGNOSIS_KEYS_REFUSED, LIGDI_DIAGNOSIS_KEYS_REFUSED },
    { "01", LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED, LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED },
    { "02", LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE, LIGDI_DIAGNOSIS_CONNECTED },
    { "03", LIGDI_DIAGNOSIS_IP_REFUSED, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "03a", LIGDI_DIAGNOSIS_IP_REFUSED, LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { "04", LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_UNCLEAR },
    { "05", LIGDI_DIAGNOSIS_GATEWAY_DOWN, LIGDI_DIAGNOSIS_UNCLEAR },
    { "07", LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED, LIGDI_DIAGNOSIS_UNCLEAR },
    { "12", LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_UNCLEAR },
    { "no number", LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_UNCLEAR },
    { NULL, LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_UNCLEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (ligdi_symptoms_read_code (LIGDI_REQUEST_CREATE, table[i].code), ==,
                       table[i].create);
      g_assert_cmpint (ligdi_symptoms_read_code (LIGDI_REQUEST_CONFIRM, table[i].code), ==,
                       table[i].confirm);
    }
}

static void
test_combined (void)
{
  for (int failure = LIGDI_DIAGNOSIS_NO_LINK; failure < LIGDI_N_DIAGNOSES; failure++)
    {
      LigdiDiagnosis first = (LigdiDiagnosis) failure;
      LigdiDiagnosis through = ligdi_symptoms_combine (first, LIGDI_DIAGNOSIS_CONNECTED);

      /* A look that gets through never ends in "connected": something did fail. */
      g_assert_cmpint (through, ==,
                       ligdi_diagnosis_is_on_the_way (first) ? LIGDI_DIAGNOSIS_UNCLEAR : first);
      g_assert_cmpint (ligdi_symptoms_combine (first, LIGDI_DIAGNOSIS_UNCLEAR), ==, first);
      g_assert_cmpint (ligdi_symptoms_combine (first, LIGDI_DIAGNOSIS_PORTAL), ==,
                       LIGDI_DIAGNOSIS_PORTAL);
    }
}

/* Nicks differ, and an error carries its diagnosis wherever it is copied to. */
static void
test_carried (void)
{
  g_autoptr (GError) foreign = make_error (REFUSED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  for (int one = 0; one < LIGDI_N_DIAGNOSES; one++)
    for (int other = 0; other < one; other++)
      g_assert_cmpstr (ligdi_diagnosis_to_nick ((LigdiDiagnosis) one), !=,
                       ligdi_diagnosis_to_nick ((LigdiDiagnosis) other));
  g_set_error_literal (&error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE, "");
  g_assert_cmpint (ligdi_error_get_diagnosis (error), ==, LIGDI_DIAGNOSIS_UNCLEAR);
  ligdi_error_set_diagnosis (error, LIGDI_DIAGNOSIS_NO_DATA);
  copy = g_error_copy (error);
  g_assert_cmpint (ligdi_error_get_diagnosis (copy), ==, LIGDI_DIAGNOSIS_NO_DATA);
  g_assert_cmpint (ligdi_error_get_diagnosis (foreign), ==, LIGDI_DIAGNOSIS_UNCLEAR);
  g_assert_cmpint (ligdi_error_get_diagnosis (NULL), ==, LIGDI_DIAGNOSIS_UNCLEAR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symptoms/failures", test_failures);
  g_test_add_func ("/symptoms/answers", test_answers);
  g_test_add_func ("/symptoms/codes", test_codes);
  g_test_add_func ("/symptoms/combined", test_combined);
  g_test_add_func ("/symptoms/carried", test_carried);
  return g_test_run ();
}
