/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-bus.h"

#include "ligdi-till-bus.h"

#include <glib/gi18n.h>

/* The till for other programs of the shop; data/com.example.LigdiPay.xml says what they may
 * count on. Whatever they ask for, the cashier decides. */

#define VERSION 1
#define MAX_LISTED 1000
#define LONGEST_LIST_MS (31 * 24 * 3600 * G_GINT64_CONSTANT (1000))
/* More than these no cashier has in mind; those that web pages ask for are for free. */
#define MAX_OFFERS 50
#define MAX_OFFERS_BY_LINK 5

enum
{
  SIGNAL_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiBus
{
  GObject parent_instance;

  GSettings *settings;
  LigdiTill1 *skeleton;
  LigdiWindow *window; /* or NULL; its "destroy" says when it goes */
  LigdiCheckout *checkout;
  gboolean demonstration;
  GQueue calls;     /* GDBusMethodInvocation: what has come before the till was open */
  GQueue links;     /* char: addresses, likewise */
  GHashTable *told; /* reference -> the state that was last told */
};

G_DEFINE_FINAL_TYPE (LigdiBus, ligdi_bus, G_TYPE_OBJECT)

typedef void (*Answer) (LigdiBus *self, GDBusMethodInvocation *call);

/* While it is before the cashier, a payment that came to nothing may be tried again at once. */
static const char *
name_state (const LigdiPaymentRecord *record, gboolean on_screen)
{
  switch (record->state)
    {
    case LIGDI_PAYMENT_STATE_PAID:
    case LIGDI_PAYMENT_STATE_DISPUTED:
      return ligdi_payment_state_get_verdict (record->state);
    case LIGDI_PAYMENT_STATE_CREATING:
    case LIGDI_PAYMENT_STATE_VERIFYING:
      return "paying";
    case LIGDI_PAYMENT_STATE_AWAITING:
      return ligdi_payment_record_is_aside (record) ? "unresolved" : "paying";
    case LIGDI_PAYMENT_STATE_UNRESOLVED:
    case LIGDI_PAYMENT_STATE_DECLINED:
    case LIGDI_PAYMENT_STATE_ABORTED:
      break;
    }
  switch (record->settled_by)
    {
    case LIGDI_SETTLEMENT_CASH:
      return "cash";
    case LIGDI_SETTLEMENT_GIVEN_UP:
      return "given-up";
    case LIGDI_SETTLEMENT_OPEN:
    case LIGDI_SETTLEMENT_PAYMENT:
      break;
    }
  if (on_screen)
    return "paying";
  return record->state == LIGDI_PAYMENT_STATE_UNRESOLVED ? "unresolved" : "not-paid";
}

static gboolean
is_served (LigdiBus *self, LigdiPayment *payment)
{
  return self->window != NULL && ligdi_window_serves (self->window, payment);
}

/* Its page was never shown, and nobody is looking at it any more: the same sale, once more. */
static gboolean
has_never_begun (LigdiBus *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  return record->state == LIGDI_PAYMENT_STATE_ABORTED
         && record->settled_by == LIGDI_SETTLEMENT_OPEN && !is_served (self, payment);
}

/* How it stands, and the payment that says so, if there is one; or NULL when it cannot be known. */
static const char *
find_state (LigdiBus *self, const char *reference, LigdiPayment **payment)
{
  gboolean refused = FALSE;
  g_autoptr (GError) error = NULL;

  *payment = ligdi_checkout_find_charge (self->checkout, reference, &error);
  if (error == NULL && (*payment == NULL || has_never_begun (self, *payment)))
    ligdi_checkout_is_charge_refused (self->checkout, reference, &refused, &error);
  if (error != NULL)
    {
      g_message ("%s", error->message);
      return NULL;
    }
  if (self->window != NULL && ligdi_window_get_offer (self->window, reference) != NULL)
    return "waiting";
  if (refused)
    return "refused";
  return *payment != NULL
             ? name_state (ligdi_payment_get_record (*payment), is_served (self, *payment))
             : "unknown";
}

static void
add_text (GVariantDict *details, const char *name, const char *text)
{
  if (text != NULL)
    g_variant_dict_insert (details, name, "s", text);
}

static void
add_number (GVariantDict *details, const char *name, gint64 number, gint64 none)
{
  if (number != none)
    g_variant_dict_insert (details, name, "x", number);
}

/* Returns a floating variant. */
static GVariant *
describe (LigdiBus *self, LigdiPayment *payment, const char *state)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  const LigdiPaymentRecord *record
      = payment != NULL ? ligdi_payment_get_record (payment) : NULL;

