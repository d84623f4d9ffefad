/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-message.h"

#include "ligdi-money.h"

#include <glib/gi18n.h>

/* The only file with words about payments and errors. It never says that a payment
 * failed unless the gateway said so, and never shows a code or the text of an error. */

static LigdiMessage
describe_late (const LigdiPaymentRecord *record)
{
  gboolean given_up = record->settled_by == LIGDI_SETTLEMENT_GIVEN_UP;

  return (LigdiMessage){
    .tone = LIGDI_TONE_MISMATCH,
    .word = C_ ("result", "ARRIVED LATE"),
    .short_word = C_ ("in a list", "Arrived late"),
    .title = given_up ? _("This payment had been given up. Call the manager.")
                      : _("Another payment was opened for this ticket. Call the manager."),
    .sentence = given_up ? _("If the goods were paid for again, this money goes back to the "
                             "customer.")
                         : _("If the other payment arrives as well, one of the two goes back to "
                             "the customer."),
    .primary = LIGDI_ACTION_MANAGER_TOLD,
    .secondary = LIGDI_ACTION_PRINT_RECEIPT,
  };
}

static LigdiMessage
describe_paid_twice (const LigdiPaymentRecord *record)
{
  gboolean cash = record->released_by == LIGDI_RELEASE_CASH;

  return (LigdiMessage){
    .tone = LIGDI_TONE_MISMATCH,
    .word = C_ ("result", "PAID TWICE"),
    .short_word = C_ ("in a list", "Paid twice"),
    .title = cash ? _("Cash was taken for this ticket too. Call the manager.")
                  : _("This ticket was paid for already. Call the manager."),
    .sentence = cash ? _("This payment arrived after the cash. One of the two goes back to the "
                         "customer.")
                     : _("Two payments arrived for it. One of the two goes back to the customer."),
    .primary = LIGDI_ACTION_MANAGER_TOLD,
    .secondary = LIGDI_ACTION_PRINT_RECEIPT,
  };
}

static LigdiMessage
describe_contradicted (void)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_MISMATCH,
    .word = C_ ("result", "TO REVIEW"),
    .short_word = C_ ("in a list", "To review"),
    .title = _("LigdiCash confirmed this payment, and now says otherwise. Call the manager."),
    .sentence = _("Only LigdiCash can say what became of the money."),
    .primary = LIGDI_ACTION_MANAGER_TOLD,
    .secondary = LIGDI_ACTION_PRINT_RECEIPT,
  };
}

static LigdiMessage
describe_paid (const LigdiPaymentRecord *record)
{
  switch (record->follow_up)
    {
    case LIGDI_FOLLOW_UP_LATE:
      return describe_late (record);
    case LIGDI_FOLLOW_UP_PAID_TWICE:
      return describe_paid_twice (record);
    case LIGDI_FOLLOW_UP_WRONG_AMOUNT:
    case LIGDI_FOLLOW_UP_CONTRADICTION:
      return describe_contradicted ();
    case LIGDI_FOLLOW_UP_NONE:
      break;
    }
  return (LigdiMessage){
    .tone = LIGDI_TONE_PAID,
    .word = C_ ("result", "PAID"),
    .short_word = C_ ("in a list", "Paid"),
    /* A person has dealt with what came late or twice; its goods are no longer at the till. */
    .title = ligdi_payment_record_is_let_go (record)
                 ? _("Payment received. A person has dealt with it.")
                 : _("Payment received. Hand over the goods."),
    .primary = LIGDI_ACTION_NEW_SALE,
    .secondary = LIGDI_ACTION_PRINT_RECEIPT,
  };
}

static LigdiMessage
describe_pending (const LigdiPaymentRecord *record)
{
  gboolean closed = record->exit == LIGDI_EXIT_CANCELLED || record->exit == LIGDI_EXIT_LOST;

  return (LigdiMessage){
    .tone = LIGDI_TONE_PENDING,
    .word = closed ? C_ ("result", "CLOSED, NOT CONFIRMED") : C_ ("result", "PENDING"),
    .short_word = C_ ("in a list", "Pending"),
    .title = _("Wait. Do not charge twice."),
    .sentence = _("Not confirmed yet. Money may still arrive: keep the goods until the result."),
    .advice = _("Ask the customer to check their phone."),
    .primary = LIGDI_ACTION_CHECK_NOW,
    .secondary = LIGDI_ACTION_NEXT_CUSTOMER,
    .may_go_on = TRUE,
  };
}

