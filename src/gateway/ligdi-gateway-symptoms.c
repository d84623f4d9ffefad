/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-symptoms.h"

/* From what a request met with to what is wrong. Each rule takes the kinder explanation only
 * where there is evidence for it: a till that says "top up" to a shop whose cable is out costs
 * the shop money. */

/* Clocks differ by minutes, time zones by hours; certificates are renewed weeks before. */
#define CLOCK_TOLERANCE_S (36 * 3600)

#define HTTP_REQUEST_TIMEOUT 408
#define HTTP_TOO_MANY_REQUESTS 429
#define HTTP_NETWORK_LOGIN 511
#define HTTP_PROXY_LOGIN 407

static gboolean
is_error (const LigdiSymptoms *symptoms, GIOErrorEnum code)
{
  return g_error_matches (symptoms->error, G_IO_ERROR, code);
}

/* A portal's box may have no battery either: a clock from before this program tells nothing. */
static gboolean
knows_time (const LigdiSymptoms *symptoms)
{
  return symptoms->server_time >= LIGDI_RELEASED;
}

static gboolean
is_clock_wrong (const LigdiSymptoms *symptoms)
{
  gint64 difference = symptoms->now - symptoms->server_time;

  if (symptoms->now < LIGDI_RELEASED)
    return TRUE;
  if ((symptoms->certificate & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) == 0)
    return FALSE;
  if (knows_time (symptoms))
    return ABS (difference) > CLOCK_TOLERANCE_S;
  /* Gateways renew their certificates; portals make up their own. */
  return (symptoms->certificate & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0
         && symptoms->plain != LIGDI_PLAIN_FOREIGN;
}

static LigdiDiagnosis
diagnose_certificate (const LigdiSymptoms *symptoms)
{
  if (is_clock_wrong (symptoms))
    return LIGDI_DIAGNOSIS_WRONG_CLOCK;
  if (symptoms->plain == LIGDI_PLAIN_FOREIGN
      || symptoms->connectivity == G_NETWORK_CONNECTIVITY_PORTAL)
    return LIGDI_DIAGNOSIS_PORTAL;
  return LIGDI_DIAGNOSIS_BAD_CERTIFICATE;
}

/* Names are asked of the nearest box. Where that box has no way on, it cannot know them. */
static LigdiDiagnosis
diagnose_name (const LigdiSymptoms *symptoms)
{
  if (!symptoms->link)
    return LIGDI_DIAGNOSIS_NO_LINK;
  if (symptoms->by_number == LIGDI_BY_NUMBER_REACHED)
    return LIGDI_DIAGNOSIS_NO_NAME;
  /* Who knows names says so at once; in a network that leads nowhere nobody says anything. */
  if (symptoms->by_number == LIGDI_BY_NUMBER_FAILED || symptoms->nameless
      || symptoms->connectivity == G_NETWORK_CONNECTIVITY_LIMITED)
    return LIGDI_DIAGNOSIS_NO_DATA;
  return LIGDI_DIAGNOSIS_NO_NAME;
}

static gboolean
was_cut_off (const LigdiSymptoms *symptoms)
{
  return symptoms->timed_out || is_error (symptoms, G_IO_ERROR_TIMED_OUT)
         || is_error (symptoms, G_IO_ERROR_NETWORK_UNREACHABLE)
         || is_error (symptoms, G_IO_ERROR_HOST_UNREACHABLE)
         || is_error (symptoms, G_IO_ERROR_CONNECTION_CLOSED)
         || is_error (symptoms, G_IO_ERROR_BROKEN_PIPE)
         || is_error (symptoms, G_IO_ERROR_PARTIAL_INPUT)
         || (symptoms->error != NULL && symptoms->error->domain == G_TLS_ERROR)
         || symptoms->reach != LIGDI_REACH_NOTHING;
}

/* Operators let a phone without credit into the network, then drop what it sends, or take its
 * connections up and say nothing. Only who has shown the gateway's certificate is the gateway. */
static LigdiDiagnosis
diagnose_silence (const LigdiSymptoms *symptoms)
{
  if (symptoms->loopback)
    return LIGDI_DIAGNOSIS_GATEWAY_DOWN;
  if (!symptoms->link)
    return LIGDI_DIAGNOSIS_NO_LINK;
  if (symptoms->reach == LIGDI_REACH_GATEWAY || symptoms->plain == LIGDI_PLAIN_OWN)
    return LIGDI_DIAGNOSIS_GATEWAY_DOWN;
  return LIGDI_DIAGNOSIS_NO_DATA;
}

static LigdiDiagnosis
diagnose_failure (const LigdiSymptoms *symptoms)
{
  if (symptoms->certificate != 0
      || g_error_matches (symptoms->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return diagnose_certificate (symptoms);
  if (!symptoms->loopback
      && (symptoms->plain == LIGDI_PLAIN_FOREIGN
          || (symptoms->link && symptoms->connectivity == G_NETWORK_CONNECTIVITY_PORTAL)))
    return LIGDI_DIAGNOSIS_PORTAL;
  if (symptoms->nameless || (symptoms->error != NULL && symptoms->error->domain == G_RESOLVER_ERROR))
    return diagnose_name (symptoms);
  /* Somebody is there and says no; boxes that have lost their own way stay silent. */
  if (is_error (symptoms, G_IO_ERROR_CONNECTION_REFUSED))
    return LIGDI_DIAGNOSIS_GATEWAY_DOWN;
  if (was_cut_off (symptoms))
    return diagnose_silence (symptoms);
  return symptoms->link || symptoms->loopback ? LIGDI_DIAGNOSIS_UNCLEAR : LIGDI_DIAGNOSIS_NO_LINK;
}

static LigdiDiagnosis
diagnose_answer (const LigdiSymptoms *symptoms)
{
  if (symptoms->status == HTTP_NETWORK_LOGIN || symptoms->status == HTTP_PROXY_LOGIN)
    return LIGDI_DIAGNOSIS_PORTAL;
  if (symptoms->status >= 500 || symptoms->status == HTTP_TOO_MANY_REQUESTS
      || symptoms->status == HTTP_REQUEST_TIMEOUT)
    return LIGDI_DIAGNOSIS_GATEWAY_DOWN;
  if (!symptoms->secure && (symptoms->page || symptoms->elsewhere))
    return LIGDI_DIAGNOSIS_PORTAL;
  if (symptoms->request == LIGDI_REQUEST_LOOK)
    return LIGDI_DIAGNOSIS_CONNECTED;
  /* Guards before a gateway turn addresses away with a page; the gateway knows of keys. */
  if (symptoms->status == 403 && symptoms->page)
    return LIGDI_DIAGNOSIS_IP_REFUSED;
  if (symptoms->status == 401 || symptoms->status == 403)
    return LIGDI_DIAGNOSIS_KEYS_REFUSED;
  /* The certificate was the gateway's: no portal, but a notice that it is being mended. */
  if (symptoms->page)
    return LIGDI_DIAGNOSIS_GATEWAY_DOWN;
  return ligdi_symptoms_read_code (symptoms->request, symptoms->sub_code);
}

/**
 * ligdi_symptoms_diagnose:
 * @symptoms: what a request met with
 *
 * Returns: what is wrong; %LIGDI_DIAGNOSIS_CONNECTED for a look that met the gateway
 */
LigdiDiagnosis
ligdi_symptoms_diagnose (const LigdiSymptoms *symptoms)
{
  g_return_val_if_fail (symptoms != NULL, LIGDI_DIAGNOSIS_UNCLEAR);

  if (symptoms->error != NULL || symptoms->timed_out)
    return diagnose_failure (symptoms);
  return diagnose_answer (symptoms);
}

/**
 * ligdi_symptoms_combine:
 * @failure: what a request that failed could tell
 * @look: what a look around told just after that
 *
 * A look goes a fresh way, and farther. Where it gets through, the way is free again, or was
 * never closed: connections that are kept open die unnoticed when a network comes and goes.
 *
 * Returns: what is wrong
 */
LigdiDiagnosis
ligdi_symptoms_combine (LigdiDiagnosis failure, LigdiDiagnosis look)
{
  if (look != LIGDI_DIAGNOSIS_CONNECTED)
    return look == LIGDI_DIAGNOSIS_UNCLEAR ? failure : look;
  return ligdi_diagnosis_is_on_the_way (failure) ? LIGDI_DIAGNOSIS_UNCLEAR : failure;
}

/**
 * ligdi_symptoms_read_code:
 * @request: what was asked
 * @sub_code: (nullable): the sub-code of the refusal
 *
 * The tables of create and confirm give one number several meanings (API sheet: error codes).
 *
 * Returns: what is wrong; %LIGDI_DIAGNOSIS_CONNECTED when the refusal is about one invoice only
 */
LigdiDiagnosis
ligdi_symptoms_read_code (LigdiRequest request, const char *sub_code)
{
  gboolean create = request == LIGDI_REQUEST_CREATE;
  gint64 number = -1;

  if (sub_code != NULL && g_ascii_isdigit (*sub_code))
    number = g_ascii_strtoll (sub_code, NULL, 10);
  switch (number)
    {
    case 0:
      return LIGDI_DIAGNOSIS_KEYS_REFUSED;
    case 1:
      return LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED;
    case 2:
      return create ? LIGDI_DIAGNOSIS_AMOUNT_OUT_OF_RANGE : LIGDI_DIAGNOSIS_CONNECTED;
    case 3:
      return create ? LIGDI_DIAGNOSIS_IP_REFUSED : LIGDI_DIAGNOSIS_GATEWAY_DOWN;
    case 5:
    case 6:
    case 9:
      return create ? LIGDI_DIAGNOSIS_GATEWAY_DOWN : LIGDI_DIAGNOSIS_UNCLEAR;
    /* No operator is enabled. */
    case 7:
      return create ? LIGDI_DIAGNOSIS_PAYIN_NOT_ACTIVATED : LIGDI_DIAGNOSIS_UNCLEAR;
    default:
      return LIGDI_DIAGNOSIS_UNCLEAR;
    }
}
