/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-wire.h"

#include "ligdi-test-fate.h"
#include "ligdi-test-turn.h"

#include <glib-unix.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What lies between the till and the simulator, and fails as the seed says. A till that connects
 * to the simulator's port gets one end of a pair of sockets; the other end is here. What the till
 * asks is passed on and answered before anything else happens, so that the order of things does
 * not depend on how fast the simulator is. */

#define DEADLINE_S 40
#define PACE_MS G_GINT64_CONSTANT (3000)
/* What short stalls add up to. */
#define PACE_TOLERANCE_MS (ligdi_test_turn_get_n_processes () > 1 ? 200 : 0)
#define LONGEST_STALL_MS G_GINT64_CONSTANT (12000)

/* One connection of the till. */
typedef struct
{
  guint number;
  int fd;
  guint source;
  GString *asked;
} Line;

/* An answer, or a part of one, that comes later. */
typedef struct
{
  Line *line;
  guint number; /* another line may lie where this one lay */
  GString *answer;
  gboolean closes;
} Late;

typedef enum
{
  MISHAP_LOST,     /* the question does not arrive */
  MISHAP_CUT,      /* a part of the answer comes, and the end of the connection */
  MISHAP_SILENCE,  /* no answer comes */
  MISHAP_LATE,     /* the answer comes late */
  MISHAP_DRIBBLE,  /* the answer comes in two parts */
  MISHAP_ERROR,    /* a server on the way answers */
  MISHAP_BUSY,     /* the gateway wants to be left alone */
  MISHAP_GARBAGE,  /* something is answered that is no HTTP */
  MISHAP_SCRAMBLE, /* one byte of the answer's body is another one */
  MISHAP_TWICE,    /* the answer comes twice */
  N_MISHAPS,
} Mishap;

static guint16 simulator_port;
static guint how_often;
static guint how_often_refused;
static char *shown;
static int simulator = -1;
static guint n_lines;
static GHashTable *lines;
static GHashTable *n_answers;
static char *newest_token;

static int
dial (void)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_port = htons (simulator_port) };
  struct linger at_once = { 1, 0 };
  struct timeval deadline = { DEADLINE_S, 0 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (fd, >=, 0);
  /* Thousands of these leave nothing behind. */
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
  g_assert_cmpint (syscall (SYS_connect, fd, &address, sizeof address), ==, 0);
  return fd;
}

static gboolean
is_complete (const GString *message)
{
  const char *end = strstr (message->str, "\r\n\r\n");
  const char *length;
  guint64 n = 0;

  if (end == NULL)
    return FALSE;
  length = strcasestr (message->str, "\r\nContent-Length: ");
  if (length != NULL && length < end)
    n = g_ascii_strtoull (length + strlen ("\r\nContent-Length: "), NULL, 10);
  return (gsize) (message->str + message->len - end) >= 4 + n;
}

static gboolean
ask_simulator (const char *question, gsize length, GString *answer)
{
  char part[16384];
  gssize n = 1;

  g_string_truncate (answer, 0);
  if (simulator < 0)
    simulator = dial ();
  if (send (simulator, question, length, MSG_NOSIGNAL) != (gssize) length)
    return FALSE;
  while (n > 0 && !is_complete (answer))
    {
      n = recv (simulator, part, sizeof part, 0);
      g_assert_true (n >= 0 || errno == ECONNRESET);
      if (n > 0)
        g_string_append_len (answer, part, n);
    }
  return answer->len > 0;
}

static void
hang_up (void)
{
  close (simulator);
  simulator = -1;
}

/* A connection that was idle may be gone; a fresh one says what the simulator says. */
static void
exchange (const char *question, gsize length, GString *answer)
{
  gboolean kept = simulator >= 0;

  if (!ask_simulator (question, length, answer) && kept)
    {
      hang_up ();
      ask_simulator (question, length, answer);
    }
  if (!is_complete (answer) || strcasestr (answer->str, "\r\nConnection: close") != NULL)
    hang_up ();
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_handle_id (&line->source, g_source_remove);
  close (line->fd);
  g_string_free (line->asked, TRUE);
  g_free (line);
}