  if (record != NULL)
    {
      add_text (&details, "payment", record->reference);
      add_number (&details, "ticket", record->ticket, 0);
      add_number (&details, "amount", record->amount, 0);
      if (record->state == LIGDI_PAYMENT_STATE_PAID || record->state == LIGDI_PAYMENT_STATE_DISPUTED)
        add_number (&details, "amount-received", record->amount_received, -1);
      add_text (&details, "operator", record->operator_name);
      add_text (&details, "charge", record->charge);
      add_number (&details, "begun-at", record->created_at, 0);
      add_number (&details, "verdict-at", record->verdict_at, 0);
    }
  add_text (&details, "state", state);
  if (self->demonstration)
    g_variant_dict_insert (&details, "demonstration", "b", TRUE);
  return g_variant_dict_end (&details);
}

static void
tell (LigdiBus *self, const char *reference)
{
  g_autoptr (LigdiPayment) payment = NULL;
  const char *before = g_hash_table_lookup (self->told, reference);
  const char *state = self->checkout != NULL ? find_state (self, reference, &payment) : NULL;

  if (state == NULL || g_strcmp0 (before, state) == 0)
    return;
  ligdi_till1_emit_charge_changed (self->skeleton, reference, state,
                                   describe (self, payment, NULL));
  /* Nothing is kept of what has come to nothing. */
  if (g_str_equal (state, "unknown") || g_str_equal (state, "refused"))
    g_hash_table_remove (self->told, reference);
  else
    g_hash_table_insert (self->told, g_strdup (reference), g_strdup (state));
}

/* What every method about one charge answers. */
static void
reply (LigdiBus *self, GDBusMethodInvocation *call, const char *reference)
{
  g_autoptr (LigdiPayment) payment = NULL;
  const char *state = find_state (self, reference, &payment);

  if (state == NULL)
    {
      g_dbus_method_invocation_return_error_literal (call, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                                     "the ledger cannot be read");
      return;
    }
  g_dbus_method_invocation_return_value (
      call, g_variant_new ("(s@a{sv})", state, describe (self, payment, NULL)));
}

static gboolean
read_items (LigdiSale *sale, GVariant *items)
{
  GVariantIter iter;
  const char *label;
  gint64 quantity;
  gint64 unit_price;

  g_variant_iter_init (&iter, items);
  while (g_variant_iter_next (&iter, "(&sxx)", &label, &quantity, &unit_price))
    if (!ligdi_sale_add (sale, label, quantity, unit_price))
      return FALSE;
  return TRUE;
}

/* Also where only the amount is given there is a line, called as the charge is. */
static LigdiCharge *
read_charge (LigdiBus *self, GVariant *arguments, const char **fault)
{
  const char *reference;
  const char *sender = "";
  gint64 amount;
  g_autoptr (GVariant) items = NULL;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();

  g_variant_get (arguments, "(&sx@a(sxx)@a{sv})", &reference, &amount, &items, &options);
  g_variant_lookup (options, "from", "&s", &sender);
  if (g_variant_n_children (items) == 0
          ? !ligdi_sale_add (sale, *reference != '\0' ? reference : "?", 1, amount)
          : !read_items (sale, items))
    *fault = "an amount, a quantity or a label cannot be taken";
  else if (ligdi_sale_get_total (sale) != amount)
    *fault = "the amount is not the sum of the items";
  else
    *fault = ligdi_charge_find_fault (reference, sender, sale,
                                      g_settings_get_int64 (self->settings, "payment-limit"));
  return *fault == NULL ? ligdi_charge_new (reference, sender, sale) : NULL;
}

/* What is there under this reference already, francs XOF, or 0. */
static gint64
get_known_amount (LigdiBus *self, const char *reference, LigdiPayment *payment)
{
  const LigdiCharge *offer = ligdi_window_get_offer (self->window, reference);

  if (offer != NULL)
    return ligdi_sale_get_total (offer->sale);
  return payment != NULL ? ligdi_payment_get_record (payment)->amount : 0;
}

