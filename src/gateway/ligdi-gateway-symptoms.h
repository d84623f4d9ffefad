/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-diagnosis.h"

G_BEGIN_DECLS

/**
 * LigdiRequest:
 * @LIGDI_REQUEST_CREATE: an invoice was to be created
 * @LIGDI_REQUEST_CONFIRM: an invoice was asked about
 * @LIGDI_REQUEST_LOOK: only whether anybody answers
 *
 * What was asked; the same sub-code means something else to each.
 */
typedef enum
{
  LIGDI_REQUEST_CREATE,
  LIGDI_REQUEST_CONFIRM,
  LIGDI_REQUEST_LOOK,
} LigdiRequest;

/**
 * LigdiReach:
 * @LIGDI_REACH_NOTHING: nobody was heard of
 * @LIGDI_REACH_SOMEBODY: a connection was made; with whom is anybody's guess
 * @LIGDI_REACH_GATEWAY: a connection was made, and its certificate is the gateway's
 *
 * How far a request got.
 */
typedef enum
{
  LIGDI_REACH_NOTHING,
  LIGDI_REACH_SOMEBODY,
  LIGDI_REACH_GATEWAY,
} LigdiReach;

/**
 * LigdiPlain:
 * @LIGDI_PLAIN_UNKNOWN: nobody was asked, or nothing follows from the answer
 * @LIGDI_PLAIN_OWN: the gateway's host sends to its own protected pages, so the way there is free
 * @LIGDI_PLAIN_FOREIGN: the network answers in the host's place
 *
 * What answers at the gateway's host without protection. Nobody vouches for it: it decides only
 * what to tell after the protected way has failed.
 */
typedef enum
{
  LIGDI_PLAIN_UNKNOWN,
  LIGDI_PLAIN_OWN,
  LIGDI_PLAIN_FOREIGN,
} LigdiPlain;

/**
 * LigdiByNumber:
 * @LIGDI_BY_NUMBER_UNKNOWN: it was not tried
 * @LIGDI_BY_NUMBER_REACHED: somebody answers there
 * @LIGDI_BY_NUMBER_FAILED: nobody does
 *
 * Whether the place where the gateway last answered is reached without its name.
 */
typedef enum
{
  LIGDI_BY_NUMBER_UNKNOWN,
  LIGDI_BY_NUMBER_REACHED,
  LIGDI_BY_NUMBER_FAILED,
} LigdiByNumber;

/**
 * LigdiSymptoms:
 * @request: what was asked
 * @loopback: whether the gateway is on this computer: no network is needed
 * @secure: whether the gateway has to show a certificate
 * @link: whether this computer is in a network, as the system says
 * @connectivity: how far that network goes, as the system says
 * @error: (nullable): what the libraries said when there was no answer
 * @timed_out: whether there was none because its time was over
 * @nameless: whether its time was over while the host's name was still being looked up
 * @reach: how far the request got
 * @certificate: what is wrong with the certificate
 * @now: what this computer's clock says, s since 1970
 * @server_time: what the other side's clock says, s since 1970, or 0 when it did not say
 * @status: the HTTP status of the answer, 0 when there was none
 * @page: whether the answer is a page for people
 * @elsewhere: whether the answer sends to another host
 * @sub_code: (nullable): the sub-code when it is a refusal
 * @plain: what answers without protection
 * @by_number: whether the gateway's host is reached without its name
 *
 * All that is known about one request that brought nothing that can be used.
 */
typedef struct
{
  LigdiRequest request;
  gboolean loopback;
  gboolean secure;
  gboolean link;
  GNetworkConnectivity connectivity;
  const GError *error;
  gboolean timed_out;
  gboolean nameless;
  LigdiReach reach;
  GTlsCertificateFlags certificate;
  gint64 now;
  gint64 server_time;
  guint status;
  gboolean page;
  gboolean elsewhere;
  const char *sub_code;
  LigdiPlain plain;
  LigdiByNumber by_number;
} LigdiSymptoms;

LigdiDiagnosis ligdi_symptoms_diagnose (const LigdiSymptoms *symptoms);
LigdiDiagnosis ligdi_symptoms_combine (LigdiDiagnosis failure, LigdiDiagnosis look);
LigdiDiagnosis ligdi_symptoms_read_code (LigdiRequest request, const char *sub_code);

G_END_DECLS
