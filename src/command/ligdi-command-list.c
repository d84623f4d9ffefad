/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"
#include "ligdi-command-private.h"

#include "ligdi-csv.h"
#include "ligdi-error.h"
#include "ligdi-ledger-query.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* Payments, for people, for spreadsheets and for programs. */

/* How the payments of one day are told. */
typedef void (*Teller) (const LigdiCommandPlace *place, const LigdiPaymentRecord *record);

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / 1000);

  return time != 0 && moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S")
                                     : g_strdup ("");
}

static void
tell_person (const LigdiCommandPlace *place, const LigdiPaymentRecord *record)
{
  g_autofree char *when = format_time (record->created_at);
  g_autofree char *amount = ligdi_money_format (record->amount);

  ligdi_command_say (place, "%s  %04" G_GINT64_FORMAT "  %s  %s  %s\n", when, record->ticket,
                     record->reference, amount, ligdi_command_name_state (record->state));
}

static void
tell_program (const LigdiCommandPlace *place, const LigdiPaymentRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ligdi_command_json_add_text (builder, "reference", record->reference);
  ligdi_command_json_add_number (builder, "ticket", record->ticket);
  ligdi_command_json_add_text (builder, "state", ligdi_payment_state_to_nick (record->state));
  ligdi_command_json_add_number (builder, "amount", record->amount);
  if (record->amount_received >= 0)
    ligdi_command_json_add_number (builder, "amount_received", record->amount_received);
  ligdi_command_json_add_text (builder, "operator", record->operator_name);
  ligdi_command_json_add_text (builder, "payer", record->payer);
  ligdi_command_json_add_text (builder, "request_id", record->request_id);
  ligdi_command_json_add_text (builder, "cashier", record->cashier);
  ligdi_command_json_add_text (builder, "charge", record->charge);
  ligdi_command_json_add_text (builder, "charge_sender", record->charge_sender);
  ligdi_command_json_add_time (builder, "created_at", record->created_at);
  ligdi_command_json_add_time (builder, "verdict_at", record->verdict_at);
  json_builder_end_object (builder);
  ligdi_command_json_print (place, builder);
}

static void
tell_spreadsheet (const LigdiCommandPlace *place, const LigdiPaymentRecord *record)
{
  g_autoptr (GString) row = g_string_new (NULL);
  g_autofree char *created = format_time (record->created_at);
  g_autofree char *decided = format_time (record->verdict_at);

  ligdi_csv_add_text (row, created);
  ligdi_csv_add_number (row, record->ticket);
  ligdi_csv_add_text (row, record->reference);
  ligdi_csv_add_number (row, record->amount);
  ligdi_csv_add_text (row, ligdi_command_name_state (record->state));
  if (record->amount_received >= 0)
    ligdi_csv_add_number (row, record->amount_received);
  else
    ligdi_csv_add_text (row, NULL);
  ligdi_csv_add_text (row, decided);
  ligdi_csv_add_text (row, record->operator_name);
  ligdi_csv_add_text (row, record->payer);
  ligdi_csv_add_text (row, record->request_id);
  ligdi_csv_add_text (row, record->cashier);
  ligdi_csv_add_text (row, record->charge);
  ligdi_csv_add_text (row, record->charge_sender);
  ligdi_csv_end_row (row);
  place->print (row->str);
}

static void
print_header (const LigdiCommandPlace *place)
{
  const char *const names[] = {
    _("Date"),     _("Ticket"),       _("Reference"), _("Amount"), _("Result"),
    _("Received"), _("Result since"), _("Operator"),  _("Payer"),  _("Request number"),
    _("Cashier"),  _("Asked for as"), _("Asked for by"),
  };
  g_autoptr (GString) row = g_string_new (LIGDI_CSV_MARK);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ligdi_csv_add_text (row, names[i]);
  ligdi_csv_end_row (row);
  place->print (row->str);
}

/* After the last day of this year there is none. */
#define LAST_YEAR 9999

/* YYYY-MM-DD, as the computer's clock has days; NULL is today. */
static GDateTime *
parse_day (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  int year = g_date_time_get_year (now);
  int month = g_date_time_get_month (now);
  int day = g_date_time_get_day_of_month (now);
  char rest;

  if (text != NULL
      && (sscanf (text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3 || year == LAST_YEAR))
    return NULL;
  return g_date_time_new (here, year, month, day, 0, 0, 0);
}

/* The day of a moment, ms since 1970; NULL when it is in no year that can be told. */
static GDateTime *
find_day (gint64 at)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (at / 1000);
  g_autofree char *day = moment != NULL ? g_date_time_format (moment, "%Y-%m-%d") : NULL;

  return day != NULL ? parse_day (day) : NULL;
}

/* The days on which payments were begun, from the first to the last. */
static gboolean
load_days (LigdiLedger *ledger, GDateTime **oldest_day, GDateTime **newest_day, GError **error)
{
  gint64 oldest = 0;
  gint64 newest = 0;

  if (!ligdi_ledger_load_span (ledger, &oldest, &newest, error))
    return FALSE;
  *oldest_day = find_day (oldest);
  *newest_day = find_day (newest);
  if (*oldest_day != NULL && *newest_day != NULL)
    return TRUE;
  g_set_error_literal (error, LIGDI_ERROR, LIGDI_ERROR_LEDGER_CORRUPT,
                       "a payment was begun at no time that can be told");
  return FALSE;
}

