/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"
#include "ligdi-command-private.h"

#include "ligdi-charge.h"
#include "ligdi-money.h"
#include "ligdi-random.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

/* A sale for the cashier of the till that runs, or that is started for it; see
 * data/com.example.LigdiPay.xml. Nothing is charged here, and to ask again with the same
 * reference is harmless. */

#define NAME "com.example.LigdiPay"
#define PATH "/com/example/LigdiPay"
#define INTERFACE "com.example.LigdiPay.Till1"

/* How long a till takes to open on an old computer, and one that has died to come back. */
#define OPENING_MS (60 * 1000)
#define COMING_BACK_S 15
/* How long it may take over a word that withdraws what it was asked. */
#define CANCEL_MS 5000

typedef struct
{
  const LigdiCommandPlace *place;
  LigdiCharge *charge;
  gint64 timeout; /* s, 0 for none */
  gboolean json;

  GDBusConnection *bus;
  GCancellable *cancellable;
  guint watch_id;
  guint subscription;
  guint timeout_id;
  guint gone_id;
  guint signal_ids[3];
  gboolean started; /* the till, by us */
  gboolean asked;   /* it has been sent what is wanted */
  gboolean ending;  /* nobody waits any longer */
  char *state;      /* the last that was heard of, or NULL */
  GVariant *details;
} Charge;

static void
charge_free (gpointer data)
{
  Charge *charge = data;

  ligdi_charge_free (charge->charge);
  g_clear_object (&charge->bus);
  g_clear_object (&charge->cancellable);
  g_clear_pointer (&charge->details, g_variant_unref);
  g_free (charge->state);
  g_free (charge);
}

static const struct
{
  const char *state;
  const char *word;
  LigdiCommandStatus status;
  gboolean final;
} states[] = {
  { "waiting", N_ ("before the cashier"), LIGDI_COMMAND_UNRESOLVED, FALSE },
  { "paying", N_ ("the customer is paying"), LIGDI_COMMAND_UNRESOLVED, FALSE },
  { "paid", N_ ("paid"), LIGDI_COMMAND_DONE, TRUE },
  { "not-paid", N_ ("not paid"), LIGDI_COMMAND_NO, TRUE },
  { "unresolved", N_ ("no result yet"), LIGDI_COMMAND_UNRESOLVED, TRUE },
  { "wrong-amount", N_ ("wrong amount"), LIGDI_COMMAND_WRONG_AMOUNT, TRUE },
  { "refused", N_ ("refused by the cashier"), LIGDI_COMMAND_REFUSED, TRUE },
  { "given-up", N_ ("given up by the cashier; money may still arrive"), LIGDI_COMMAND_REFUSED,
    TRUE },
  { "cash", N_ ("paid in cash"), LIGDI_COMMAND_CASH, TRUE },
  { "unknown", N_ ("withdrawn, nothing was charged"), LIGDI_COMMAND_NO, TRUE },
};

/* A newer till may have more of them: whoever does not know it knows nothing. */
static guint
find_state (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      return i;
  return find_state ("paying");
}

static void
add_text (JsonBuilder *builder, const Charge *charge, const char *name, const char *detail)
{
  const char *text = NULL;

  if (charge->details != NULL && g_variant_lookup (charge->details, detail, "&s", &text))
    ligdi_command_json_add_text (builder, name, text);
}

static gboolean
find_number (const Charge *charge, const char *detail, gint64 *number)
{
  return charge->details != NULL && g_variant_lookup (charge->details, detail, "x", number);
}

static gboolean
is_demonstration (const Charge *charge)
{
  gboolean demonstration = FALSE;

  if (charge->details != NULL)
    g_variant_lookup (charge->details, "demonstration", "b", &demonstration);
  return demonstration;
}

static void
tell_program (const Charge *charge, const char *state)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 number;

  json_builder_begin_object (builder);
  ligdi_command_json_add_text (builder, "charge", charge->charge->reference);
  ligdi_command_json_add_text (builder, "state", state);
  ligdi_command_json_add_number (builder, "amount", ligdi_sale_get_total (charge->charge->sale));
  if (find_number (charge, "amount-received", &number))
    ligdi_command_json_add_number (builder, "amount_received", number);
  add_text (builder, charge, "reference", "payment");
  if (find_number (charge, "ticket", &number))
    ligdi_command_json_add_number (builder, "ticket", number);
  add_text (builder, charge, "operator", "operator");
  if (find_number (charge, "verdict-at", &number))
    ligdi_command_json_add_time (builder, "verdict_at", number);
  if (is_demonstration (charge))
    ligdi_command_json_add_boolean (builder, "demonstration", TRUE);
  json_builder_end_object (builder);
  ligdi_command_json_print (charge->place, builder);
}

