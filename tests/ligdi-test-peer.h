/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bodies may name "@TOKEN@", "@PAGE@", "@ID@" and "@AMOUNT@" of the invoice they are about. */
#define LIGDI_TEST_CREATED                                                                         \
  "{\"response_code\":\"00\",\"token\":\"@TOKEN@\",\"response_text\":\"@PAGE@\","                  \
  "\"description\":\"\",\"custom_data\":{\"transaction_id\":\"@ID@\"},\"wiki\":\"x\"}"
#define LIGDI_TEST_REFUSED(code)                                                                   \
  "{\"response_code\":\"01\",\"token\":\"\",\"response_text\":\"Echec (Code" code ")\","           \
  "\"description\":\"\",\"custom_data\":[],\"wiki\":\"x\"}"
#define LIGDI_TEST_CONFIRM_ID "\"custom_data\":[{\"keyof_customdata\":\"transaction_id\",\"valueof_customdata\":\"@ID@\"}]"
#define LIGDI_TEST_CONFIRMED(status)                                                               \
  "{\"response_code\":\"00\",\"token\":\"\",\"status\":\"" status "\"," LIGDI_TEST_CONFIRM_ID ","  \
  "\"operator_name\":\"ORANGE BURKINA\",\"customer\":\"22670000000\",\"montant\":@AMOUNT@,"        \
  "\"amount\":@AMOUNT@,\"request_id\":\"P2782222872026\",\"external_id\":\"@ID@\"}"

/* How a request is answered. */
typedef enum
{
  LIGDI_TEST_PLAY_ANSWER,
  /* not before ligdi_test_peer_release() */
  LIGDI_TEST_PLAY_HOLD,
  /* with @body in place of an HTTP answer, and the end of the connection */
  LIGDI_TEST_PLAY_BREAK,
  /* the same, but the connection stays open */
  LIGDI_TEST_PLAY_STALL,
  /* the same, and @body over and over again */
  LIGDI_TEST_PLAY_FLOOD,
} LigdiTestPlayKind;

typedef struct
{
  LigdiTestPlayKind kind;
  guint status; /* 0 for 200 */
  const char *header;
  const char *value;
  const char *head; /* what comes before a flood */
  const char *body;
} LigdiTestPlay;

/* A request as it came. */
typedef struct
{
  gint64 at; /* monotonic time */
  char *method;
  char *path;
  char *query;
  char *headers;
  char *body;
  char *token;
  guint port;
} LigdiTestRequest;

typedef struct _LigdiTestPeer LigdiTestPeer;

LigdiTestPeer *ligdi_test_peer_new (void);
void ligdi_test_peer_free (LigdiTestPeer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiTestPeer, ligdi_test_peer_free)

const char *ligdi_test_peer_get_base_url (LigdiTestPeer *peer);
void ligdi_test_peer_next_create (LigdiTestPeer *peer, LigdiTestPlay play);
void ligdi_test_peer_next_confirm (LigdiTestPeer *peer, LigdiTestPlay play);
void ligdi_test_peer_always_create (LigdiTestPeer *peer, LigdiTestPlay play);
void ligdi_test_peer_always_confirm (LigdiTestPeer *peer, LigdiTestPlay play);
void ligdi_test_peer_release (LigdiTestPeer *peer);

guint ligdi_test_peer_count_creates (LigdiTestPeer *peer);
guint ligdi_test_peer_count_confirms (LigdiTestPeer *peer);
guint ligdi_test_peer_count_requests (LigdiTestPeer *peer);
guint ligdi_test_peer_count_connections (LigdiTestPeer *peer);
const LigdiTestRequest *ligdi_test_peer_get_create (LigdiTestPeer *peer, guint index);
const LigdiTestRequest *ligdi_test_peer_get_confirm (LigdiTestPeer *peer, guint index);

G_END_DECLS
