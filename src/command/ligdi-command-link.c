/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-command"

#include "ligdi-command-json.h"
#include "ligdi-command-private.h"

#include "ligdi-error.h"
#include "ligdi-money.h"

#include <glib/gi18n.h>

/* A payment link, for a customer who orders by telephone or in a chat. Nothing is printed that
 * is not on disk. A process that ends before leaves a payment that was never opened, or one that
 * is watched like any other. */

#define MAX_DESCRIPTION 100

typedef struct
{
  const LigdiCommandPlace *place;
  LigdiCheckout *checkout;
  LigdiPayment *payment;
  gboolean json;
  guint abort_idle;
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  g_clear_object (&link->payment);
  g_clear_object (&link->checkout);
  g_free (link);
}

static void
end (GTask *task, LigdiCommandStatus status)
{
  Link *link = g_task_get_task_data (task);

  g_clear_handle_id (&link->abort_idle, g_source_remove);
  g_signal_handlers_disconnect_by_data (link->checkout, task);
  g_task_return_int (task, status);
  g_object_unref (task);
}

static const char *
get_reference (const Link *link)
{
  return ligdi_payment_get_record (link->payment)->reference;
}

static void
tell (const Link *link)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (link->payment);
  g_autofree char *amount = ligdi_money_format (record->amount);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!link->json)
    {
      ligdi_command_say (link->place, "%s  %s\n%s\n", record->reference, amount,
                         record->page_url);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  ligdi_command_json_add_text (builder, "reference", record->reference);
  ligdi_command_json_add_number (builder, "amount", record->amount);
  ligdi_command_json_add_text (builder, "url", record->page_url);
  json_builder_end_object (builder);
  ligdi_command_json_print (link->place, builder);
}

/* It was aborted, and not because the gateway made no invoice, which would have been told by
 * now: another program took this one for dead. */
static gboolean
on_aborted (gpointer user_data)
{
  GTask *task = user_data;
  Link *link = g_task_get_task_data (task);
  g_autoptr (GError) error = g_error_new_literal (LIGDI_ERROR, LIGDI_ERROR_STATE,
                                                  "the payment was aborted by another program");

  link->abort_idle = 0;
  ligdi_command_fail (link->place, get_reference (link), error);
  end (task, LIGDI_COMMAND_FAILED);
  return G_SOURCE_REMOVE;
}

static void
on_payment_changed (LigdiCheckout *checkout, LigdiPayment *payment, gpointer user_data)
{
  GTask *task = user_data;
  Link *link = g_task_get_task_data (task);

  switch (ligdi_payment_get_state (payment))
    {
    case LIGDI_PAYMENT_STATE_AWAITING:
      tell (link);
      end (task, LIGDI_COMMAND_DONE);
      break;
    case LIGDI_PAYMENT_STATE_ABORTED:
      if (link->abort_idle == 0)
        link->abort_idle = g_idle_add (on_aborted, task);
      break;
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      break;
    }
}

static void
on_create_failed (LigdiCheckout *checkout, LigdiPayment *payment, const GError *error,
                  gpointer user_data)
{
  const Link *link = g_task_get_task_data (user_data);

  ligdi_command_fail (link->place, get_reference (link), error);
  end (user_data, LIGDI_COMMAND_FAILED);
}

static void
on_ledger_failed (LigdiCheckout *checkout, const GError *error, gpointer user_data)
{
  const Link *link = g_task_get_task_data (user_data);

  ligdi_command_fail (link->place, link->place->ledger, error);
  end (user_data, LIGDI_COMMAND_FAILED);
}

static gboolean
is_description (const char *text)
{
  if (*text == '\0' || !g_utf8_validate (text, -1, NULL)
      || g_utf8_strlen (text, -1) > MAX_DESCRIPTION)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
read_description (const LigdiCommandPlace *place, char *description, LigdiCommandStatus *status)
{
  if (description == NULL || is_description (g_strstrip (description)))
    return TRUE;
  *status = ligdi_command_misuse (
      place, _("The description must be one line of 1 to %d characters.\n"), MAX_DESCRIPTION);
  return FALSE;
}

static gboolean
check_shop (const LigdiCommandPlace *place, LigdiCommandStatus *status)
{
  if (*place->shop_name != '\0')
    return TRUE;
  place->print_error (_("The shop has no name, which customers must see: gsettings set "
                        "com.example.LigdiPay shop-name 'NAME'\n"));
  *status = LIGDI_COMMAND_FAILED;
  return FALSE;
}

/* What is typed, first; nothing is begun unless all of it can be understood. */
static LigdiSale *
read_sale (const LigdiCommandPlace *place, int argc, char **argv, gboolean *json,
           LigdiCommandStatus *status)
{
  g_autofree char *description = NULL;
  const GOptionEntry entries[] = {
    { "description", 0, 0, G_OPTION_ARG_STRING, &description,
      N_ ("What is paid for, as the customer reads it"), "TEXT" },
    LIGDI_COMMAND_JSON_OPTION (json),
    { NULL },
  };
  const char *negative = ligdi_command_find_negative (argc, argv);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  gint64 amount;

  if (negative != NULL)
    {
      ligdi_command_read_amount (place, negative, &amount, status);
      return NULL;
    }
  if (!ligdi_command_parse (place, "AMOUNT",
                            _("Prints a reference, the amount and the link. Exit status: 0 when "
                              "the link was made, 2 when the command line cannot be understood, "
                              "3 when no link was made."),
                            entries, 1, 1, &argc, &argv, status)
      || !ligdi_command_read_amount (place, argv[1], &amount, status)
      || !read_description (place, description, status) || !check_shop (place, status))
    return NULL;
  ligdi_sale_add (sale, description != NULL ? description : _("Free amount"), 1, amount);
  return g_steal_pointer (&sale);
}

/**
 * ligdi_command_link:
 * @place: where it runs
 * @argc: how many words there are
 * @argv: the words
 * @task: (transfer full): what it ends with
 *
 * Makes an invoice and prints its page's address.
 */
void
ligdi_command_link (const LigdiCommandPlace *place, int argc, char **argv, GTask *task)
{
  LigdiCommandStatus status = LIGDI_COMMAND_FAILED;
  gboolean json = FALSE;
  g_autoptr (LigdiSale) sale = read_sale (place, argc, argv, &json, &status);
  g_autoptr (LigdiCheckout) checkout = NULL;
  g_autoptr (LigdiPayment) payment = NULL;
  g_autoptr (GError) error = NULL;
  Link *link;

  if (sale != NULL)
    checkout = ligdi_command_open_checkout (place, TRUE, &status);
  if (checkout != NULL)
    {
      payment = ligdi_checkout_begin_link (checkout, sale, &error);
      if (payment == NULL)
        ligdi_command_fail (place, place->ledger, error);
    }
  if (payment == NULL)
    {
      g_task_return_int (task, status);
      g_object_unref (task);
      return;
    }
  link = g_new0 (Link, 1);
  link->place = place;
  link->checkout = g_steal_pointer (&checkout);
  link->payment = g_steal_pointer (&payment);
  link->json = json;
  g_task_set_task_data (task, link, link_free);
  g_signal_connect (link->checkout, "payment-changed", G_CALLBACK (on_payment_changed), task);
  g_signal_connect (link->checkout, "create-failed", G_CALLBACK (on_create_failed), task);
  g_signal_connect (link->checkout, "ledger-failed", G_CALLBACK (on_ledger_failed), task);
}