static void
tell_person (const Charge *charge, const char *word)
{
  g_autofree char *amount = ligdi_money_format (ligdi_sale_get_total (charge->charge->sale));
  const char *sentence = _(word);

  if (is_demonstration (charge))
    /* Translators: 1 is a reference, 2 an amount, 3 what became of it. */
    ligdi_command_say (charge->place, _("%1$s  %2$s  %3$s (demonstration, play money)\n"),
                       charge->charge->reference, amount, sentence);
  else
    ligdi_command_say (charge->place, "%s  %s  %s\n", charge->charge->reference, amount, sentence);
}

static void
end (GTask *task, LigdiCommandStatus status)
{
  Charge *charge = g_task_get_task_data (task);

  g_cancellable_cancel (charge->cancellable);
  g_clear_handle_id (&charge->timeout_id, g_source_remove);
  g_clear_handle_id (&charge->gone_id, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (charge->signal_ids); i++)
    g_clear_handle_id (&charge->signal_ids[i], g_source_remove);
  g_clear_handle_id (&charge->watch_id, g_bus_unwatch_name);
  if (charge->subscription != 0)
    g_dbus_connection_signal_unsubscribe (charge->bus, charge->subscription);
  charge->subscription = 0;
  g_task_return_int (task, status);
  g_object_unref (task);
}

/* With what was heard of last. */
static void
end_with_state (GTask *task)
{
  const Charge *charge = g_task_get_task_data (task);
  guint known = find_state (charge->state);

  if (charge->json)
    tell_program (charge, charge->state);
  else
    tell_person (charge, states[known].word);
  end (task, states[known].status);
}

static void
hear (GTask *task, const char *state, GVariant *details, gboolean is_last_word)
{
  Charge *charge = g_task_get_task_data (task);

  g_free (charge->state);
  charge->state = g_strdup (state);
  g_clear_pointer (&charge->details, g_variant_unref);
  charge->details = g_variant_ref (details);
  if (is_last_word || states[find_state (state)].final)
    end_with_state (task);
}

static void
on_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *name, GVariant *arguments, gpointer user_data)
{
  const Charge *charge = g_task_get_task_data (user_data);
  const char *reference;
  const char *state;
  g_autoptr (GVariant) details = NULL;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ssa{sv})")))
    return;
  g_variant_get (arguments, "(&s&s@a{sv})", &reference, &state, &details);
  if (g_str_equal (reference, charge->charge->reference))
    hear (user_data, state, details, FALSE);
}

static LigdiCommandStatus
complain (const Charge *charge, const char *sentence, const char *reason)
{
  g_autofree char *text = g_strdup_printf ("%s\n  (%s)\n", sentence, reason);

  charge->place->print_error (text);
  return LIGDI_COMMAND_FAILED;
}

/* Without a result: the cashier may have begun it all the same. */
static void
end_in_doubt (GTask *task, const char *sentence, const char *reason)
{
  const Charge *charge = g_task_get_task_data (task);

  complain (charge, sentence, reason);
  end (task, charge->state != NULL ? LIGDI_COMMAND_UNRESOLVED : LIGDI_COMMAND_FAILED);
}

static void
call (GTask *task, const char *method, GVariant *arguments, int limit_ms,
      GAsyncReadyCallback callback)
{
  Charge *charge = g_task_get_task_data (task);

  g_dbus_connection_call (charge->bus, NAME, PATH, INTERFACE, method, arguments,
                          G_VARIANT_TYPE ("(sa{sv})"), G_DBUS_CALL_FLAGS_NONE, limit_ms,
                          charge->cancellable, callback, task);
}

/* Answers FALSE when there is nobody left to hear it. */
static gboolean
take_answer (GObject *source, GAsyncResult *result, GTask *task, gboolean is_last_word,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &local_error);
  g_autoptr (GVariant) details = NULL;
  const char *state;

  /* By then the task may be gone. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return TRUE;
    }
  g_variant_get (answer, "(&s@a{sv})", &state, &details);
  hear (task, state, details, is_last_word);
  return TRUE;
}

static void
on_charge_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const Charge *charge;

  if (!take_answer (source, result, user_data, FALSE, &error) || error == NULL)
    return;
  charge = g_task_get_task_data (user_data);
  /* It has died over the question, and whoever watches its name will say so; or it is being asked
   * to forget it. */
  if (charge->ending
      || (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) && charge->gone_id != 0))
    return;
  g_dbus_error_strip_remote_error (error);
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS))
    {
      complain (charge, _("The till cannot take this sale."), error->message);
      end (user_data, LIGDI_COMMAND_MISUSED);
    }
  else
    end_in_doubt (user_data, _("The till cannot sell."), error->message);
}