/* The cashier looks at what is new, and a customer who is paying is left alone. */
static void
come_forward (LigdiBus *self)
{
  if (!ligdi_window_has_customer (self->window))
    gtk_window_present (GTK_WINDOW (self->window));
}

static void
answer_charge (LigdiBus *self, GDBusMethodInvocation *call)
{
  const char *fault = NULL;
  g_autoptr (LigdiCharge) charge
      = read_charge (self, g_dbus_method_invocation_get_parameters (call), &fault);
  g_autoptr (LigdiPayment) payment = NULL;
  gboolean refused = FALSE;
  gint64 known;

  if (charge == NULL)
    {
      g_dbus_method_invocation_return_error_literal (call, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_INVALID_ARGS, fault);
      return;
    }
  if (ligdi_window_is_kiosk (self->window))
    {
      g_dbus_method_invocation_return_error_literal (
          call, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED, "a kiosk has no cashier");
      return;
    }
  payment = ligdi_checkout_find_charge (self->checkout, charge->reference, NULL);
  known = get_known_amount (self, charge->reference, payment);
  if (known != 0 && known != ligdi_sale_get_total (charge->sale))
    {
      g_dbus_method_invocation_return_error_literal (
          call, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
          "the reference was used for another amount");
      return;
    }
  if ((payment != NULL ? has_never_begun (self, payment) : known == 0)
      && ligdi_checkout_is_charge_refused (self->checkout, charge->reference, &refused, NULL)
      && !refused)
    {
      if (payment != NULL)
        ligdi_window_offer_again (self->window, payment);
      else if (ligdi_window_count_offers (self->window) < MAX_OFFERS)
        ligdi_window_offer (self->window, charge);
      else
        {
          g_dbus_method_invocation_return_error_literal (
              call, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED, "too many sales wait already");
          return;
        }
      come_forward (self);
    }
  reply (self, call, charge->reference);
}

static const char *
get_reference (GDBusMethodInvocation *call)
{
  const char *reference;

  g_variant_get (g_dbus_method_invocation_get_parameters (call), "(&s)", &reference);
  return reference;
}

static void
answer_status (LigdiBus *self, GDBusMethodInvocation *call)
{
  reply (self, call, get_reference (call));
}

static void
answer_cancel (LigdiBus *self, GDBusMethodInvocation *call)
{
  if (self->window != NULL)
    ligdi_window_withdraw (self->window, get_reference (call));
  reply (self, call, get_reference (call));
}

static void
answer_list (LigdiBus *self, GDBusMethodInvocation *call)
{
  g_autoptr (GVariantBuilder) list = g_variant_builder_new (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GPtrArray) payments = NULL;
  gint64 from;
  gint64 until;

  g_variant_get (g_dbus_method_invocation_get_parameters (call), "(xx)", &from, &until);
  if (from < 0 || until < from || until - from > LONGEST_LIST_MS)
    {
      g_dbus_method_invocation_return_error_literal (call, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                                     "a time of at most 31 days is needed");
      return;
    }
  payments = ligdi_checkout_list_payments (self->checkout, from, until, NULL);
  for (guint i = 0; payments != NULL && i < MIN (payments->len, MAX_LISTED); i++)
    {
      LigdiPayment *payment = g_ptr_array_index (payments, i);
      const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

      g_variant_builder_add_value (
          list, describe (self, payment, name_state (record, is_served (self, payment))));
    }
  if (payments == NULL)
    {
      g_dbus_method_invocation_return_error_literal (call, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                                     "the ledger cannot be read");
      return;
    }
  g_dbus_method_invocation_return_value (call, g_variant_new ("(@aa{sv})",
                                                              g_variant_builder_end (list)));
}

static const struct
{
  const char *method;
  Answer answer;
  gboolean needs_window;
} methods[] = {
  { "Charge", answer_charge, TRUE },
  { "Status", answer_status, FALSE },
  { "Cancel", answer_cancel, FALSE },
  { "List", answer_list, FALSE },
};

