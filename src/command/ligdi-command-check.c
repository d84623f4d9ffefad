/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"
#include "ligdi-command-private.h"

#include "ligdi-error.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* Asks about payments, one after the other and each once, through the gate that all programs
 * share. What a running till has in hands is left to it: it asks more often than this could. */

/* The gate, the gateway's own time limit, and a till that was faster at the gate. */
#define ANSWER_LIMIT_S 45
/* Then the others would not be answered either. */
#define OFFLINE_ENOUGH 3

typedef struct
{
  const LigdiCommandPlace *place;
  LigdiCheckout *checkout; /* until it has ended */
  GPtrArray *payments;     /* LigdiPayment, those that are still to be asked about */
  LigdiPayment *asked;     /* whose answer is waited for */
  guint limit_timer;
  guint n_offline; /* in a row */
  gboolean one;    /* somebody wants to know of one payment whether it is paid */
  gboolean json;
  LigdiCommandStatus status;
} Check;

static void ask_next (GTask *task);

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_object (&check->asked);
  g_clear_pointer (&check->payments, g_ptr_array_unref);
  g_clear_object (&check->checkout);
  g_free (check);
}

static void
end (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  g_clear_handle_id (&check->limit_timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (check->checkout, task);
  g_clear_object (&check->checkout);
  g_task_return_int (task, check->status);
  g_object_unref (task);
}

static void
print_payment (const Check *check, const LigdiPaymentRecord *record)
{
  g_autofree char *amount = ligdi_money_format (record->amount);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!check->json)
    {
      ligdi_command_say (check->place, "%s  %s  %s\n", record->reference, amount,
                         ligdi_command_name_state (record->state));
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  ligdi_command_json_add_text (builder, "reference", record->reference);
  ligdi_command_json_add_text (builder, "state", ligdi_payment_state_to_nick (record->state));
  ligdi_command_json_add_number (builder, "amount", record->amount);
  json_builder_end_object (builder);
  ligdi_command_json_print (check->place, builder);
}

/* With @error, nobody knows more than before: the state is what it was. */
static void
tell (Check *check, LigdiPayment *payment, const GError *error)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  print_payment (check, record);
  if (error != NULL)
    ligdi_command_fail (check->place, record->reference, error);
  if (check->one && record->state == LIGDI_PAYMENT_STATE_PAID)
    check->status = LIGDI_COMMAND_DONE;
  else if (error != NULL)
    check->status = LIGDI_COMMAND_FAILED;
  else if (check->one)
    check->status = LIGDI_COMMAND_NO;
}

static void
go_on (GTask *task, const GError *error)
{
  Check *check = g_task_get_task_data (task);
  g_autoptr (GTask) alive = g_object_ref (task);
  g_autoptr (LigdiCheckout) checkout = g_object_ref (check->checkout);
  g_autoptr (LigdiPayment) payment = g_steal_pointer (&check->asked);

  g_clear_handle_id (&check->limit_timer, g_source_remove);
  ligdi_checkout_leave_to_others (checkout, payment);
  /* The ledger may have failed. */
  if (check->checkout == NULL)
    return;
  tell (check, payment, error);
  ask_next (task);
}

static void
on_answered (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
             gpointer user_data)
{
  Check *check = g_task_get_task_data (user_data);
  g_autoptr (GError) unclear = NULL;

  if (payment != check->asked)
    return;
  if (g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE))
    check->n_offline++;
  else
    check->n_offline = 0;
  if (error == NULL && ligdi_payment_get_record (payment)->last_answer == LIGDI_ANSWER_UNCLEAR)
    unclear = g_error_new_literal (LIGDI_ERROR, LIGDI_ERROR_PROTOCOL,
                                   "confirm: an answer that decides nothing");
  go_on (user_data, error != NULL ? error : unclear);
}

static gboolean
on_limit_reached (gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error
      = g_error_new_literal (LIGDI_ERROR, LIGDI_ERROR_OFFLINE, "confirm: no answer in time");

  check->limit_timer = 0;
  check->n_offline++;
  go_on (task, error);
  return G_SOURCE_REMOVE;
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  Check *check = g_task_get_task_data (user_data);

  ligdi_command_fail (check->place, check->place->ledger, error);
  check->status = LIGDI_COMMAND_FAILED;
  end (user_data);
}