static void
on_cancel_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (take_answer (source, result, user_data, TRUE, &error) && error != NULL)
    end_in_doubt (user_data, _("The till does not answer."), error->message);
}

static void
ask (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);
  g_auto (GVariantBuilder) items = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sxx)"));
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  for (guint i = 0; i < ligdi_sale_get_n_lines (charge->charge->sale); i++)
    {
      const LigdiSaleLine *line = ligdi_sale_get_line (charge->charge->sale, i);

      g_variant_builder_add (&items, "(sxx)", line->label, line->quantity, line->unit_price);
    }
  charge->asked = TRUE;
  g_variant_dict_insert (&options, "from", "s", charge->charge->sender);
  call (task, "Charge",
        g_variant_new ("(sx@a(sxx)@a{sv})", charge->charge->reference,
                       ligdi_sale_get_total (charge->charge->sale),
                       g_variant_builder_end (&items), g_variant_dict_end (&options)),
        OPENING_MS, on_charge_answered);
}

/* What the cashier has not begun is not to be begun when nobody waits for it. The till hears one
 * thing after the other: a word that withdraws what it has not answered yet comes in time too. Who
 * cannot wait for the answer to that says so a second time. */
static gboolean
stop_waiting (gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);

  if (charge->ending || !charge->asked || charge->gone_id != 0)
    {
      g_dbus_connection_flush_sync (charge->bus, NULL, NULL);
      end_in_doubt (task, _("The till does not answer."), "no answer in time");
      return G_SOURCE_CONTINUE;
    }
  charge->ending = TRUE;
  call (task, "Cancel", g_variant_new ("(s)", charge->charge->reference), CANCEL_MS,
        on_cancel_answered);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_gone_for_good (gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);

  charge->gone_id = 0;
  end_in_doubt (task,
                _("LigdiPay has closed. What became of the sale is in its history; ask again with "
                  "the same reference."),
                charge->state != NULL ? charge->state : "not heard of");
  return G_SOURCE_REMOVE;
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Charge *charge = g_task_get_task_data (user_data);

  g_clear_handle_id (&charge->gone_id, g_source_remove);
  ask (user_data);
}

/* Not there yet, or there no longer: a till that has crashed comes back into the same state. */
static void
on_name_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (charge->gone_id != 0)
    return;
  if (!charge->started && charge->state == NULL)
    {
      charge->started = TRUE;
      if (!charge->place->start_till (charge->place->user_data, &error))
        {
          end (task, complain (charge, _("LigdiPay cannot be started."), error->message));
          return;
        }
    }
  charge->gone_id = g_timeout_add_seconds (
      charge->state == NULL ? OPENING_MS / 1000 : COMING_BACK_S, on_gone_for_good, task);
}

/* LABEL=PRICE or LABEL=QUANTITYxPRICE; a label may hold a sign of its own. */
static gboolean
add_item (LigdiSale *sale, const char *text)
{
  const char *sign = strrchr (text, '=');
  g_autofree char *label = sign != NULL ? g_strndup (text, (gsize) (sign - text)) : NULL;
  g_auto (GStrv) numbers = sign != NULL ? g_strsplit (sign + 1, "x", 2) : NULL;
  gint64 quantity = 1;
  gint64 price;

  if (numbers == NULL || numbers[0] == NULL
      || (numbers[1] != NULL && !ligdi_money_parse (numbers[0], &quantity)))
    return FALSE;
  return ligdi_money_parse (numbers[numbers[1] != NULL ? 1 : 0], &price)
         && ligdi_sale_add (sale, g_strstrip (label), quantity, price);
}

static gboolean
read_items (const LigdiCommandPlace *place, LigdiSale *sale, char **items, gint64 amount,
            LigdiCommandStatus *status)
{
  for (guint i = 0; items != NULL && items[i] != NULL; i++)
    if (!add_item (sale, items[i]))
      {
        *status = ligdi_command_misuse (
            place,
            /* Translators: %s is what somebody typed. */
            _("%s: not an item. An item is 'Rice=750', or 'Rice=2x750' for two of them.\n"),
            items[i]);
        return FALSE;
      }
  if (ligdi_sale_get_n_lines (sale) == 0)
    ligdi_sale_add (sale, _("Free amount"), 1, amount);
  if (ligdi_sale_get_total (sale) == amount)
    return TRUE;
  *status = ligdi_command_misuse (place, "%s\n", _("The amount is not the sum of the items."));
  return FALSE;
}