/* Answers the first call, and takes it out of the queue, if the till is far enough. */
static gboolean
answer_first (LigdiBus *self)
{
  GDBusMethodInvocation *call = g_queue_peek_head (&self->calls);
  const char *method = g_dbus_method_invocation_get_method_name (call);
  guint i = 0;

  while (i < G_N_ELEMENTS (methods) && !g_str_equal (method, methods[i].method))
    i++;
  g_return_val_if_fail (i < G_N_ELEMENTS (methods), FALSE);
  if (self->checkout == NULL || (methods[i].needs_window && self->window == NULL))
    {
      /* A till that cannot open fails them all, and this one is among them. */
      g_signal_emit (self, signals[SIGNAL_WANTED], 0, methods[i].needs_window);
      return FALSE;
    }
  g_queue_pop_head (&self->calls);
  methods[i].answer (self, call);
  return TRUE;
}

/* Whatever the method: what came first is answered first. */
static gboolean
on_call (LigdiBus *self, GDBusMethodInvocation *call)
{
  g_queue_push_tail (&self->calls, call);
  if (g_queue_get_length (&self->calls) == 1)
    answer_first (self);
  return TRUE;
}

/* Who follows a link twice sees what became of the first. */
static void
follow_link (LigdiBus *self, const char *uri)
{
  g_autoptr (LigdiCharge) charge = ligdi_charge_parse (
      uri, _("Free amount"), g_settings_get_int64 (self->settings, "payment-limit"));
  g_autoptr (LigdiPayment) payment = NULL;

  if (charge == NULL || ligdi_window_is_kiosk (self->window)
      || ligdi_window_count_offers (self->window) >= MAX_OFFERS_BY_LINK)
    {
      ligdi_window_say_bad_link (self->window);
      return;
    }
  payment = ligdi_checkout_find_charge (self->checkout, charge->reference, NULL);
  if (payment != NULL && has_never_begun (self, payment))
    ligdi_window_offer_again (self->window, payment);
  else if (payment != NULL && !ligdi_window_has_customer (self->window))
    ligdi_window_look_up (self->window, payment);
  else if (payment == NULL && ligdi_window_get_offer (self->window, charge->reference) == NULL)
    ligdi_window_offer (self->window, charge);
}

static void
answer_waiting (LigdiBus *self)
{
  while (self->window != NULL && self->checkout != NULL && !g_queue_is_empty (&self->links))
    {
      g_autofree char *uri = g_queue_pop_head (&self->links);

      follow_link (self, uri);
    }
  while (!g_queue_is_empty (&self->calls) && answer_first (self))
    continue;
}

static void
on_payment_changed (LigdiBus *self, LigdiPayment *payment)
{
  const char *reference = ligdi_payment_get_record (payment)->charge;

  if (reference != NULL)
    tell (self, reference);
}

static void
on_verdict (LigdiBus *self, LigdiPayment *payment)
{
  const LigdiPaymentRecord *record = ligdi_payment_get_record (payment);

  /* However the cashier has settled the sale meanwhile. */
  ligdi_till1_emit_verdict (self->skeleton, record->reference,
                            ligdi_payment_state_get_verdict (record->state),
                            describe (self, payment, NULL));
}

static void
on_charge_changed (LigdiBus *self, const char *reference)
{
  tell (self, reference);
}

/* What waited for the cashier waits no longer, and what was on screen is not. */
static void
on_window_destroyed (LigdiBus *self)
{
  g_autoptr (GList) references = g_hash_table_get_keys (self->told);

  self->window = NULL;
  for (GList *link = references; link != NULL; link = link->next)
    {
      g_autofree char *reference = g_strdup (link->data);

      tell (self, reference);
    }
}

static void
ligdi_bus_dispose (GObject *object)
{
  LigdiBus *self = LIGDI_BUS (object);

  ligdi_bus_close (self);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (ligdi_bus_parent_class)->dispose (object);
}

static void
ligdi_bus_finalize (GObject *object)
{
  g_hash_table_unref (LIGDI_BUS (object)->told);
  g_queue_clear_full (&LIGDI_BUS (object)->links, g_free);
  G_OBJECT_CLASS (ligdi_bus_parent_class)->finalize (object);
}

