/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-command.h"
#include "ligdi-test.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* `ligdipay charge` and a till that is made up: it answers as it is told. */

#define NAME "com.example.LigdiPay"
#define PATH "/com/example/LigdiPay"
#define INTERFACE "com.example.LigdiPay.Till1"

typedef struct
{
  GTestDBus *daemon;
  GDBusConnection *bus; /* the till's */
  guint object_id;
  guint name_id;
  gboolean named;
  const char *answer; /* a state, or NULL for none */
  const char *error;  /* or the name of a D-Bus error */
  const char *next;   /* a state that is told of by a signal */
  const char *after_cancel;
  GString *asked; /* method and arguments */
  gboolean startable;
  guint n_starts;
} Bus;

static GString *said;
static GString *complained;

static void
print (const char *text)
{
  g_string_append (said, text);
}

static void
print_error (const char *text)
{
  g_string_append (complained, text);
}

static GDBusConnection *
connect (Bus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus->daemon),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static GVariant *
describe (const char *state)
{
  GVariantDict details = G_VARIANT_DICT_INIT (NULL);

  if (g_strcmp0 (state, "paid") == 0)
    {
      g_variant_dict_insert (&details, "payment", "s", "LGD-2222-3333");
      g_variant_dict_insert (&details, "ticket", "x", G_GINT64_CONSTANT (7));
      g_variant_dict_insert (&details, "operator", "s", "ORANGE BURKINA");
      g_variant_dict_insert (&details, "amount-received", "x", G_GINT64_CONSTANT (500));
      g_variant_dict_insert (&details, "verdict-at", "x", G_GINT64_CONSTANT (1760000060000));
      g_variant_dict_insert (&details, "demonstration", "b", TRUE);
    }
  /* What nobody has told of yet. */
  g_variant_dict_insert (&details, "weather", "s", "harmattan");
  return g_variant_dict_end (&details);
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *arguments, GDBusMethodInvocation *call, gpointer user_data)
{
  Bus *bus = user_data;
  const char *state = g_str_equal (method, "Cancel") ? bus->after_cancel : bus->answer;
  g_autofree char *text = g_variant_print (arguments, FALSE);
  g_autofree char *reference = NULL;

  g_variant_get_child (arguments, 0, "s", &reference);
  g_string_append_printf (bus->asked, "%s %s\n", method, text);
  if (bus->error != NULL)
    g_dbus_method_invocation_return_dbus_error (call, bus->error, "for a reason");
  else if (state != NULL)
    g_dbus_method_invocation_return_value (
        call, g_variant_new ("(s@a{sv})", state, describe (state)));
  else
    g_object_unref (call);
  if (bus->next != NULL)
    g_dbus_connection_emit_signal (
        connection, NULL, PATH, INTERFACE, "ChargeChanged",
        g_variant_new ("(ss@a{sv})", reference, bus->next, describe (bus->next)), NULL);
}

static void
on_name (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Bus *) user_data)->named = TRUE;
}

static void
open_till (Bus *bus)
{
  bus->name_id = g_bus_own_name_on_connection (bus->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, on_name,
                                               NULL, bus, NULL);
}

static void
set_up (Bus *bus, gconstpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autofree char *xml = NULL;
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (data, &xml, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  bus->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus->daemon);
  bus->bus = connect (bus);
  bus->object_id = g_dbus_connection_register_object (
      bus->bus, PATH, node->interfaces[0], &table, bus, NULL, &error);
  g_assert_no_error (error);
  bus->asked = g_string_new (NULL);
  bus->startable = TRUE;
}

static void
tear_down (Bus *bus, gconstpointer data)
{
  if (bus->name_id != 0)
    g_bus_unown_name (bus->name_id);
  g_dbus_connection_unregister_object (bus->bus, bus->object_id);
  g_dbus_connection_close_sync (bus->bus, NULL, NULL);
  g_clear_object (&bus->bus);
  ligdi_test_finish_loop ();
  g_test_dbus_down (bus->daemon);
  g_object_unref (bus->daemon);
  g_string_free (bus->asked, TRUE);
}

static GDBusConnection *
open_bus (gpointer user_data, GError **error)
{
  Bus *bus = user_data;

  if (bus->daemon != NULL)
    return connect (bus);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no bus here");
  return NULL;
}