static void
late_free (gpointer data)
{
  Late *late = data;

  g_string_free (late->answer, TRUE);
  g_free (late);
}

static void
say (Line *line, const char *text, gsize length, gboolean closes)
{
  if (ligdi_test_fate_is_last_step ())
    ligdi_test_fate_die ();
  if (length > 0)
    send (line->fd, text, length, MSG_NOSIGNAL);
  if (closes)
    g_hash_table_remove (lines, line);
}

static gboolean
on_late (gpointer user_data)
{
  Late *late = user_data;

  /* The till may have gone meanwhile. */
  if (g_hash_table_contains (lines, late->line) && late->line->number == late->number)
    say (late->line, late->answer->str, late->answer->len, late->closes);
  return G_SOURCE_REMOVE;
}

static void
say_later (Line *line, const char *text, gsize length, gboolean closes)
{
  Late *late = g_new0 (Late, 1);

  late->line = line;
  late->number = line->number;
  late->answer = g_string_new_len (text, (gssize) length);
  late->closes = closes;
  g_timeout_add_full (G_PRIORITY_DEFAULT,
                      ligdi_test_fate_draw (LIGDI_TEST_LUCK_WIRE, 35000), on_late, late, late_free);
}

static char *
find_token (const char *question)
{
  const char *token = strstr (question, "invoiceToken=");

  if (token == NULL)
    return NULL;
  token += strlen ("invoiceToken=");
  return g_strndup (token, strcspn (token, " &"));
}

static void
show_refusal (const char *token)
{
  g_autofree char *line = g_strdup_printf ("turned-down %s\n", token);
  int fd = open (shown, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, line, strlen (line)), ==, (gssize) strlen (line));
  close (fd);
}

/* The gateway says that a payment was refused, and one day perhaps that it was paid after all:
 * its customer has tried again. */
static void
refuse (const char *question, GString *answer)
{
  static const char pending[] = "\"status\":\"pending\"";
  static const char refused[] = "\"status\":\"notcompleted\"";
  static const char length[] = "\r\nContent-Length: ";
  char *header = strcasestr (answer->str, length);
  char *status = strstr (answer->str, pending);
  g_autofree char *token = find_token (question);
  g_autofree char *whole = NULL;
  g_autofree char *number = NULL;
  guint64 n;

  if (header == NULL || status == NULL || token == NULL)
    return;
  ligdi_test_fate_note ("wire: turned down");
  show_refusal (token);
  header += strlen (length);
  n = g_ascii_strtoull (header, NULL, 10) + strlen (refused) - strlen (pending);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  whole = g_strdup_printf ("%.*s%s%.*s%s%s", (int) (header - answer->str), answer->str, number,
                           (int) (status - header - (gssize) strspn (header, "0123456789")),
                           header + strspn (header, "0123456789"), refused,
                           status + strlen (pending));
  g_string_assign (answer, whole);
}

static void
keep_token (const GString *answer)
{
  static const char name[] = "\"token\":\"";
  const char *token = strstr (answer->str, name);

  if (token == NULL)
    return;
  token += strlen (name);
  g_free (newest_token);
  newest_token = g_strndup (token, strcspn (token, "\""));
}

static void
count_answer (const GString *question)
{
  char *token = find_token (question->str);

  if (token != NULL)
    g_hash_table_replace (n_answers, token,
                          GUINT_TO_POINTER (ligdi_test_wire_count_answers (token) + 1));
}