static LigdiMessage
describe_unknown (gboolean online)
{
  LigdiMessage message = {
    .tone = LIGDI_TONE_UNKNOWN,
    .word = C_ ("result", "RESULT UNKNOWN"),
    .short_word = C_ ("in a list", "Unknown"),
    .primary = LIGDI_ACTION_CHECK_NOW,
    .secondary = LIGDI_ACTION_NEXT_CUSTOMER,
    .may_go_on = TRUE,
  };

  if (online)
    {
      message.title = _("No clear answer: wait. Do not charge twice.");
      message.sentence = _("They may have paid. Keep the goods: LigdiPay goes on asking.");
      message.advice = _("Ask the customer to check their phone.");
    }
  else
    {
      message.title = _("Network down: wait. Do not charge twice.");
      message.sentence
        = _("They may have paid. Keep the goods: LigdiPay will check once back online.");
      message.advice = _("Check cable, Wi-Fi or data plan.");
    }
  return message;
}

static LigdiMessage
describe_unresolved (const LigdiPaymentRecord *record, gboolean online)
{
  LigdiMessage message = record->last_answer == LIGDI_ANSWER_PENDING ? describe_pending (record)
                                                                     : describe_unknown (online);

  if (!ligdi_payment_record_is_let_go (record))
    return message;
  if (record->settled_by == LIGDI_SETTLEMENT_GIVEN_UP)
    message.title = _("This payment was given up. Nothing to do.");
  else if (record->released_by == LIGDI_RELEASE_CASH)
    message.title = _("Cash was taken for this ticket. Nothing to do.");
  else
    message.title = _("Another payment was opened for this ticket. Nothing to do.");
  message.sentence = _("LigdiPay still watches this payment and will say if its money arrives.");
  message.advice = _("Tell the customer: no more paying by phone.");
  message.may_go_on = FALSE;
  return message;
}

static LigdiMessage
describe_declined (void)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_NOTPAID,
    .word = C_ ("result", "NOT PAID"),
    .short_word = C_ ("in a list", "Not paid"),
    .title = _("Payment failed. Keep the goods."),
    .sentence = _("LigdiCash confirms the refusal. Ticket kept: you can retry."),
    .primary = LIGDI_ACTION_RETRY,
    .secondary = LIGDI_ACTION_EDIT_SALE,
  };
}

static LigdiMessage
describe_aborted (void)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_CANCELLED,
    .word = C_ ("result", "CANCELLED"),
    .short_word = C_ ("in a list", "Cancelled"),
    .title = _("No payment was opened. Keep the goods."),
    .sentence = _("No payment page was shown, so nobody could pay. Ticket kept: you can retry."),
    .primary = LIGDI_ACTION_RETRY,
    .secondary = LIGDI_ACTION_EDIT_SALE,
  };
}

static LigdiMessage
describe_disputed (const LigdiPaymentRecord *record)
{
  LigdiMessage message = {
    .tone = LIGDI_TONE_MISMATCH,
    .word = C_ ("result", "TO REVIEW"),
    .short_word = C_ ("in a list", "To review"),
    .title = _("Keep the goods. Call the manager."),
    .sentence = _("The answer does not match this ticket."),
    .advice = _("Marked “To review”, excluded from today’s total."),
    .primary = LIGDI_ACTION_MANAGER_TOLD,
    .secondary = LIGDI_ACTION_PRINT_STATEMENT,
  };

  if (record->amount_received >= 0 && record->amount_received != record->amount)
    {
      message.word = C_ ("result", "WRONG AMOUNT");
      message.sentence = NULL;
    }
  if (record->follow_up == LIGDI_FOLLOW_UP_NONE)
    {
      message.short_word = C_ ("in a list", "Reviewed");
      message.title = _("A person has dealt with it.");
      message.advice = NULL;
      message.primary = LIGDI_ACTION_NEW_SALE;
    }
  return message;
}

