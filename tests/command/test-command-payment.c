/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-command.h"
#include "ligdi-error.h"
#include "ligdi-test-till.h"

#include <json-glib/json-glib.h>

#include <locale.h>
#include <string.h>

/* Links and checks, with a gateway that does what it is told and a till beside them. */

/* As in the checkout's tests. */
#define GAP_US (2900 * 1000)

static const LigdiTestPlay completed = { .body = LIGDI_TEST_CONFIRMED ("completed") };
static const LigdiTestPlay held = { .kind = LIGDI_TEST_PLAY_HOLD,
                                    .body = LIGDI_TEST_CONFIRMED ("pending") };

/* What a command was given, and what came of it. */
typedef struct
{
  LigdiTestTill *till;
  LigdiCommandPlace place;
  GStrv words;
  char **argv;
  GAsyncResult *result;
  guint n_gateways;
} Typed;

static GString *said;
static GString *complained;
static char *state_when_said; /* as the disk had it, and since when it was set aside */

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
print_error (const char *text)
{
  g_string_append (complained, text);
}

static LigdiTestTill *watched_till;

static void
print (const char *text)
{
  g_string_append (said, text);
  g_free (state_when_said);
  state_when_said = ligdi_test_till_query (
      watched_till, "SELECT max (state || ' ' || (left_at > 0) || ' ' || opening || ' ' || page_url)"
                    " FROM payment WHERE id = (SELECT max (id) FROM payment)");
}

static LigdiGateway *
open_gateway (gpointer user_data, GError **error)
{
  Typed *typed = user_data;

  typed->n_gateways++;
  return ligdi_gateway_new (ligdi_test_peer_get_base_url (typed->till->peer), LIGDI_TEST_KEY,
                            LIGDI_TEST_TOKEN, error);
}

static LigdiGateway *
open_nothing (gpointer user_data, GError **error)
{
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_CREDENTIALS, "a key is missing");
  return NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Typed *) user_data)->result = g_object_ref (result);
}

/* Starts it as if the words had been typed with a space between two; "_" is a space. */
static void
start (Typed *typed, LigdiTestTill *till, const char *words)
{
  g_autofree char *line = g_strdup (words);

  memset (typed, 0, sizeof *typed);
  typed->till = watched_till = till;
  typed->place = (LigdiCommandPlace) {
    .ledger = till->path,
    .print = print,
    .print_error = print_error,
    .shop_name = "Boutique",
    .shop_website = "",
    .return_page = "",
    .limit = 2000000,
    .open_gateway = open_gateway,
    .user_data = typed,
  };
  typed->words = g_strsplit (line, " ", -1);
  for (guint i = 0; typed->words[i] != NULL; i++)
    g_strdelimit (typed->words[i], "_", ' ');
  typed->argv = g_memdup2 (typed->words, (g_strv_length (typed->words) + 1) * sizeof (char *));
  g_string_truncate (said, 0);
  g_string_truncate (complained, 0);
}

static void
set_off (Typed *typed)
{
  ligdi_command_run_async (&typed->place, (int) g_strv_length (typed->words), typed->argv, on_done,
                           typed);
}

static LigdiCommandStatus
finish (Typed *typed)
{
  LigdiCommandStatus status;

  ligdi_test_wait_until (typed->result != NULL);
  status = ligdi_command_run_finish (typed->result);
  g_clear_object (&typed->result);
  g_strfreev (typed->words);
  g_free (typed->argv);
  /* What was cancelled, and the command's own objects. */
  ligdi_test_finish_loop ();
  return status;
}

static LigdiCommandStatus
run (LigdiTestTill *till, const char *words)
{
  Typed typed;

  start (&typed, till, words);
  set_off (&typed);
  return finish (&typed);
}