/* Whether an answer to @payment is on its way. Where not, what there is to say was said. */
static gboolean
ask (GTask *task, LigdiPayment *payment)
{
  Check *check = g_task_get_task_data (task);
  gboolean in_hands = FALSE;
  g_autoptr (GError) error = NULL;

  if (!ligdi_checkout_is_in_hands (check->checkout, payment, &in_hands, &error))
    {
      ligdi_command_fail (check->place, check->place->ledger, error);
      check->status = LIGDI_COMMAND_FAILED;
      end (task);
      return FALSE;
    }
  if (in_hands && !check->one)
    return FALSE;
  if (!in_hands && ligdi_payment_get_record (payment)->token != NULL)
    {
      g_set_object (&check->asked, payment);
      check->limit_timer = g_timeout_add_seconds (ANSWER_LIMIT_S, on_limit_reached, task);
      if (ligdi_checkout_check_now (check->checkout, payment, NULL))
        return TRUE;
      if (check->checkout == NULL)
        return FALSE;
      g_clear_handle_id (&check->limit_timer, g_source_remove);
      g_clear_object (&check->asked);
    }
  /* Nobody can be paying it, or another program has it in hands, as of this very moment. */
  tell (check, payment, NULL);
  return FALSE;
}

static void
ask_next (GTask *task)
{
  Check *check = g_task_get_task_data (task);
  g_autoptr (GTask) alive = g_object_ref (task);
  g_autoptr (LigdiCheckout) checkout = g_object_ref (check->checkout);

  while (check->checkout != NULL && check->payments->len > 0
         && check->n_offline < OFFLINE_ENOUGH)
    {
      g_autoptr (LigdiPayment) payment = g_ptr_array_steal_index (check->payments, 0);

      if (ask (task, payment))
        return;
    }
  if (check->checkout == NULL)
    return;
  if (check->payments->len > 0)
    check->place->print_error (_("The others were not asked about.\n"));
  end (task);
}

/* The payments to ask about. */
static GPtrArray *
find (const LigdiCommandPlace *place, LigdiCheckout *checkout, const char *reference,
      LigdiCommandStatus *status)
{
  g_autoptr (GPtrArray) payments = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  LigdiPayment *payment;

  *status = LIGDI_COMMAND_FAILED;
  if (ligdi_checkout_abort_orphans (checkout, &error) && reference == NULL)
    payments = ligdi_checkout_list_open (checkout, &error);
  else if (error == NULL)
    {
      name = g_ascii_strup (reference, -1);
      payment = ligdi_checkout_find_payment (checkout, name, &error);
      if (payment != NULL)
        {
          payments = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (payments, payment);
        }
      else if (error == NULL)
        {
          /* Translators: %s is what somebody typed. */
          g_autofree char *text
              = g_strdup_printf (_("%s: no payment has this reference.\n"), reference);

          place->print_error (text);
        }
    }
  if (error != NULL)
    ligdi_command_fail (place, place->ledger, error);
  return g_steal_pointer (&payments);
}

static gboolean
parse (const LigdiCommandPlace *place, int *argc, char ***argv, gboolean *json,
       LigdiCommandStatus *status)
{
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all,
      N_ ("Ask about all that have no result; so it is without a reference"), NULL },
    LIGDI_COMMAND_JSON_OPTION (json),
    { NULL },
  };

  if (!ligdi_command_parse (place, "[REFERENCE]",
                            _("Exit status with a reference: 0 when the payment is paid, 1 when "
                              "it is not, or not yet. Without: 0 when all were asked about. In "
                              "both cases 2 when the command line cannot be understood, and 3 "
                              "when a question was not answered."),
                            entries, 0, 1, argc, argv, status))
    return FALSE;
  if (!all || *argc == 1)
    return TRUE;
  *status = ligdi_command_misuse (place, _("Either a reference or --all.\n"));
  return FALSE;
}

/**
 * ligdi_command_check:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 * @task: (transfer full): what it ends with
 *
 * Asks the gateway about one payment, or about all that have no verdict and that no running
 * program has in hands.
 */
void
ligdi_command_check (const LigdiCommandPlace *place, int argc, char **argv, GTask *task)
{
  LigdiCommandStatus status = LIGDI_COMMAND_FAILED;
  gboolean json = FALSE;
  g_autoptr (LigdiCheckout) checkout = NULL;
  g_autoptr (GPtrArray) payments = NULL;
  Check *check;

  if (parse (place, &argc, &argv, &json, &status))
    checkout = ligdi_command_open_checkout (place, FALSE, &status);
  if (checkout != NULL)
    payments = find (place, checkout, argc > 1 ? argv[1] : NULL, &status);
  if (payments == NULL)
    {
      g_task_return_int (task, status);
      g_object_unref (task);
      return;
    }
  check = g_new0 (Check, 1);
  check->place = place;
  check->checkout = g_steal_pointer (&checkout);
  check->payments = g_steal_pointer (&payments);
  check->one = argc > 1;
  check->json = json;
  check->status = LIGDI_COMMAND_DONE;
  if (check->payments->len == 0 && !json)
    ligdi_command_say (place, _("No payment waits for a result.\n"));
  g_task_set_task_data (task, check, check_free);
  g_signal_connect (check->checkout, "answered", G_CALLBACK (on_answered), task);
  g_signal_connect (check->checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), task);
  ask_next (task);
}