static LigdiMessage
describe_busy (const char *short_word)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_BUSY,
    .word = C_ ("result", "CHECKING"),
    .short_word = short_word,
    .title = _("Checking payment…"),
    .sentence = _("Tell the customer nothing until LigdiCash answers."),
  };
}

static LigdiMessage
say (const char *title, const char *sentence, LigdiAction action)
{
  return (LigdiMessage){
    .tone = LIGDI_TONE_NOTPAID,
    .title = title,
    .sentence = sentence,
    .primary = action,
  };
}

static LigdiMessage
describe_credentials (void)
{
  return say (_("LigdiCash does not accept this shop’s keys."),
              _("The ticket is kept. Call the manager: the keys must be entered again."),
              LIGDI_ACTION_NONE);
}

/* The sub-codes of create (API sheet: error codes, createInvoice). */
static LigdiMessage
describe_refusal (const char *sub_code)
{
  gboolean known = sub_code != NULL && g_ascii_isdigit (*sub_code);
  gint64 number = known ? g_ascii_strtoll (sub_code, NULL, 10) : -1;

  switch (number)
    {
    case 0:
      return describe_credentials ();
    case 1:
      return say (_("This LigdiCash account cannot take payments yet."),
                  _("The ticket is kept. Call the manager: LigdiCash must activate payments."),
                  LIGDI_ACTION_NONE);
    case 2:
      return say (_("LigdiCash does not accept this amount."),
                  _("It is too small or too large for one payment. The ticket is kept: change it, "
                    "then charge again."),
                  LIGDI_ACTION_EDIT_SALE);
    case 3:
      return say (_("LigdiCash does not accept payments from this place."),
                  _("The ticket is kept. Call the manager: LigdiCash must allow the Internet "
                    "address of this shop."),
                  LIGDI_ACTION_NONE);
    case 4:
    case 5:
    case 6:
      return say (_("LigdiCash could not open the payment."),
                  _("Nobody could pay, and the ticket is kept. Wait a moment, then charge again."),
                  LIGDI_ACTION_RETRY);
    case 7:
      return say (_("No operator is enabled on this LigdiCash account."),
                  _("The ticket is kept. Call the manager: LigdiCash must enable an operator."),
                  LIGDI_ACTION_NONE);
    default:
      return say (_("LigdiCash refused to open the payment."),
                  _("Nobody could pay, and the ticket is kept. Charge again; if it happens again, "
                    "call the manager."),
                  LIGDI_ACTION_RETRY);
    }
}

/**
 * ligdi_message_for_payment:
 * @record: a payment
 * @online: whether the gateway can be reached
 *
 * Returns: what its state means to the cashier
 */
LigdiMessage
ligdi_message_for_payment (const LigdiPaymentRecord *record, gboolean online)
{
  g_return_val_if_fail (record != NULL, (LigdiMessage){ 0 });

  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_CREATING:
      return describe_busy (C_ ("in a list", "Opening"));
    case LIGDI_PAYMENT_STATE_AWAITING:
      return describe_busy (C_ ("in a list", "Customer’s turn"));
    case LIGDI_PAYMENT_STATE_VERIFYING:
      return describe_busy (C_ ("in a list", "Checking"));
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
      return describe_unresolved (record, online);
    case LIGDI_PAYMENT_STATE_PAID:
      return describe_paid (record);
    case LIGDI_PAYMENT_STATE_DECLINED:
      return describe_declined ();
    case LIGDI_PAYMENT_STATE_ABORTED:
      return describe_aborted ();
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return describe_disputed (record);
    }
  return describe_unknown (online);
}

/**
 * ligdi_message_for_error:
 * @code: what broke
 * @sub_code: (nullable): the gateway's sub-code, for %LIGDI_ERROR_REFUSED
 *
 * Returns: what to tell the cashier; @word and @short_word are %NULL
 */