static void
assert_says (GString *text, const char *words)
{
  if (strstr (text->str, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text->str);
}

static void
assert_silent (GString *text, const char *words)
{
  if (strstr (text->str, words) != NULL)
    g_error ("“%s” is in “%s”", words, text->str);
}

static JsonObject *
parse (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
assert_line (const char *line, const char *reference, const char *state, gint64 amount)
{
  g_autoptr (JsonObject) object = parse (line);

  g_assert_cmpstr (json_object_get_string_member (object, "reference"), ==, reference);
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, state);
  g_assert_cmpint (json_object_get_int_member (object, "amount"), ==, amount);
  g_assert_cmpuint (json_object_get_size (object), ==, 3);
}

/* Makes the payments look as if the program that wrote them had died long ago. */
static void
orphan (LigdiTestTill *till)
{
  ligdi_test_till_execute (till, "UPDATE payment SET owner = 'another-boot:1:1'");
}

static char *
make_link (LigdiTestTill *till, const char *amount)
{
  g_autofree char *words = g_strconcat ("link --json ", amount, NULL);
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_DONE);
  object = parse (said->str);
  return g_strdup (json_object_get_string_member (object, "reference"));
}

static void
test_misused (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    const char *words, *sentence;
  } table[] = {
    { "link", "AMOUNT" },
    { "link 1 2", "AMOUNT" },
    { "link 500 --never", "AMOUNT" },
    { "link 0", "0: not an amount" },
    { "link -500", "-500: not an amount" },
    { "link --json -5", "-5: not an amount" },
    { "link abc", "abc: not an amount" },
    { "link 12.5", "12.5: not an amount" },
    { "link 1e3", "1e3: not an amount" },
    { "link 500_F_CFA", "500 F CFA: not an amount" },
    { "link _", " : not an amount" },
    { "link 99999999999999999999", "not an amount" },
    { "link 2000001", "The largest amount of one payment is 2\u202f000\u202f000\u00a0F\u00a0CFA" },
    { "link 500 --description _", "one line of 1 to 100 characters" },
    { "link 500 --description a\nb", "one line of 1 to 100 characters" },
    { "check one two", "REFERENCE" },
    { "check one --all", "Either a reference or --all." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Typed typed;

      g_test_message ("%s", table[i].words);
      start (&typed, till, table[i].words);
      set_off (&typed);
      g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_MISUSED);
      g_assert_cmpuint (typed.n_gateways, ==, 0);
      g_assert_cmpstr (said->str, ==, "");
      assert_says (complained, table[i].sentence);
    }
  g_assert_cmpuint (ligdi_test_peer_count_requests (till->peer), ==, 0);
  assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"), "0");
}

static void
test_help (LigdiTestTill *till, gconstpointer data)
{
  g_assert_cmpint (run (till, "link --help"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "Exit status");
  g_assert_cmpint (run (till, "check --help"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "Exit status");
}

/* What keeps a command from anything at all. */
static void
test_cannot_run (LigdiTestTill *till, gconstpointer data)
{
  static const char *const words[] = { "link 500", "check", "check LGD-X" };
  g_autofree char *missing = g_strconcat (till->path, ".not-there", NULL);
  Typed typed;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      start (&typed, till, words[i]);
      typed.place.open_gateway = open_nothing;
      typed.place.ledger = missing;
      set_off (&typed);
      g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_FAILED);
      assert_says (complained, "CREDENTIALS_DIRECTORY");
      g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
    }
  start (&typed, till, "link 500");
  typed.place.shop_name = "";
  set_off (&typed);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "shop-name");

  start (&typed, till, "check");
  typed.place.ledger = missing;
  set_off (&typed);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_FAILED);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));

  g_assert_cmpint (run (till, "check LGD-NONE-SUCH"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "LGD-NONE-SUCH: no payment has this reference.");
  g_assert_cmpint (run (till, "check"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "No payment waits");
  g_assert_cmpint (run (till, "check --json --all"), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpstr (said->str, ==, "");
  g_assert_cmpuint (ligdi_test_peer_count_requests (till->peer), ==, 0);
}

/* The intent before the request, the token before the link. */
static void
test_link (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *on_disk = NULL;
  const char *url;
  Typed typed;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  start (&typed, till, "link 12_500 --json --description Riz_5_kg");
  set_off (&typed);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment"), "creating");
  g_assert_cmpstr (said->str, ==, "");
  ligdi_test_peer_release (till->peer);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpstr (complained->str, ==, "");

  object = parse (said->str);
  g_assert_cmpuint (json_object_get_size (object), ==, 3);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (object, "reference"), "LGD-"));
  g_assert_cmpint (json_object_get_int_member (object, "amount"), ==, 12500);
  url = json_object_get_string_member (object, "url");
  assert_says (said, ligdi_test_peer_get_create (till->peer, 0)->token);
  on_disk = g_strconcat ("awaiting 1 phone ", url, NULL);
  g_assert_cmpstr (state_when_said, ==, on_disk);
  assert_text (ligdi_test_till_query (till, "SELECT label FROM sale_line"), "Riz 5 kg");
  g_assert_nonnull (strstr (ligdi_test_peer_get_create (till->peer, 0)->body, "Riz 5 kg"));
  assert_text (ligdi_test_till_query (till, "SELECT group_concat (what, ' ') FROM payment_event"),
               "intent invoice-created");

  g_assert_cmpint (run (till, "link 700"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "  700\u00a0F\u00a0CFA\nhttp://127.0.0.1:");
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 0);
}