static void
answer_badly (Line *line, Mishap mishap, GString *answer)
{
  static const char error[] = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 15\r\n\r\n"
                              "<h1>Sorry</h1>\n";
  static const char busy[] = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 40\r\n"
                             "Content-Length: 0\r\n\r\n";
  static const char garbage[] = "\x16\x03\x01garbage";
  guint at = ligdi_test_fate_draw (LIGDI_TEST_LUCK_WIRE, 65536);

  switch (mishap)
    {
    case MISHAP_CUT:
      say (line, answer->str, at % (answer->len + 1), TRUE);
      break;
    case MISHAP_SILENCE:
      break;
    case MISHAP_LATE:
      say_later (line, answer->str, answer->len, FALSE);
      break;
    case MISHAP_DRIBBLE:
      at = at % (guint) (answer->len + 1);
      say (line, answer->str, at, FALSE);
      say_later (line, answer->str + at, answer->len - at, FALSE);
      break;
    case MISHAP_ERROR:
      say (line, error, strlen (error), FALSE);
      break;
    case MISHAP_BUSY:
      say (line, busy, strlen (busy), FALSE);
      break;
    case MISHAP_GARBAGE:
      say (line, garbage, strlen (garbage), TRUE);
      break;
    case MISHAP_SCRAMBLE:
      /* A control character is in no JSON text: what holds it cannot be read. */
      if (strstr (answer->str, "\r\n\r\n") != NULL)
        {
          gsize body = (gsize) (strstr (answer->str, "\r\n\r\n") + 4 - answer->str);

          if (body < answer->len)
            answer->str[body + at % (answer->len - body)] = '\x01';
        }
      say (line, answer->str, answer->len, FALSE);
      break;
    case MISHAP_TWICE:
      say (line, answer->str, answer->len, FALSE);
      say (line, answer->str, answer->len, FALSE);
      break;
    case MISHAP_LOST:
    case N_MISHAPS:
      g_assert_not_reached ();
    }
}

/* The simulator draws its own numbers, and where one of them belongs in an index decides which
 * pages are written. It is replaced by one that follows from the payment. */
static void
replace_request_id (GString *answer)
{
  static const char request_id[] = "\"request_id\":\"P2";
  static const char external_id[] = "\"external_id\":\"";
  char *at = strstr (answer->str, request_id);
  const char *id = strstr (answer->str, external_id);
  g_autofree char *ours = NULL;
  g_autofree char *number = NULL;

  if (at == NULL || id == NULL || strspn (at + strlen (request_id), "0123456789") < 8)
    return;
  id += strlen (external_id);
  ours = g_strndup (id, strcspn (id, "\""));
  number = g_strdup_printf ("%08u", g_str_hash (ours) % 100000000);
  memcpy (at + strlen (request_id), number, 8);
}

/* All programs of a till ask every three seconds at most, but for the first question after an
 * exit, and for one that stood still between the gate and the wire. */
static void
check_pace (const GString *question)
{
  LigdiTestFate *fate = ligdi_test_fate_get ();
  gboolean stalled
      = fate->stalled_at > 0 && fate->monotonic - fate->stalled_at < LONGEST_STALL_MS * 1000;

  if (!g_str_has_prefix (question->str, "GET "))
    return;
  if (fate->last_question > 0 && !stalled
      && fate->monotonic - fate->last_question < (PACE_MS - PACE_TOLERANCE_MS) * 1000)
    {
      g_assert_cmpuint (fate->n_excuses, >, 0);
      fate->n_excuses--;
    }
  fate->last_question = fate->monotonic;
}

static void
pass_on (Line *line)
{
  g_autoptr (GString) question = line->asked;
  g_autoptr (GString) answer = g_string_new (NULL);
  Mishap mishap = N_MISHAPS;

  line->asked = g_string_new (NULL);
  if (ligdi_test_fate_is_last_step ())
    ligdi_test_fate_die ();
  check_pace (question);
  if (ligdi_test_fate_happens (LIGDI_TEST_LUCK_WIRE, how_often))
    mishap = (Mishap) ligdi_test_fate_draw (LIGDI_TEST_LUCK_WIRE, N_MISHAPS);
  ligdi_test_fate_note ("wire: %.4s, mishap %d", question->str, mishap);
  /* A library that finds its connection closed asks again at once, on its own account. */
  if (mishap == MISHAP_LOST || mishap == MISHAP_CUT || mishap == MISHAP_GARBAGE)
    ligdi_test_wire_excuse (1);
  if (mishap == MISHAP_LOST)
    {
      g_hash_table_remove (lines, line);
      return;
    }
  exchange (question->str, question->len, answer);
  if (g_str_has_prefix (question->str, "POST "))
    keep_token (answer);
  replace_request_id (answer);
  if (ligdi_test_fate_happens (LIGDI_TEST_LUCK_REFUSAL, how_often_refused))
    refuse (question->str, answer);
  if (mishap != N_MISHAPS)
    {
      answer_badly (line, mishap, answer);
      return;
    }
  count_answer (question);
  say (line, answer->str, answer->len, !is_complete (answer));
}