static void
ligdi_bus_class_init (LigdiBusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ligdi_bus_dispose;
  object_class->finalize = ligdi_bus_finalize;

  /**
   * LigdiBus::wanted:
   * @self: the bus
   * @window: whether the cashier is needed
   *
   * Somebody asks, and the till is not open.
   */
  signals[SIGNAL_WANTED] = g_signal_new ("wanted", LIGDI_TYPE_BUS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
ligdi_bus_init (LigdiBus *self)
{
  static const char *const handlers[]
      = { "handle-charge", "handle-status", "handle-cancel", "handle-list" };

  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->calls);
  g_queue_init (&self->links);
  self->skeleton = ligdi_till1_skeleton_new ();
  ligdi_till1_set_version (self->skeleton, VERSION);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_swapped (self->skeleton, handlers[i], G_CALLBACK (on_call), self);
}

/**
 * ligdi_bus_new:
 * @settings: what the shop has set
 *
 * Returns: (transfer full): a till that other programs cannot see yet
 */
LigdiBus *
ligdi_bus_new (GSettings *settings)
{
  LigdiBus *self = g_object_new (LIGDI_TYPE_BUS, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * ligdi_bus_export:
 * @self: a bus
 * @connection: the session's bus
 * @path: where
 * @error: return location, as for g_dbus_interface_skeleton_export()
 *
 * Returns: %FALSE on failure
 */
gboolean
ligdi_bus_export (LigdiBus *self, GDBusConnection *connection, const char *path, GError **error)
{
  g_return_val_if_fail (LIGDI_IS_BUS (self), FALSE);

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           path, error);
}

/**
 * ligdi_bus_unexport:
 * @self: a bus
 */
void
ligdi_bus_unexport (LigdiBus *self)
{
  g_return_if_fail (LIGDI_IS_BUS (self));

  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}

/**
 * ligdi_bus_set_window:
 * @self: a bus
 * @window: the cashier's window
 */
void
ligdi_bus_set_window (LigdiBus *self, LigdiWindow *window)
{
  g_return_if_fail (LIGDI_IS_BUS (self));
  g_return_if_fail (LIGDI_IS_WINDOW (window));

  self->window = window;
  g_signal_connect_object (window, "charge-changed", G_CALLBACK (on_charge_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_window_destroyed), self,
                           G_CONNECT_SWAPPED);
  answer_waiting (self);
}

/**
 * ligdi_bus_set_checkout:
 * @self: a bus
 * @checkout: what takes the payments
 * @demonstration: whether the money is play money
 *
 * Answers what has waited.
 */
void
ligdi_bus_set_checkout (LigdiBus *self, LigdiCheckout *checkout, gboolean demonstration)
{
  g_return_if_fail (LIGDI_IS_BUS (self));
  g_return_if_fail (LIGDI_IS_CHECKOUT (checkout));

  g_set_object (&self->checkout, checkout);
  self->demonstration = demonstration;
  g_signal_connect_object (checkout, "payment-changed", G_CALLBACK (on_payment_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (checkout, "verdict", G_CALLBACK (on_verdict), self, G_CONNECT_SWAPPED);
  answer_waiting (self);
}

/**
 * ligdi_bus_open_link:
 * @self: a bus
 * @uri: an address such as ligdi_charge_parse() takes
 *
 * Puts what somebody's web page asks for before the cashier.
 */
void
ligdi_bus_open_link (LigdiBus *self, const char *uri)
{
  g_return_if_fail (LIGDI_IS_BUS (self));
  g_return_if_fail (uri != NULL);

  g_queue_push_tail (&self->links, g_strdup (uri));
  answer_waiting (self);
}

/**
 * ligdi_bus_fail:
 * @self: a bus
 * @reason: why the till does not open, in words for the programs
 */
void
ligdi_bus_fail (LigdiBus *self, const char *reason)
{
  GDBusMethodInvocation *call;

  g_return_if_fail (LIGDI_IS_BUS (self));

  while ((call = g_queue_pop_head (&self->calls)) != NULL)
    g_dbus_method_invocation_return_error_literal (call, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                                   reason);
}

/**
 * ligdi_bus_close:
 * @self: a bus
 *
 * The till closes.
 */
void
ligdi_bus_close (LigdiBus *self)
{
  g_return_if_fail (LIGDI_IS_BUS (self));

  ligdi_bus_fail (self, "the till has closed");
  if (self->checkout != NULL)
    g_signal_handlers_disconnect_by_data (self->checkout, self);
  g_clear_object (&self->checkout);
  self->window = NULL;
}