/* What is typed, first; the till is left alone unless all of it can be understood. */
static Charge *
read_charge (const LigdiCommandPlace *place, int argc, char **argv, LigdiCommandStatus *status)
{
  g_autofree char *reference = NULL;
  g_autofree char *sender = NULL;
  g_auto (GStrv) items = NULL;
  gint64 timeout = 0;
  gboolean json = FALSE;
  /* As they are: scripts often run in no language, and write in theirs all the same. */
  const GOptionEntry entries[] = {
    { "reference", 0, 0, G_OPTION_ARG_FILENAME, &reference,
      N_ ("What you call the sale; the same one is never charged twice"), "TEXT" },
    { "item", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &items,
      N_ ("What is sold, as Rice=750 or Rice=2x750; can be repeated"), "ITEM" },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &sender, N_ ("Who asks, for the cashier to read"),
      "NAME" },
    { "timeout", 0, 0, G_OPTION_ARG_INT64, &timeout,
      N_ ("How long to wait, in seconds; what the cashier has not begun by then is withdrawn"),
      "SECONDS" },
    LIGDI_COMMAND_JSON_OPTION (&json),
    { NULL },
  };
  const char *negative = ligdi_command_find_negative (argc, argv);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  const char *fault;
  gint64 amount;
  Charge *charge;

  if (negative != NULL)
    {
      ligdi_command_read_amount (place, negative, &amount, status);
      return NULL;
    }
  if (!ligdi_command_parse (
          place, "AMOUNT",
          _("Waits for the result. Exit status: 0 paid, 1 not paid, 2 when the command line cannot "
            "be understood, 3 when the till cannot sell, 4 no result yet, 5 wrong amount, 6 "
            "refused by the cashier, 7 paid in cash."),
          entries, 1, 1, &argc, &argv, status)
      || !ligdi_command_read_amount (place, argv[1], &amount, status)
      || !read_items (place, sale, items, amount, status))
    return NULL;
  if (timeout < 0 || timeout > G_MAXINT / 1000)
    {
      *status = ligdi_command_misuse (place, "%s\n", _("The timeout is a number of seconds."));
      return NULL;
    }
  if (reference == NULL)
    reference = ligdi_random_reference ();
  if (sender == NULL)
    sender = g_strdup ("");
  fault = ligdi_charge_find_fault (reference, sender, sale, place->limit);
  if (fault != NULL)
    {
      *status = ligdi_command_misuse (place, "%s\n  (%s)\n", _("The till cannot take this sale."),
                                      fault);
      return NULL;
    }
  charge = g_new0 (Charge, 1);
  charge->place = place;
  charge->charge = ligdi_charge_new (reference, sender, sale);
  charge->timeout = timeout;
  charge->json = json;
  charge->cancellable = g_cancellable_new ();
  return charge;
}

/**
 * ligdi_command_charge:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 * @task: (transfer full): what it ends with
 *
 * Puts a sale before the cashier and waits for what becomes of it.
 */
void
ligdi_command_charge (const LigdiCommandPlace *place, int argc, char **argv, GTask *task)
{
  static const int interrupts[] = { SIGINT, SIGTERM, SIGHUP };
  LigdiCommandStatus status = LIGDI_COMMAND_FAILED;
  Charge *charge = read_charge (place, argc, argv, &status);
  g_autoptr (GError) error = NULL;

  if (charge == NULL)
    {
      g_task_return_int (task, status);
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, charge, charge_free);
  charge->bus = place->open_bus (place->user_data, &error);
  if (charge->bus == NULL)
    {
      end (task, complain (charge, _("There is no session to reach the till in."), error->message));
      return;
    }
  charge->subscription = g_dbus_connection_signal_subscribe (
      charge->bus, NAME, INTERFACE, "ChargeChanged", PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_changed, task, NULL);
  if (charge->timeout > 0)
    charge->timeout_id = g_timeout_add_seconds ((guint) charge->timeout, stop_waiting, task);
  for (guint i = 0; i < G_N_ELEMENTS (interrupts); i++)
    charge->signal_ids[i] = g_unix_signal_add (interrupts[i], stop_waiting, task);
  charge->watch_id = g_bus_watch_name_on_connection (
      charge->bus, NAME, G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_name_appeared, on_name_vanished,
      task, NULL);
}