static gboolean
on_line (int fd, GIOCondition condition, gpointer user_data)
{
  Line *line = user_data;
  char part[16384];
  gssize n = recv (fd, part, sizeof part, 0);

  if (n <= 0)
    {
      line->source = 0;
      g_hash_table_remove (lines, line);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (line->asked, part, n);
  if (is_complete (line->asked))
    pass_on (line);
  return G_SOURCE_CONTINUE;
}

static int
answer_call (int fd)
{
  int ends[2];
  Line *line;

  if (ligdi_test_fate_is_last_step ())
    ligdi_test_fate_die ();
  if (ligdi_test_fate_happens (LIGDI_TEST_LUCK_WIRE, how_often / 3))
    {
      ligdi_test_fate_note ("wire: refused");
      errno = ligdi_test_fate_draw (LIGDI_TEST_LUCK_WIRE, 2) == 0 ? ECONNREFUSED : ENETUNREACH;
      return -1;
    }
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), ==,
                   0);
  g_assert_cmpint (dup3 (ends[0], fd, O_CLOEXEC), ==, fd);
  close (ends[0]);

  line = g_new0 (Line, 1);
  line->number = ++n_lines;
  line->fd = ends[1];
  line->asked = g_string_new (NULL);
  line->source = g_unix_fd_add (line->fd, G_IO_IN | G_IO_HUP, on_line, line);
  g_hash_table_add (lines, line);
  return 0;
}

/* In place of the one of libc, for every library in this program. */
int
connect (int fd, const struct sockaddr *address, socklen_t length)
{
  struct sockaddr_in in = { 0 };

  memcpy (&in, address, MIN (length, sizeof in));
  if (lines != NULL && in.sin_family == AF_INET && ntohs (in.sin_port) == simulator_port)
    return answer_call (fd);
  return (int) syscall (SYS_connect, fd, address, length);
}

/**
 * ligdi_test_wire_begin:
 * @port: where the simulator listens
 * @folder: where the file "shown" is
 * @per_mille: how many of a thousand questions meet with a mishap
 * @refused: and how many with a refusal that may not be the last word
 */
void
ligdi_test_wire_begin (guint16 port, const char *folder, guint per_mille, guint refused)
{
  simulator_port = port;
  shown = g_build_filename (folder, "shown", NULL);
  how_often = per_mille;
  how_often_refused = refused;
  lines = g_hash_table_new_full (NULL, NULL, line_free, NULL);
  n_answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * ligdi_test_wire_excuse:
 * @n_questions: how many
 *
 * The next questions may come before their time.
 */
void
ligdi_test_wire_excuse (guint n_questions)
{
  ligdi_test_fate_get ()->n_excuses += n_questions;
}

/**
 * ligdi_test_wire_play:
 * @token: an invoice
 * @outcome: what its customer does, as the simulator's control calls it
 */
void
ligdi_test_wire_play (const char *token, const char *outcome)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *question
      = g_strdup_printf ("POST /simulator/outcome?token=%s&outcome=%s HTTP/1.1\r\n"
                         "Host: 127.0.0.1\r\nX-Ligdi-Simulator: 1\r\nContent-Length: 0\r\n\r\n",
                         token, outcome);

  exchange (question, strlen (question), answer);
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 200 "));
}

/**
 * ligdi_test_wire_count_answers:
 * @token: an invoice
 *
 * Returns: how many questions about it were answered whole
 */
guint
ligdi_test_wire_count_answers (const char *token)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (n_answers, token));
}

/**
 * ligdi_test_wire_get_newest_token:
 *
 * Returns: (transfer full): of the newest invoice that was made for this process, or %NULL
 */
char *
ligdi_test_wire_get_newest_token (void)
{
  return g_strdup (newest_token);
}