static void
test_link_fails (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    LigdiTestPlay play;
    const char *sentence;
  } table[] = {
    { { .body = LIGDI_TEST_REFUSED ("00") }, "LigdiCash does not accept the keys." },
    { { .status = 401, .body = "" }, "LigdiCash does not accept the keys." },
    { { .body = LIGDI_TEST_REFUSED ("02") }, "LigdiCash refused to make the payment." },
    { { .status = 500, .body = "" }, "LigdiCash gave an answer that makes no sense." },
    { { .body = "<html>" }, "LigdiCash gave an answer that makes no sense." },
    { { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" }, "LigdiCash cannot be reached." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ligdi_test_peer_next_create (till->peer, table[i].play);
      g_assert_cmpint (run (till, "link 500 --json"), ==, LIGDI_COMMAND_FAILED);
      g_assert_cmpstr (said->str, ==, "");
      assert_says (complained, table[i].sentence);
      assert_says (complained, "LGD-");
      assert_silent (complained, LIGDI_TEST_KEY);
      assert_silent (complained, LIGDI_TEST_TOKEN);
      assert_silent (complained, ligdi_test_peer_get_create (till->peer, i)->token);
      assert_text (ligdi_test_till_query (till, "SELECT count (*) FROM payment"
                                                " WHERE state <> 'aborted'"),
                   "0");
    }
}

/* Another program took it for dead, and there is nothing to print. */
static void
test_link_aborted_elsewhere (LigdiTestTill *till, gconstpointer data)
{
  Typed typed;

  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  start (&typed, till, "link 500");
  set_off (&typed);
  ligdi_test_wait_until (ligdi_test_peer_count_creates (till->peer) == 1);
  ligdi_test_till_execute (till, "UPDATE payment SET state = 'aborted'");
  ligdi_test_peer_release (till->peer);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpstr (said->str, ==, "");
  assert_says (complained, "aborted by another program");
}

/* One payment, every answer, and what a script makes of it. */
static void
test_check_one (LigdiTestTill *till, gconstpointer data)
{
  static const struct
  {
    LigdiTestPlay play;
    const char *state;
    LigdiCommandStatus status;
    const char *sentence;
  } table[] = {
    { { .body = LIGDI_TEST_CONFIRMED ("pending") }, "awaiting", LIGDI_COMMAND_NO, "" },
    { { .kind = LIGDI_TEST_PLAY_BREAK, .body = "" }, "awaiting", LIGDI_COMMAND_FAILED,
      "LigdiCash cannot be reached." },
    { { .status = 403, .body = "" }, "awaiting", LIGDI_COMMAND_FAILED,
      "LigdiCash does not accept the keys." },
    { { .body = LIGDI_TEST_REFUSED ("00") }, "awaiting", LIGDI_COMMAND_FAILED,
      "LigdiCash gave an answer that makes no sense." },
    { { .body = LIGDI_TEST_CONFIRMED ("notcompleted") }, "declined", LIGDI_COMMAND_NO, "" },
    { { .body = LIGDI_TEST_CONFIRMED ("completed") }, "disputed", LIGDI_COMMAND_NO, "" },
  };
  g_autofree char *reference = make_link (till, "500");
  g_autofree char *words = g_strconcat ("check --json ", reference, NULL);
  g_autofree char *paid = NULL;
  g_autofree char *check_paid = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ligdi_test_peer_next_confirm (till->peer, table[i].play);
      g_assert_cmpint (run (till, words), ==, table[i].status);
      assert_line (said->str, reference, table[i].state, 500);
      assert_says (complained, table[i].sentence);
      g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, i + 1);
      if (i > 0)
        g_assert_cmpint (ligdi_test_peer_get_confirm (till->peer, i)->at
                             - ligdi_test_peer_get_confirm (till->peer, i - 1)->at,
                         >=, GAP_US);
    }

  paid = make_link (till, "600");
  check_paid = g_ascii_strdown (paid, -1);
  g_free (g_steal_pointer (&words));
  words = g_strconcat ("check ", check_paid, NULL);
  ligdi_test_peer_next_confirm (till->peer, completed);
  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "600\u00a0F\u00a0CFA  paid\n");
  /* What is paid stays so, also when nobody answers. */
  ligdi_test_peer_next_confirm (till->peer, table[1].play);
  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "paid");
  assert_says (complained, "LigdiCash cannot be reached.");
}

