/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-payer.h"
#include "ligdi-sim-adversary.h"
#include "ligdi-sim-operator.h"
#include "ligdi-sim-outcome.h"
#include "ligdi-sim-page.h"
#include "ligdi-sim-reply.h"
#include "ligdi-sim-return.h"
#include "ligdi-sim-scenario.h"

#include <string.h>

/* The customer at the payment page: reads what was typed and pressed, lets the operator answer,
 * and sends the browser back to the shop. A wrong code can be tried again any number of times
 * and leaves the invoice pending (transaction-lifecycle). */

#define WRONG_OTP "000000"
#define OTP_DIGITS 6
#define PHONE_DIGITS_MIN 8
#define PHONE_DIGITS_MAX 10
#define NONCE_BYTES 16
#define PAGE_TYPE "text/html; charset=utf-8"

struct _LigdiSimPayer
{
  GObject parent_instance;

  LigdiSimStore *store;
  LigdiSimCallback *callback;
  const LigdiSimSettings *settings;
};

typedef struct
{
  LigdiSimPayer *self;
  SoupServerMessage *message;
  LigdiSimInvoice *invoice;
  char *back_url;
} Departure;

G_DEFINE_FINAL_TYPE (LigdiSimPayer, ligdi_sim_payer, G_TYPE_OBJECT)

static void
departure_free (Departure *departure)
{
  g_object_unref (departure->self);
  g_object_unref (departure->message);
  g_object_unref (departure->invoice);
  g_free (departure->back_url);
  g_free (departure);
}

static char *
make_nonce (void)
{
  guint32 words[NONCE_BYTES / sizeof (guint32)];

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_random_int ();
  return g_base64_encode ((const guchar *) words, sizeof words);
}

/* A form is also held to form-action where its answer redirects to. */
static void
set_headers (SoupServerMessage *message, LigdiSimInvoice *invoice, const char *nonce)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *return_origin = NULL;
  g_autofree char *cancel_origin = NULL;
  g_autofree char *policy = NULL;

  if (invoice != NULL)
    {
      const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);

      return_origin = ligdi_sim_return_get_origin (order->return_url);
      cancel_origin = ligdi_sim_return_get_origin (order->cancel_url);
    }
  policy = g_strdup_printf ("default-src 'none'; style-src 'nonce-%s'; script-src 'nonce-%s'; "
                            "base-uri 'none'; frame-ancestors 'self'; form-action 'self' %s %s",
                            nonce, nonce, return_origin != NULL ? return_origin : "",
                            cancel_origin != NULL ? cancel_origin : "");
  g_strchomp (policy);

  soup_message_headers_replace (headers, "X-Frame-Options", "SAMEORIGIN");
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
}

static LigdiSimFaults
get_faults (LigdiSimPayer *self, LigdiSimInvoice *invoice)
{
  return ligdi_sim_scenario_get_faults (self->settings,
                                        ligdi_sim_invoice_get_order (invoice)->total_amount);
}

static void
send_page (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice, GBytes *page)
{
  g_autoptr (GBytes) owned_page = page;
  LigdiSimFaults faults = get_faults (self, invoice);
  gboolean slow = ligdi_sim_faults_are_slow (faults, LIGDI_SIM_TARGET_PAGE);

  ligdi_sim_reply_send (message, SOUP_STATUS_OK, PAGE_TYPE, owned_page,
                        ligdi_sim_faults_get_delivery (faults, LIGDI_SIM_TARGET_PAGE),
                        slow ? self->settings->slow_seconds : 0);
}

static void
send_choice (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
             const LigdiSimVisit *visit)
{
  g_autofree char *nonce = make_nonce ();

  set_headers (message, invoice, nonce);
  send_page (self, message, invoice,
             ligdi_sim_page_render_choice (invoice, visit, self->settings, nonce));
}

static void
send_step (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
           const LigdiSimVisit *visit)
{
  g_autofree char *nonce = make_nonce ();

  set_headers (message, invoice, nonce);
  send_page (self, message, invoice, ligdi_sim_page_render_step (invoice, visit, nonce));
}

static void
send_end (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
          const char *back_url)
{
  g_autofree char *nonce = make_nonce ();

  set_headers (message, invoice, nonce);
  send_page (self, message, invoice, ligdi_sim_page_render_end (invoice, back_url, nonce));
}

static char *
make_back_url (LigdiSimPayer *self, LigdiSimInvoice *invoice, const char *url)
{
  return ligdi_sim_return_make_url (
      url, self->settings->append_token ? ligdi_sim_invoice_get_token (invoice) : NULL);
}