static gint64
to_ms (GDateTime *day)
{
  return g_date_time_to_unix (day) * 1000;
}

/* A day at a time, so that years of payments need no more memory than one day's; and only days
 * on which there were any. */
static gboolean
tell_days (const LigdiCommandPlace *place, LigdiLedger *ledger, GDateTime *from, GDateTime *until,
           Teller tell, GError **error)
{
  gint64 since = to_ms (from);

  for (;;)
    {
      g_autoptr (GDateTime) day = NULL;
      g_autoptr (GDateTime) next = NULL;
      g_autoptr (GPtrArray) records = NULL;
      gint64 begun_at;

      if (!ligdi_ledger_find_next (ledger, since, &begun_at, error))
        return FALSE;
      if (begun_at >= to_ms (until))
        return TRUE;
      day = find_day (begun_at);
      next = g_date_time_add_days (day, 1);
      records = ligdi_ledger_list_between (ledger, begun_at, to_ms (next), error);
      if (records == NULL)
        return FALSE;
      for (guint i = records->len; i > 0; i--)
        tell (place, g_ptr_array_index (records, i - 1));
      since = to_ms (next);
    }
}

static LigdiCommandStatus
complain_of_day (const LigdiCommandPlace *place, const char *day)
{
  /* Translators: %s is what somebody typed. */
  return ligdi_command_misuse (place, _("%s: not a day. Days are written 2026-11-25.\n"), day);
}

/**
 * ligdi_command_name_state:
 * @state: where a payment is
 *
 * Returns: (transfer none): its name for people
 */
const char *
ligdi_command_name_state (LigdiPaymentState state)
{
  switch (state)
    {
    case LIGDI_PAYMENT_STATE_CREATING:
      return _("being created");
    case LIGDI_PAYMENT_STATE_AWAITING:
      return _("open");
    case LIGDI_PAYMENT_STATE_VERIFYING:
      return _("being checked");
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
      return _("unresolved");
    case LIGDI_PAYMENT_STATE_PAID:
      return _("paid");
    case LIGDI_PAYMENT_STATE_DECLINED:
      return _("not paid");
    case LIGDI_PAYMENT_STATE_ABORTED:
      return _("never opened");
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return _("to be looked into");
    }
  return "";
}

/**
 * ligdi_command_list:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 *
 * Lists a day's payments, the oldest first.
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_list (const LigdiCommandPlace *place, int argc, char **argv)
{
  g_autofree char *day = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, N_ ("Which day; today if not given"), "DAY" },
    LIGDI_COMMAND_JSON_OPTION (&json),
    { NULL },
  };
  LigdiCommandStatus status;
  g_autoptr (LigdiLedger) ledger = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GError) error = NULL;

  if (!ligdi_command_parse (place, NULL, NULL, entries, 0, 0, &argc, &argv, &status))
    return status;
  from = parse_day (day);
  if (from == NULL)
    return complain_of_day (place, day);
  until = g_date_time_add_days (from, 1);
  ledger = ligdi_ledger_open_to_read (place->ledger, &error);
  if (ledger == NULL
      || !tell_days (place, ledger, from, until, json ? tell_program : tell_person, &error))
    return ligdi_command_fail (place, place->ledger, error);
  return LIGDI_COMMAND_DONE;
}

/**
 * ligdi_command_export:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 *
 * Writes out all payments or those of some days, the oldest first.
 *
 * Returns: what the process ends with
 */
LigdiCommandStatus
ligdi_command_export (const LigdiCommandPlace *place, int argc, char **argv)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &first, N_ ("The first day; the oldest if not given"),
      "DAY" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &last, N_ ("The last day; the newest if not given"), "DAY" },
    LIGDI_COMMAND_JSON_OPTION (&json),
    { NULL },
  };
  LigdiCommandStatus status;
  g_autoptr (LigdiLedger) ledger = NULL;
  g_autoptr (GDateTime) oldest_day = NULL;
  g_autoptr (GDateTime) newest_day = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) last_day = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GError) error = NULL;

  if (!ligdi_command_parse (place, NULL, NULL, entries, 0, 0, &argc, &argv, &status))
    return status;
  ledger = ligdi_ledger_open_to_read (place->ledger, &error);
  if (ledger == NULL || !load_days (ledger, &oldest_day, &newest_day, &error))
    return ligdi_command_fail (place, place->ledger, error);
  from = first != NULL ? parse_day (first) : g_date_time_ref (oldest_day);
  if (from == NULL)
    return complain_of_day (place, first);
  last_day = last != NULL ? parse_day (last) : g_date_time_ref (newest_day);
  if (last_day == NULL)
    return complain_of_day (place, last);
  until = g_date_time_add_days (last_day, 1);
  if (!json)
    print_header (place);
  if (!tell_days (place, ledger, from, until, json ? tell_program : tell_spreadsheet, &error))
    return ligdi_command_fail (place, place->ledger, error);
  return LIGDI_COMMAND_DONE;
}