/* All that have no verdict, each once, three seconds apart, and none that is with a till. */
static void
test_check_all (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *link = make_link (till, "500");
  g_autofree char *left = NULL;
  g_auto (GStrv) lines = NULL;
  LigdiPayment *payment;
  guint before;

  g_object_unref (ligdi_test_till_await (till, 600));
  payment = ligdi_test_till_leave_unresolved (till, 700);
  left = g_strdup (ligdi_payment_get_record (payment)->reference);
  g_object_unref (payment);
  /* This process lives, and with it the page that it shows; but it asks no more. */
  ligdi_test_till_close (till);
  before = ligdi_test_peer_count_confirms (till->peer);
  ligdi_test_peer_next_confirm (till->peer, (LigdiTestPlay) { .body = LIGDI_TEST_CONFIRMED (
                                                                  "notcompleted") });
  g_assert_cmpint (run (till, "check --all --json"), ==, LIGDI_COMMAND_DONE);
  lines = g_strsplit (said->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_line (lines[0], link, "declined", 500);
  assert_line (lines[1], left, "unresolved", 700);
  g_assert_cmpstr (complained->str, ==, "");
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, before + 2);
  g_assert_cmpint (ligdi_test_peer_get_confirm (till->peer, before + 1)->at
                       - ligdi_test_peer_get_confirm (till->peer, before)->at,
                   >=, GAP_US);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment WHERE amount = 600"),
               "awaiting");
  assert_text (ligdi_test_till_query (till, "SELECT what FROM payment_event ORDER BY id DESC LIMIT 1"),
               "patience-exhausted");
}

/* A gateway that cannot be reached is not waited for a hundred times. */
static void
test_check_all_offline (LigdiTestTill *till, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    g_free (make_link (till, "500"));
  ligdi_test_peer_always_confirm (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_BREAK,
                                                                .body = "" });
  g_assert_cmpint (run (till, "check --json"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 3);
  assert_says (complained, "The others were not asked about.");
}

/* The till waits for the verdict of what is on its screen: told, and left alone. */
static void
test_check_in_hands (LigdiTestTill *till, gconstpointer data)
{
  g_autoptr (LigdiPayment) payment = ligdi_test_till_await (till, 500);
  g_autofree char *reference = g_strdup (ligdi_payment_get_record (payment)->reference);
  g_autofree char *words = g_strconcat ("check --json ", reference, NULL);

  ligdi_test_peer_next_confirm (till->peer, held);
  ligdi_checkout_leave_page (till->checkout, payment, LIGDI_EXIT_RETURNED, NULL);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_NO);
  assert_line (said->str, reference, "verifying", 500);
  g_assert_cmpint (run (till, "check --json"), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpstr (said->str, ==, "");
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 1);
  g_assert_cmpint (ligdi_payment_get_state (payment), ==, LIGDI_PAYMENT_STATE_VERIFYING);
}

/* What died is taken up as the next till would: no page, nobody paid; a page that was shown is
 * asked about, and left for the screen it comes back to. */