static gboolean
start_till (gpointer user_data, GError **error)
{
  Bus *bus = user_data;

  bus->n_starts++;
  if (bus->startable)
    open_till (bus);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no program here");
  return bus->startable;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Words are apart by blanks; an underscore is one within a word. */
static LigdiCommandStatus
run (Bus *bus, const char *line)
{
  LigdiCommandPlace place = {
    .print = print,
    .print_error = print_error,
    .limit = 2000000,
    .open_bus = open_bus,
    .start_till = start_till,
    .user_data = bus,
  };
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char **argv = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    g_strdelimit (words[i], "_", ' ');
  argv = g_memdup2 (words, (g_strv_length (words) + 1) * sizeof *argv);
  g_string_truncate (said, 0);
  g_string_truncate (complained, 0);
  ligdi_command_run_async (&place, (int) g_strv_length (words), argv, on_done, &result);
  ligdi_test_wait_until (result != NULL);
  return ligdi_command_run_finish (result);
}

static void
assert_says (GString *text, const char *words)
{
  if (strstr (text->str, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text->str);
}

static void
test_misused (void)
{
  static const struct
  {
    const char *words, *sentence;
  } table[] = {
    { "charge", "AMOUNT" },
    { "charge 1 2", "AMOUNT" },
    { "charge 0", "0: not an amount" },
    { "charge -500", "-500: not an amount" },
    { "charge --json -5", "-5: not an amount" },
    { "charge --timeout=5 -5", "-5: not an amount" },
    { "charge abc", "abc: not an amount" },
    { "charge 2000001", "The largest amount" },
    { "charge 500 --item Riz", "Riz: not an item" },
    { "charge 500 --item =500", "=500: not an item" },
    { "charge 500 --item _=500", "not an item" },
    { "charge 500 --item Riz=", "not an item" },
    { "charge 500 --item Riz=0", "not an item" },
    { "charge 500 --item Riz=x500", "not an item" },
    { "charge 500 --item Riz=0x500", "not an item" },
    { "charge 500 --item Riz=2x", "not an item" },
    { "charge 500 --item Riz=2x250x1", "not an item" },
    { "charge 500 --item Riz=-1x-500", "not an item" },
    { "charge 500 --item R\xffz=500", "not an item" },
    { "charge 500 --reference \xff", "1 to 64 characters" },
    { "charge 500 --item Riz=400", "not the sum" },
    { "charge 500 --item Riz=400 --item Thé=200", "not the sum" },
    { "charge 500 --timeout -1", "number of seconds" },
    { "charge 500 --timeout x", "AMOUNT" },
    { "charge 500 --reference=", "1 to 64 characters" },
    { "charge 500 --reference a\nb", "1 to 64 characters" },
    { "charge 500 --from a\nb", "at most 40 characters" },
    { "charge 500 --item a\nb=500", "an item's label" },
  };
  Bus none = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].words);
      g_assert_cmpint (run (&none, table[i].words), ==, LIGDI_COMMAND_MISUSED);
      g_assert_cmpstr (said->str, ==, "");
      assert_says (complained, table[i].sentence);
    }
  g_assert_cmpint (run (&none, "charge --help"), ==, LIGDI_COMMAND_DONE);
  assert_says (said, "6 refused by the cashier");
  g_assert_cmpint (run (&none, "charge 500"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "There is no session");
}

/* At once, and by a signal. */
static void
test_states (Bus *bus, gconstpointer data)
{
  static const struct
  {
    const char *state, *words;
    LigdiCommandStatus status;
  } table[] = {
    { "paid", "paid (demonstration, play money)", LIGDI_COMMAND_DONE },
    { "not-paid", "not paid", LIGDI_COMMAND_NO },
    { "unresolved", "no result yet", LIGDI_COMMAND_UNRESOLVED },
    { "wrong-amount", "wrong amount", LIGDI_COMMAND_WRONG_AMOUNT },
    { "refused", "refused by the cashier", LIGDI_COMMAND_REFUSED },
    { "given-up", "given up by the cashier", LIGDI_COMMAND_REFUSED },
    { "cash", "paid in cash", LIGDI_COMMAND_CASH },
    { "unknown", "withdrawn", LIGDI_COMMAND_NO },
  };

  open_till (bus);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (table); i++)
    {
      guint nth = i / 2;

      bus->answer = i % 2 == 0 ? table[nth].state : "waiting";
      bus->next = i % 2 == 0 ? NULL : table[nth].state;
      g_test_message ("%s %s", bus->answer, table[nth].state);
      g_assert_cmpint (run (bus, "charge 500 --reference Commande_d'Awa"), ==, (int) table[nth].status);
      g_assert_cmpstr (complained->str, ==, "");
      assert_says (said, table[nth].words);
      assert_says (said, "Commande d'Awa  500\u00a0F\u00a0CFA  ");
    }
  g_assert_cmpuint (bus->n_starts, ==, 0);
}