LigdiMessage
ligdi_message_for_error (LigdiError code, const char *sub_code)
{
  switch (code)
    {
    case LIGDI_ERROR_OFFLINE:
      return say (_("Offline: no payment was opened."),
                  _("The ticket is kept. Check cable, Wi-Fi or data plan, then charge again."),
                  LIGDI_ACTION_RETRY);
    case LIGDI_ERROR_REFUSED:
      return describe_refusal (sub_code);
    case LIGDI_ERROR_PROTOCOL:
      return say (_("LigdiCash gave an answer that makes no sense."),
                  _("Nobody could pay, and the ticket is kept. Charge again; if it happens again, "
                    "call the manager."),
                  LIGDI_ACTION_RETRY);
    case LIGDI_ERROR_CREDENTIALS:
      return describe_credentials ();
    case LIGDI_ERROR_KEYRING:
      return say (_("The keyring does not give the keys."),
                  _("Open it with its password and start LigdiPay again, or enter the keys again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER:
      return say (_("The ledger cannot be written: do not charge."),
                  _("Nothing that was recorded is lost. Start LigdiPay again; if this comes back, "
                    "call the manager."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER_LOCKED:
      return say (_("Another program uses the ledger: do not charge here."),
                  _("Close the other LigdiPay on this computer, then start this one again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER_CORRUPT:
      return say (_("The ledger is damaged: do not charge."),
                  _("The file is kept as it is. Call the manager before doing anything else."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER_NEWER:
      return say (_("The ledger comes from a newer LigdiPay: do not charge."),
                  _("The file is kept as it is. Update LigdiPay on this computer, then start it "
                    "again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER_REMOTE:
      return say (_("The ledger lies on the network: do not charge."),
                  _("The file is kept as it is. Call the manager: the ledger must lie on this "
                    "computer’s own disk."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_LEDGER_FULL:
      return say (_("The disk is full: do not charge."),
                  _("Nothing that was recorded is lost. Make room on the disk, then start LigdiPay "
                    "again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_ERROR_STATE:
      return say (_("This payment has changed in the meantime."),
                  _("Look at its result before doing anything else."), LIGDI_ACTION_NONE);
    case LIGDI_ERROR_OPEN_ATTEMPT:
      return say (_("This ticket already has an open payment."),
                  _("Finish that one first: it is in the history."), LIGDI_ACTION_NONE);
    }
  return say (_("Something did not work."),
              _("The ticket is kept. Try again; if it happens again, call the manager."),
              LIGDI_ACTION_RETRY);
}

/**
 * ligdi_message_for_print_failure:
 *
 * Returns: what to tell the cashier when nothing came out of the printer
 */
LigdiMessage
ligdi_message_for_print_failure (void)
{
  return say (_("Nothing was printed."),
              _("The payment is recorded all the same. Look at the printer, then print again."),
              LIGDI_ACTION_NONE);
}

/**
 * ligdi_message_for_trouble:
 * @trouble: why a payment page is not shown
 *
 * Returns: what to tell the cashier
 */
LigdiMessage
ligdi_message_for_trouble (LigdiWebTrouble trouble)
{
  const char *insecure = _("Insecure connection");

  switch (trouble)
    {
    case LIGDI_WEB_TROUBLE_LOAD:
      break;
    case LIGDI_WEB_TROUBLE_OFFLINE:
      return say (_("Page not responding"),
                  _("The payment is not lost. Check cable, Wi-Fi or data plan, then load the same "
                    "page again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_WEB_TROUBLE_BLANK:
      return say (_("The page stays blank"),
                  _("The payment is not lost: the same page can be loaded again, or opened on the "
                    "customer’s phone."),
                  LIGDI_ACTION_NONE);
    case LIGDI_WEB_TROUBLE_CLOCK:
      return say (_("The date of this computer is wrong"),
                  _("That is why no page can be trusted. Set date and time, then load the same "
                    "page again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_WEB_TROUBLE_EXPIRED:
      return say (insecure,
                  _("The page’s certificate is too old. It was blocked to protect the customer. "
                    "Check the date of this computer, then load the same page again."),
                  LIGDI_ACTION_NONE);
    case LIGDI_WEB_TROUBLE_OTHER_HOST:
      return say (insecure,
                  _("Another computer answered in the page’s name. It was blocked to protect the "
                    "customer."),
                  LIGDI_ACTION_NONE);
    case LIGDI_WEB_TROUBLE_UNTRUSTED:
      return say (insecure,
                  _("Nobody vouches for this page. It was blocked to protect the customer."),
                  LIGDI_ACTION_NONE);
    }
  return say (_("Page not responding"),
              _("The payment is not lost: the same page can be loaded again."), LIGDI_ACTION_NONE);
}

/**
 * ligdi_message_for_browser_return:
 *
 * Returns: what this computer's browser shows when a payment's page is over; it says nothing
 *   about the money
 */
LigdiMessage
ligdi_message_for_browser_return (void)
{
  return say (_("Payment page finished"),
              _("You can close this page. The till asks LigdiCash for the result."),
              LIGDI_ACTION_NONE);
}

/**
 * ligdi_message_announce:
 * @record: a payment whose verdict came when its customer was no longer at the counter
 * @title: (out) (transfer none): what happened
 *
 * Returns: (transfer full): to which payment
 */
char *
ligdi_message_announce (const LigdiPaymentRecord *record, const char **title)
{
  LigdiMessage message;
  g_autofree char *amount = NULL;

  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  message = ligdi_message_for_payment (record, TRUE);
  amount = ligdi_money_format (record->amount);
  *title = message.title;
  if (record->state == LIGDI_PAYMENT_STATE_PAID)
    *title = record->follow_up == LIGDI_FOLLOW_UP_NONE && record->exit != LIGDI_EXIT_NONE
                 ? C_ ("result", "ARRIVED LATE")
                 : message.word;
  /* Translators: 1 is the ticket's number, 2 an amount, 3 a result such as PAID. */
  return g_strdup_printf (_("Ticket %1$04d · %2$s · %3$s"), (int) record->ticket, amount,
                          message.word);
}

/**
 * ligdi_message_describe_difference:
 * @record: a disputed payment
 *
 * Returns: (transfer full) (nullable): how much is missing or too much, or %NULL when
 *   the amounts do not differ
 */
char *
ligdi_message_describe_difference (const LigdiPaymentRecord *record)
{
  g_autofree char *amount = NULL;
  gint64 more;

  g_return_val_if_fail (record != NULL, NULL);

  more = record->amount_received - record->amount;
  if (record->amount_received < 0 || more == 0)
    return NULL;
  amount = ligdi_money_format (more < 0 ? -more : more);
  /* Translators: %s is an amount. */
  return g_strdup_printf (more < 0 ? _("%s missing.") : _("%s too much."), amount);
}

/**
 * ligdi_message_for_action:
 * @action: something to do
 *
 * Returns: (transfer none) (nullable): the label of its button
 */
const char *
ligdi_message_for_action (LigdiAction action)
{
  switch (action)
    {
    case LIGDI_ACTION_NONE:
      return NULL;
    case LIGDI_ACTION_NEW_SALE:
      return _("New sale");
    case LIGDI_ACTION_RETRY:
      return _("Try again");
    case LIGDI_ACTION_EDIT_SALE:
      return _("Edit ticket");
    case LIGDI_ACTION_CHECK_NOW:
      return _("Check now");
    case LIGDI_ACTION_NEXT_CUSTOMER:
      return _("Next customer");
    case LIGDI_ACTION_MANAGER_TOLD:
      return _("Manager told");
    case LIGDI_ACTION_PRINT_RECEIPT:
      return _("Receipt");
    case LIGDI_ACTION_PRINT_STATEMENT:
      return _("Print details");
    }
  return NULL;
}

static const char *
describe_move (const char *note)
{
  LigdiOpening opening;

  if (!ligdi_opening_from_nick (note, &opening))
    return _("Payment page opened again");
  switch (opening)
    {
    case LIGDI_OPENING_HERE:
      return _("Payment page brought back here");
    case LIGDI_OPENING_WINDOW:
      return _("Payment page moved to its own window");
    case LIGDI_OPENING_BROWSER:
      return _("Payment page opened in the browser");
    case LIGDI_OPENING_PHONE:
      return _("QR code shown");
    }
  return _("Payment page opened again");
}

static const char *
describe_attempt (const char *note, gboolean again)
{
  if (g_strcmp0 (note, "pending") == 0)
    return again ? _("Still pending") : _("Pending at operator");
  if (g_strcmp0 (note, "offline") == 0)
    return _("No answer from LigdiCash");
  if (g_strcmp0 (note, "unchanged") == 0)
    return _("LigdiCash says the same again");
  return _("No clear answer");
}

/**
 * ligdi_message_for_journal:
 * @what: what the journal calls it
 * @note: (nullable): what the journal says about it
 * @again: whether the check before it had the same answer
 *
 * Returns: (transfer none): the same for people
 */
const char *
ligdi_message_for_journal (const char *what, const char *note, gboolean again)
{
  static const struct
  {
    const char *what;
    const char *words;
  } table[] = {
    { "intent", N_ ("Ticket recorded") },
    { "invoice-created", N_ ("Invoice created") },
    { "create-failed", N_ ("The invoice was not created") },
    { "cashier-cancelled", N_ ("Cancelled before the payment page") },
    { "owner-gone", N_ ("LigdiPay stopped before the payment page") },
    { "customer-returned", N_ ("Payment page finished") },
    { "customer-cancelled", N_ ("Payment page closed") },
    { "page-lost", N_ ("Payment page broken off") },
    { "page-reopened", N_ ("Payment page opened again") },
    { "set-aside", N_ ("Next customer served meanwhile") },
    { "verify-asked", N_ ("Check asked for") },
    { "recovered", N_ ("Found again at start") },
    { "patience-exhausted", N_ ("Followed in the background") },
    { "confirmed-paid", N_ ("LigdiCash confirms: paid") },
    { "confirmed-declined", N_ ("LigdiCash confirms: not paid") },
    { "confirmed-mismatch", N_ ("The answer does not match this ticket") },
    { "cash", N_ ("Paid in cash instead") },
    { "given-up", N_ ("Given up; still watched") },
    { "new-payment", N_ ("Another payment opened instead") },
    { "late-reply", N_ ("Invoice created too late, never shown") },
    { "contradiction", N_ ("LigdiCash contradicts itself") },
    { "not-charged-again", N_ ("The same amount was not charged again") },
    { "carried-over", N_ ("Carried over from an older version") },
  };

  if (g_strcmp0 (what, "attempt") == 0)
    return describe_attempt (note, again);
  if (g_strcmp0 (what, "page-moved") == 0)
    return describe_move (note);
  if (g_strcmp0 (what, "follow-up-closed") == 0)
    return note != NULL ? note : _("Reviewed");
  if (g_strcmp0 (what, "intent") == 0 && note != NULL)
    return _("Ticket recorded, though the same amount was just charged");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (what, table[i].what) == 0)
      return _(table[i].words);
  return _("Noted");
}

/**
 * ligdi_tone_to_nick:
 * @tone: a tone
 *
 * Returns: (transfer none): its style class; icons are "ligdipay-state-NICK-symbolic"
 */
const char *
ligdi_tone_to_nick (LigdiTone tone)
{
  switch (tone)
    {
    case LIGDI_TONE_PAID:
      return "paid";
    case LIGDI_TONE_NOTPAID:
      return "notpaid";
    case LIGDI_TONE_PENDING:
      return "pending";
    case LIGDI_TONE_UNKNOWN:
      return "unknown";
    case LIGDI_TONE_MISMATCH:
      return "mismatch";
    case LIGDI_TONE_CANCELLED:
      return "cancelled";
    case LIGDI_TONE_BUSY:
      return "pending";
    }
  return "unknown";
}