static void
test_check_orphans (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *page = NULL;
  g_autofree char *words = NULL;
  g_autofree char *creating = NULL;
  LigdiPayment *payment = ligdi_test_till_await (till, 500);
  g_autoptr (LigdiPayment) recovered = NULL;

  page = g_strdup (ligdi_payment_get_record (payment)->reference);
  g_object_unref (payment);
  ligdi_test_peer_next_create (till->peer, (LigdiTestPlay) { .kind = LIGDI_TEST_PLAY_HOLD,
                                                             .body = LIGDI_TEST_CREATED });
  payment = ligdi_test_till_begin (till, 600);
  creating = g_strdup (ligdi_payment_get_record (payment)->reference);
  g_object_unref (payment);
  ligdi_test_till_close (till);
  orphan (till);

  g_assert_cmpint (run (till, "check --json"), ==, LIGDI_COMMAND_DONE);
  assert_line (said->str, page, "awaiting", 500);
  assert_text (ligdi_test_till_query (till, "SELECT state FROM payment WHERE amount = 600"),
               "aborted");
  words = g_strconcat ("check --json ", creating, NULL);
  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_NO);
  assert_line (said->str, creating, "aborted", 600);

  orphan (till);
  ligdi_test_till_open (till);
  recovered = ligdi_checkout_recover (till->checkout, NULL);
  g_assert_cmpstr (ligdi_payment_get_record (recovered)->reference, ==, page);
  g_clear_object (&recovered);
}

/* While the question is on its way, a till hears of it first. */
static void
test_check_races (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *reference = make_link (till, "500");
  g_autofree char *words = g_strconcat ("check --json ", reference, NULL);
  Typed typed;

  ligdi_test_peer_next_confirm (till->peer, held);
  start (&typed, till, words);
  set_off (&typed);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  ligdi_test_till_execute (till, "UPDATE payment SET state = 'paid', verdict_at = 1,"
                                 " next_check_at = 0");
  ligdi_test_peer_release (till->peer);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_DONE);
  assert_line (said->str, reference, "paid", 500);
}

/* A ledger that breaks in the middle of it. */
static void
test_ledger_breaks (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *reference = make_link (till, "500");
  Typed typed;

  ligdi_test_peer_next_confirm (till->peer, held);
  start (&typed, till, "check");
  set_off (&typed);
  ligdi_test_wait_until (ligdi_test_peer_count_confirms (till->peer) == 1);
  ligdi_test_till_execute (till, "CREATE TRIGGER broken BEFORE INSERT ON payment_event"
                                 " BEGIN SELECT RAISE (ABORT, 'broken'); END");
  ligdi_test_peer_release (till->peer);
  g_assert_cmpint (finish (&typed), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "The ledger cannot be read here.");
  g_assert_cmpint (run (till, "link 500"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpstr (said->str, ==, "");
  g_assert_cmpuint (ligdi_test_peer_count_creates (till->peer), ==, 1);
}

/* With 1 a program would take the payment for one that is not paid. */
static void
test_ledger_is_not_whole (LigdiTestTill *till, gconstpointer data)
{
  g_autofree char *reference = make_link (till, "500");
  g_autofree char *words = g_strconcat ("check ", reference, NULL);

  ligdi_test_till_close (till);
  g_assert_true (g_file_set_contents (till->path, "x", 1, NULL));
  g_assert_cmpint (run (till, words), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "The ledger is not what was written.");
  g_assert_cmpint (run (till, "check"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpint (run (till, "link 500"), ==, LIGDI_COMMAND_FAILED);
  g_assert_cmpuint (ligdi_test_peer_count_confirms (till->peer), ==, 0);
}

static void
add (const char *path, void (*test) (LigdiTestTill *, gconstpointer))
{
  g_test_add (path, LigdiTestTill, NULL, ligdi_test_till_set_up, test, ligdi_test_till_tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  said = g_string_new (NULL);
  complained = g_string_new (NULL);
  add ("/command/payment/misused", test_misused);
  add ("/command/payment/help", test_help);
  add ("/command/payment/cannot-run", test_cannot_run);
  add ("/command/payment/link", test_link);
  add ("/command/payment/link-fails", test_link_fails);
  add ("/command/payment/link-aborted-elsewhere", test_link_aborted_elsewhere);
  add ("/command/payment/check-one", test_check_one);
  add ("/command/payment/check-all", test_check_all);
  add ("/command/payment/check-all-offline", test_check_all_offline);
  add ("/command/payment/check-in-hands", test_check_in_hands);
  add ("/command/payment/check-orphans", test_check_orphans);
  add ("/command/payment/check-races", test_check_races);
  add ("/command/payment/ledger-breaks", test_ledger_breaks);
  add ("/command/payment/ledger-is-not-whole", test_ledger_is_not_whole);
  status = g_test_run ();
  g_string_free (said, TRUE);
  g_string_free (complained, TRUE);
  g_free (state_when_said);
  return status;
}