static void
leave (Departure *departure)
{
  LigdiSimPayer *self = departure->self;
  LigdiSimRedirect redirect = self->settings->redirect;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (departure->message);
  g_autofree char *nonce = make_nonce ();
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (departure->back_url == NULL)
    {
      send_end (self, departure->message, departure->invoice, NULL);
      return;
    }

  set_headers (departure->message, departure->invoice, nonce);
  switch (redirect)
    {
    case LIGDI_SIM_REDIRECT_302:
      soup_message_headers_replace (headers, "Location", departure->back_url);
      ligdi_sim_reply_send (departure->message, SOUP_STATUS_FOUND, PAGE_TYPE, nothing,
                            LIGDI_SIM_DELIVERY_NORMAL, self->settings->operator_seconds);
      break;
    case LIGDI_SIM_REDIRECT_SCRIPT:
    case LIGDI_SIM_REDIRECT_FORM:
    case LIGDI_SIM_REDIRECT_META:
      send_page (self, departure->message, departure->invoice,
                 ligdi_sim_page_render_leaving (departure->invoice, departure->back_url, redirect,
                                                nonce));
      break;
    }
}

static void
on_wait_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Departure *departure = user_data;

  ligdi_sim_callback_wait_finish (LIGDI_SIM_CALLBACK (source), result, NULL);
  leave (departure);
  departure_free (departure);
}

static void
play (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
      LigdiSimOutcome outcome)
{
  const char *url = ligdi_sim_outcome_apply (outcome, self->store, invoice, self->settings);
  Departure *departure = g_new0 (Departure, 1);

  g_message ("page: invoice %s, %s", ligdi_sim_invoice_get_id (invoice),
             ligdi_sim_outcome_get_name (outcome));
  departure->self = g_object_ref (self);
  departure->message = g_object_ref (message);
  departure->invoice = g_object_ref (invoice);
  departure->back_url = make_back_url (self, invoice, url);

  if (self->settings->callback_mode == LIGDI_SIM_CALLBACK_BEFORE_REDIRECT)
    {
      soup_server_message_pause (message);
      ligdi_sim_callback_wait_async (self->callback, invoice, on_wait_ready, departure);
      return;
    }
  leave (departure);
  departure_free (departure);
}

static char *
keep_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return g_string_free (digits, FALSE);
}

static gboolean
is_phone (const char *phone)
{
  g_autofree char *digits = keep_digits (phone);
  gsize length = strlen (digits);

  return length >= PHONE_DIGITS_MIN && length <= PHONE_DIGITS_MAX
         && strspn (phone, "0123456789 .-") == strlen (phone);
}

static const char *
find_otp_problem (const char *otp)
{
  if (strlen (otp) != OTP_DIGITS || strspn (otp, "0123456789") != OTP_DIGITS)
    return "Saisissez les 6 chiffres du code à usage unique.";
  if (strcmp (otp, WRONG_OTP) == 0)
    return "Code faux. Rien n’a été débité : saisissez un autre code.";
  return "";
}

static const char *
find_problem (LigdiSimInvoice *invoice, const LigdiSimVisit *visit, const char *otp)
{
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;

  if (visit->op == NULL)
    return "Choisissez un opérateur.";
  if (amount < visit->op->min_amount)
    return "Ce montant est trop petit pour cet opérateur.";
  if (visit->op->mode != LIGDI_SIM_MODE_CARD && !is_phone (visit->phone))
    return "Saisissez un numéro de téléphone de 8 à 10 chiffres.";
  if (visit->op->mode == LIGDI_SIM_MODE_USSD_OTP)
    return find_otp_problem (otp);
  return "";
}

static void
note_payer (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  g_autofree char *digits = keep_digits (visit->phone);
  g_autofree char *phone = NULL;

  if (visit->op->mode != LIGDI_SIM_MODE_CARD && *digits != '\0')
    phone = g_strconcat (visit->country->code, digits, NULL);
  ligdi_sim_invoice_set_payer (invoice, visit->op->id, visit->op->name, phone != NULL ? phone : "");
}

static void
pay (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
     const LigdiSimVisit *visit)
{
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;

  note_payer (invoice, visit);
  play (self, message, invoice, ligdi_sim_scenario_get_outcome (self->settings, amount));
}

static void
act (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
     LigdiSimVisit *visit, const char *action, const char *otp)
{
  LigdiSimOutcome outcome;

  if (ligdi_sim_outcome_from_name (action, &outcome))
    {
      if (visit->op != NULL)
        note_payer (invoice, visit);
      play (self, message, invoice, outcome);
      return;
    }

  visit->problem = find_problem (invoice, visit, otp);
  if (*visit->problem != '\0')
    {
      send_choice (self, message, invoice, visit);
    }
  else if (strcmp (action, "refuse") == 0)
    {
      visit->problem = "Le paiement a été refusé. Rien n’a été débité : vous pouvez recommencer.";
      send_choice (self, message, invoice, visit);
    }
  else if (strcmp (action, "approve") != 0 && visit->op->mode != LIGDI_SIM_MODE_USSD_OTP)
    {
      send_step (self, message, invoice, visit);
    }
  else if (visit->op->mode == LIGDI_SIM_MODE_SMS_OTP && *find_otp_problem (otp) != '\0')
    {
      visit->problem = find_otp_problem (otp);
      send_step (self, message, invoice, visit);
    }
  else
    {
      pay (self, message, invoice, visit);
    }
}