static void
test_json (Bus *bus, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  open_till (bus);
  bus->answer = "paid";
  g_assert_cmpint (run (bus, "charge 2_500 --reference A --item Riz=2x750 --item Thé=1000 --from Étal"
                             " --json"),
                   ==, LIGDI_COMMAND_DONE);
  assert_says (bus->asked, "Charge ('A', 2500, [('Riz', 2, 750), ('Thé', 1, 1000)],"
                           " {'from': <'Étal'>})");
  json_parser_load_from_data (parser, said->str, -1, NULL);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "charge"), ==, "A");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "paid");
  g_assert_cmpint (json_object_get_int_member (object, "amount"), ==, 2500);
  g_assert_cmpint (json_object_get_int_member (object, "amount_received"), ==, 500);
  g_assert_cmpstr (json_object_get_string_member (object, "reference"), ==, "LGD-2222-3333");
  g_assert_cmpint (json_object_get_int_member (object, "ticket"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "operator"), ==, "ORANGE BURKINA");
  g_assert_true (json_object_get_boolean_member (object, "demonstration"));
  g_assert_true (json_object_has_member (object, "verdict_at"));
}

/* Without a reference of the caller's each is another sale. */
static void
test_made_up (Bus *bus, gconstpointer data)
{
  g_autofree char *first = NULL;

  open_till (bus);
  bus->answer = "refused";
  run (bus, "charge 500");
  first = g_strdup (bus->asked->str);
  g_string_truncate (bus->asked, 0);
  run (bus, "charge 500");
  g_assert_cmpstr (bus->asked->str, !=, first);
}

static void
test_refused (Bus *bus, gconstpointer data)
{
  open_till (bus);
  bus->error = "org.freedesktop.DBus.Error.InvalidArgs";
  g_assert_cmpint (run (bus, "charge 500"), ==, LIGDI_COMMAND_MISUSED);
  assert_says (complained, "The till cannot take this sale.\n  (for a reason)");
  bus->error = "org.freedesktop.DBus.Error.AccessDenied";
  g_assert_cmpint (run (bus, "charge 500"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "The till cannot sell.\n  (for a reason)");
  g_assert_cmpstr (said->str, ==, "");
}

/* Nobody is to begin what nobody waits for. */
static void
test_timeout (Bus *bus, gconstpointer data)
{
  open_till (bus);
  bus->answer = "waiting";
  bus->after_cancel = "unknown";
  g_assert_cmpint (run (bus, "charge 500 --reference A --timeout 1"), ==, LIGDI_COMMAND_NO);
  assert_says (said, "withdrawn");
  assert_says (bus->asked, "Cancel ('A',)");
  /* What the cashier has begun goes on, and may be paid. */
  bus->answer = bus->after_cancel = "paying";
  g_assert_cmpint (run (bus, "charge 500 --reference A --timeout 1"), ==, LIGDI_COMMAND_UNRESOLVED);
  assert_says (said, "the customer is paying");
  /* A word of a newer till is no result. */
  bus->answer = bus->after_cancel = "dancing";
  g_assert_cmpint (run (bus, "charge 500 --reference A --timeout 1 --json"), ==,
                   LIGDI_COMMAND_UNRESOLVED);
  assert_says (said, "\"dancing\"");
  bus->answer = bus->after_cancel = NULL;
  g_assert_cmpint (run (bus, "charge 500 --reference A --timeout 1"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "The till does not answer.");
}

static void
test_starts (Bus *bus, gconstpointer data)
{
  bus->answer = "paid";
  g_assert_cmpint (run (bus, "charge 500"), ==, LIGDI_COMMAND_DONE);
  g_assert_cmpuint (bus->n_starts, ==, 1);
}

static void
test_cannot_start (Bus *bus, gconstpointer data)
{
  bus->startable = FALSE;
  g_assert_cmpint (run (bus, "charge 500"), ==, LIGDI_COMMAND_FAILED);
  assert_says (complained, "LigdiPay cannot be started.\n  (no program here)");
  g_assert_cmpuint (bus->n_starts, ==, 1);
}

static void
add (const char *path, const char *interface, void (*test) (Bus *, gconstpointer))
{
  g_test_add (path, Bus, interface, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  said = g_string_new (NULL);
  complained = g_string_new (NULL);
  g_test_add_func ("/command/charge/misused", test_misused);
  add ("/command/charge/states", argv[1], test_states);
  add ("/command/charge/json", argv[1], test_json);
  add ("/command/charge/made-up", argv[1], test_made_up);
  add ("/command/charge/refused", argv[1], test_refused);
  add ("/command/charge/timeout", argv[1], test_timeout);
  add ("/command/charge/starts", argv[1], test_starts);
  add ("/command/charge/cannot-start", argv[1], test_cannot_start);
  status = g_test_run ();
  g_string_free (said, TRUE);
  g_string_free (complained, TRUE);
  return status;
}