static const char *
get_field (GHashTable *form, const char *key)
{
  const char *value = form != NULL ? g_hash_table_lookup (form, key) : NULL;

  return value != NULL && g_utf8_validate (value, -1, NULL) ? value : "";
}

static const LigdiSimCountry *
choose_country (LigdiSimInvoice *invoice, const LigdiSimOperator *op, const char *code)
{
  const char *customer = ligdi_sim_invoice_get_order (invoice)->customer;
  const LigdiSimCountry *country = NULL;
  gsize n_countries = 0;

  if (*customer != '\0')
    country = ligdi_sim_country_from_phone (customer);
  else if (op != NULL && *op->country != '\0')
    country = ligdi_sim_country_from_phone (op->country);
  else
    country = ligdi_sim_country_from_phone (code);

  return country != NULL ? country : ligdi_sim_country_list (&n_countries);
}

static const char *
choose_phone (LigdiSimInvoice *invoice, const LigdiSimCountry *country)
{
  const char *customer = ligdi_sim_invoice_get_order (invoice)->customer;

  if (g_str_has_prefix (customer, country->code))
    return customer + strlen (country->code);
  return country->example;
}

static gboolean
is_offered (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  g_autoptr (GPtrArray) offered = ligdi_sim_page_list_operators (invoice, visit);

  return g_ptr_array_find (offered, visit->op, NULL);
}

static void
answer_form (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
             GHashTable *query)
{
  SoupMessageBody *request_body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) body = soup_message_body_flatten (request_body);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  LigdiSimVisit visit = { NULL, NULL, "", "" };
  const char *country_code = get_field (form, "country");

  if (*country_code == '\0')
    country_code = get_field (query, "country");
  visit.op = ligdi_sim_operator_from_key (get_field (form, "operator"));
  visit.country = choose_country (invoice, visit.op, country_code);
  if (visit.op != NULL && !is_offered (invoice, &visit))
    visit.op = NULL;
  visit.phone = get_field (form, "phone");

  act (self, message, invoice, &visit, get_field (form, "action"), get_field (form, "otp"));
}

static void
answer_visit (LigdiSimPayer *self, SoupServerMessage *message, LigdiSimInvoice *invoice,
              GHashTable *query)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  LigdiSimVisit visit = { NULL, NULL, "", "" };

  if (ligdi_sim_invoice_get_status (invoice) != LIGDI_SIM_STATUS_PENDING)
    {
      g_autofree char *back_url = make_back_url (self, invoice, order->return_url);

      send_end (self, message, invoice, back_url);
      return;
    }
  if (self->settings->automatic)
    {
      play (self, message, invoice,
            ligdi_sim_scenario_get_outcome (self->settings, order->total_amount));
      return;
    }
  if (ligdi_sim_adversary_answer (message, invoice, query, self->settings))
    return;

  visit.country = choose_country (invoice, NULL, get_field (query, "country"));
  visit.phone = choose_phone (invoice, visit.country);
  send_choice (self, message, invoice, &visit);
}

static void
ligdi_sim_payer_finalize (GObject *object)
{
  LigdiSimPayer *self = LIGDI_SIM_PAYER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->callback);

  G_OBJECT_CLASS (ligdi_sim_payer_parent_class)->finalize (object);
}

static void
ligdi_sim_payer_class_init (LigdiSimPayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sim_payer_finalize;
}

static void
ligdi_sim_payer_init (LigdiSimPayer *self)
{
}

/**
 * ligdi_sim_payer_new:
 * @store: the invoices
 * @callback: what tells merchants
 * @settings: how to behave; must outlive the object, and may change
 *
 * Returns: (transfer full): what serves the payment page
 */
LigdiSimPayer *
ligdi_sim_payer_new (LigdiSimStore *store, LigdiSimCallback *callback,
                     const LigdiSimSettings *settings)
{
  LigdiSimPayer *self = g_object_new (LIGDI_SIM_TYPE_PAYER, NULL);

  self->store = g_object_ref (store);
  self->callback = g_object_ref (callback);
  self->settings = settings;
  return self;
}

/**
 * ligdi_sim_payer_answer:
 * @message: GET or POST /directpayment/invoice/…
 * @token: the end of the path
 * @query: (nullable): the query of the address
 */
void
ligdi_sim_payer_answer (LigdiSimPayer *self, SoupServerMessage *message, const char *token,
                        GHashTable *query)
{
  LigdiSimInvoice *invoice = ligdi_sim_store_find (self->store, token);
  const char *method = soup_server_message_get_method (message);

  if (invoice == NULL)
    {
      g_autofree char *nonce = make_nonce ();
      g_autoptr (GBytes) page = ligdi_sim_page_render_unknown (nonce);

      g_message ("page: unknown invoice");
      set_headers (message, NULL, nonce);
      ligdi_sim_reply_send (message, SOUP_STATUS_NOT_FOUND, PAGE_TYPE, page,
                            LIGDI_SIM_DELIVERY_NORMAL, 0);
      return;
    }

  if (method == SOUP_METHOD_POST)
    answer_form (self, message, invoice, query);
  else
    answer_visit (self, message, invoice, query);
}
