/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-simulator"

#include "ligdi-sim-page.h"
#include "ligdi-sim-outcome.h"
#include "ligdi-sim-scenario.h"
#include "ligdi-sim-template.h"

#include <string.h>

/* The hosted payment page, in French, as the customer sees it. Everything on it is in one
 * answer; what a merchant sent is escaped by the templates. */

#define NO_BREAK_SPACE "\302\240"
#define NARROW_NO_BREAK_SPACE "\342\200\257"
#define USUAL_PENDING_SECONDS 120
#define PUSH_MILLISECONDS "3000"

typedef struct
{
  LigdiSimOutcome outcome;
  const char *key;
  const char *title;
  const char *icon;
} Choice;

static const Choice choices[] = {
  { LIGDI_SIM_OUTCOME_PAID, "1", "Payé", "icon-paid.html" },
  { LIGDI_SIM_OUTCOME_DECLINED, "2", "Refusé", "icon-declined.html" },
  { LIGDI_SIM_OUTCOME_PENDING, "3", "En attente", "icon-pending.html" },
  { LIGDI_SIM_OUTCOME_CANCELLED, "4", "Annulé par le client", "icon-cancelled.html" },
  { LIGDI_SIM_OUTCOME_NETWORK_CUT, "5", "Réseau coupé", "icon-network-cut.html" },
  { LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH, "6", "Montant différent", "icon-amount-mismatch.html" },
};

static const char *const mode_words[] = {
  [LIGDI_SIM_MODE_USSD_OTP] = "otp",
  [LIGDI_SIM_MODE_PUSH] = "push",
  [LIGDI_SIM_MODE_GUIDED] = "guided",
  [LIGDI_SIM_MODE_SMS_OTP] = "sms",
  [LIGDI_SIM_MODE_LIGDICASH_REDIRECT] = "ligdicash",
  [LIGDI_SIM_MODE_OPERATOR_REDIRECT] = "portal",
  [LIGDI_SIM_MODE_CARD] = "card",
};

static char *
format_amount (gint64 amount)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, NARROW_NO_BREAK_SPACE);
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, NO_BREAK_SPACE "F" NO_BREAK_SPACE "CFA");

  return g_string_free (text, FALSE);
}

static GBytes *
render (LigdiSimInvoice *invoice, const char *title, const char *content, const char *head,
        const char *nonce)
{
  g_autofree char *style = ligdi_sim_template_fill ("page.css", NULL);
  g_autofree char *script = ligdi_sim_template_fill ("page.js", NULL);
  g_autofree char *amount = NULL;
  g_autofree char *summary = NULL;
  char *page = NULL;

  if (invoice != NULL)
    {
      const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);

      amount = format_amount (order->total_amount);
      summary = ligdi_sim_template_fill ("summary.html", "store", order->store_name, "description",
                                         order->description, "amount", amount, NULL);
    }
  page = ligdi_sim_template_fill ("page.html",
                                  "title", title,
                                  "nonce", nonce,
                                  "head", head,
                                  "style", style,
                                  "script", script,
                                  "summary", summary != NULL ? summary : "",
                                  "content", content,
                                  NULL);
  return g_bytes_new_take (page, strlen (page));
}

static char *
render_problem (const LigdiSimVisit *visit)
{
  if (*visit->problem == '\0')
    return g_strdup ("");
  return ligdi_sim_template_fill ("problem.html", "text", visit->problem, NULL);
}

static GPtrArray *
list_operators (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);

  if (*order->customer != '\0')
    return ligdi_sim_operator_list_for_customer (order->customer);
  return ligdi_sim_operator_list (visit->country->code);
}

static char *
render_operators (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  g_autoptr (GPtrArray) list = list_operators (invoice, visit);
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;
  GString *html = g_string_new (NULL);
  gboolean chosen = visit->op != NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const LigdiSimOperator *op = g_ptr_array_index (list, i);
      gboolean too_small = amount < op->min_amount;
      g_autofree char *minimum = format_amount (op->min_amount);
      g_autofree char *note = NULL;
      g_autofree char *piece = NULL;
      const char *state = "";

      if (too_small)
        {
          note = ligdi_sim_template_fill ("operator-note.html", "minimum", minimum, NULL);
          state = " disabled";
        }
      else if (op == visit->op || !chosen)
        {
          state = " checked";
          chosen = TRUE;
        }
      piece = ligdi_sim_template_fill ("operator.html",
                                       "key", op->key,
                                       "mode", mode_words[op->mode],
                                       "badge", op->badge,
                                       "label", op->label,
                                       "state", state,
                                       "note", note != NULL ? note : "",
                                       NULL);
      g_string_append (html, piece);
    }
  if (list->len == 0)
    {
      g_autofree char *none = ligdi_sim_template_fill ("no-operator.html", NULL);

      g_string_append (html, none);
    }

  return g_string_free (html, FALSE);
}

static char *
render_country (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  g_autoptr (GString) options = g_string_new (NULL);
  gsize n_countries = 0;
  const LigdiSimCountry *countries = ligdi_sim_country_list (&n_countries);

  if (*ligdi_sim_invoice_get_order (invoice)->customer != '\0')
    return g_strdup ("");

  for (gsize i = 0; i < n_countries; i++)
    {
      g_autofree char *option = ligdi_sim_template_fill (
          "country-option.html",
          "code", countries[i].code,
          "name", countries[i].name,
          "state", &countries[i] == visit->country ? " selected" : "",
          NULL);

      g_string_append (options, option);
    }
  return ligdi_sim_template_fill ("country.html", "options", options->str, NULL);
}

static char *
describe_outcome (LigdiSimOutcome outcome, gint64 amount, const LigdiSimSettings *settings)
{
  g_autofree char *other = NULL;

  switch (outcome)
    {
    case LIGDI_SIM_OUTCOME_PAID:
      return g_strdup ("LigdiCash répond « completed »");
    case LIGDI_SIM_OUTCOME_DECLINED:
      return g_strdup ("Solde insuffisant, « notcompleted »");
    case LIGDI_SIM_OUTCOME_PENDING:
      if (settings->pending_seconds == USUAL_PENDING_SECONDS)
        return g_strdup ("Reste « pending » deux minutes, puis payé");
      return g_strdup_printf ("Reste « pending » %u s, puis payé", settings->pending_seconds);
    case LIGDI_SIM_OUTCOME_CANCELLED:
      return g_strdup ("Retour à la boutique sans payer");
    case LIGDI_SIM_OUTCOME_NETWORK_CUT:
      return g_strdup ("La vérification ne répond plus");
    case LIGDI_SIM_OUTCOME_AMOUNT_MISMATCH:
      other = format_amount (ligdi_sim_outcome_get_other_amount (amount));
      return g_strdup_printf ("Confirme %s seulement", other);
    case LIGDI_SIM_OUTCOME_LEFT:
      return g_strdup ("Adresse de retour, sans payer");
    }
  return g_strdup ("");
}

static char *
render_outcomes (LigdiSimInvoice *invoice, const LigdiSimSettings *settings)
{
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;
  GString *html = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *text = describe_outcome (choices[i].outcome, amount, settings);
      g_autofree char *icon = ligdi_sim_template_fill (choices[i].icon, NULL);
      g_autofree char *piece = ligdi_sim_template_fill (
          "outcome.html",
          "name", ligdi_sim_outcome_get_name (choices[i].outcome),
          "key", choices[i].key,
          "title", choices[i].title,
          "text", text,
          "icon", icon,
          NULL);

      g_string_append (html, piece);
    }
  return g_string_free (html, FALSE);
}

static char *
render_scenario (LigdiSimInvoice *invoice, const LigdiSimSettings *settings)
{
  gint64 amount = ligdi_sim_invoice_get_order (invoice)->total_amount;
  const LigdiSimScenario *scenario = ligdi_sim_scenario_from_amount (amount);

  if (scenario != NULL)
    return ligdi_sim_template_fill ("scenario.html", "name", scenario->name, "reason",
                                    "Ce montant joue le scénario", NULL);
  if (settings->outcome != LIGDI_SIM_OUTCOME_PAID)
    return ligdi_sim_template_fill ("scenario.html", "name",
                                    ligdi_sim_outcome_get_name (settings->outcome), "reason",
                                    "Le bouton « Payer » joue le scénario", NULL);
  return g_strdup ("");
}

/**
 * ligdi_sim_page_format_amount:
 * @amount: francs XOF
 *
 * Returns: (transfer full): as in "12 500 F CFA", with spaces that do not break
 */
char *
ligdi_sim_page_format_amount (gint64 amount)
{
  return format_amount (amount);
}

/**
 * ligdi_sim_page_list_operators:
 *
 * Returns: (transfer container) (element-type LigdiSimOperator): the operators the page offers
 */
GPtrArray *
ligdi_sim_page_list_operators (LigdiSimInvoice *invoice, const LigdiSimVisit *visit)
{
  return list_operators (invoice, visit);
}

/**
 * ligdi_sim_page_render_choice:
 * @invoice: what is to be paid
 * @visit: what has been entered so far
 * @settings: how the simulator behaves
 * @nonce: what marks the page's own style and script
 *
 * Returns: (transfer full): the page where the customer pays, or chooses what happens
 */
GBytes *
ligdi_sim_page_render_choice (LigdiSimInvoice *invoice, const LigdiSimVisit *visit,
                              const LigdiSimSettings *settings, const char *nonce)
{
  gint64 total = ligdi_sim_invoice_get_order (invoice)->total_amount;
  g_autofree char *amount = format_amount (total);
  g_autofree char *title = g_strdup_printf ("Démonstration — paiement de %s", amount);
  g_autofree char *problem = render_problem (visit);
  g_autofree char *country = render_country (invoice, visit);
  g_autofree char *operators = render_operators (invoice, visit);
  g_autofree char *outcomes = render_outcomes (invoice, settings);
  g_autofree char *scenario = render_scenario (invoice, settings);
  g_autofree char *ussd = g_strdup_printf ("*144*4*6*%" G_GINT64_FORMAT "#", total);
  g_autofree char *content = ligdi_sim_template_fill (
      "choice.html",
      "amount", amount,
      "problem", problem,
      "country", country,
      "operators", operators,
      "prefix", visit->country->code,
      "phone", visit->phone,
      "ussd", ussd,
      "focus", *visit->problem != '\0' ? " autofocus" : "",
      "outcomes", outcomes,
      "scenario", scenario,
      "request_id", ligdi_sim_invoice_get_request_id (invoice),
      NULL);

  return render (invoice, title, content, "", nonce);
}

/**
 * ligdi_sim_page_render_step:
 * @invoice: what is to be paid
 * @visit: what has been entered; the operator is known
 * @nonce: what marks the page's own style and script
 *
 * Returns: (transfer full): the page on which the payment is validated as the operator does it
 */
GBytes *
ligdi_sim_page_render_step (LigdiSimInvoice *invoice, const LigdiSimVisit *visit, const char *nonce)
{
  const LigdiSimOrder *order = ligdi_sim_invoice_get_order (invoice);
  g_autofree char *amount = format_amount (order->total_amount);
  g_autofree char *phone = g_strdup_printf ("+%s %s", visit->country->code, visit->phone);
  g_autofree char *problem = render_problem (visit);
  g_autofree char *text = NULL;
  g_autofree char *field = NULL;
  g_autofree char *content = NULL;
  const char *title = "Validez sur votre téléphone";
  const char *approve = "J’ai validé";
  const char *refuse = "Refuser";
  const char *automatic = "";

  switch (visit->op->mode)
    {
    case LIGDI_SIM_MODE_USSD_OTP:
    case LIGDI_SIM_MODE_PUSH:
      text = g_strdup_printf ("Une demande de %s pour « %s » s’affiche sur le %s. Le téléphone "
                              "simulé l’accepte de lui-même dans trois secondes.",
                              amount, order->store_name, phone);
      approve = "Accepter maintenant";
      refuse = "Refuser sur le téléphone";
      automatic = " data-auto=\"" PUSH_MILLISECONDS "\"";
      break;
    case LIGDI_SIM_MODE_GUIDED:
      text = g_strdup_printf ("Un SMS simulé est arrivé au %s : « Composez *155*15# pour payer "
                              "%s. »",
                              phone, amount);
      title = "Composez le code reçu par SMS";
      approve = "J’ai composé le code";
      refuse = "Ne pas payer";
      break;
    case LIGDI_SIM_MODE_SMS_OTP:
      text = g_strdup_printf ("Un code simulé a été envoyé par SMS au %s.", phone);
      field = ligdi_sim_template_fill ("otp-field.html", NULL);
      title = "Saisissez le code reçu";
      approve = "Valider le code";
      refuse = "Ne pas payer";
      break;
    case LIGDI_SIM_MODE_LIGDICASH_REDIRECT:
      text = g_strdup_printf ("%s seront débités du %s.", amount, phone);
      title = "Confirmez le paiement";
      approve = "Confirmer";
      refuse = "Ne pas payer";
      break;
    case LIGDI_SIM_MODE_OPERATOR_REDIRECT:
      text = g_strdup_printf ("Sur le portail simulé de %s, confirmez %s depuis le %s.",
                              visit->op->label, amount, phone);
      title = "Portail de l’opérateur";
      approve = "Payer sur le portail";
      refuse = "Quitter le portail";
      break;
    case LIGDI_SIM_MODE_CARD:
      text = g_strdup_printf ("La banque simulée demande de confirmer %s pour « %s ».", amount,
                              order->store_name);
      title = "Vérification 3-D Secure";
      approve = "Confirmer le paiement";
      refuse = "Refuser";
      break;
    }

  content = ligdi_sim_template_fill (
      "step.html",
      "operator", visit->op->key,
      "phone", visit->phone,
      "where", visit->op->label,
      "title", title,
      "text", text,
      "problem", problem,
      "field", field != NULL ? field : "",
      "approve", approve,
      "refuse", refuse,
      "auto", automatic,
      "request_id", ligdi_sim_invoice_get_request_id (invoice),
      NULL);
  return render (invoice, title, content, "", nonce);
}

/**
 * ligdi_sim_page_render_end:
 * @invoice: what was to be paid
 * @back_url: (nullable): where the shop is
 * @nonce: what marks the page's own style and script
 *
 * Returns: (transfer full): the page of an invoice nothing more can happen to, or whose shop
 *   gave no address to go back to
 */
GBytes *
ligdi_sim_page_render_end (LigdiSimInvoice *invoice, const char *back_url, const char *nonce)
{
  g_autofree char *back = NULL;
  g_autofree char *content = NULL;
  const char *title = NULL;
  const char *text = NULL;

  switch (ligdi_sim_invoice_get_status (invoice))
    {
    case LIGDI_SIM_STATUS_PENDING:
      title = "Paiement en attente";
      text = "Rien n’est encore confirmé. La boutique n’a pas donné d’adresse de retour : fermez "
             "cette page.";
      break;
    case LIGDI_SIM_STATUS_COMPLETED:
      title = "Paiement terminé";
      text = "L’argent fictif est arrivé. Cette page ne peut plus servir à payer.";
      break;
    case LIGDI_SIM_STATUS_NOTCOMPLETED:
      title = "Paiement refusé";
      text = "L’opérateur simulé a refusé ce paiement. Cette page ne peut plus servir à payer.";
      break;
    }
  if (back_url != NULL)
    back = ligdi_sim_template_fill ("back.html", "url", back_url, NULL);
  content = ligdi_sim_template_fill ("end.html",
                                     "title", title,
                                     "text", text,
                                     "back", back != NULL ? back : "",
                                     "request_id", ligdi_sim_invoice_get_request_id (invoice),
                                     NULL);
  return render (invoice, title, content, "", nonce);
}

/**
 * ligdi_sim_page_render_leaving:
 * @invoice: what was to be paid
 * @back_url: where the browser goes
 * @redirect: how it is sent there
 * @nonce: what marks the page's own style and script
 *
 * Returns: (transfer full): a page that leaves for the shop by itself
 */
GBytes *
ligdi_sim_page_render_leaving (LigdiSimInvoice *invoice, const char *back_url,
                               LigdiSimRedirect redirect, const char *nonce)
{
  g_autofree char *head = NULL;
  g_autofree char *back = NULL;
  g_autofree char *content = NULL;

  if (redirect == LIGDI_SIM_REDIRECT_META)
    head = ligdi_sim_template_fill ("refresh.html", "url", back_url, NULL);
  else
    head = g_strdup ("<meta name=\"leave\" content=\"now\">\n");

  if (redirect == LIGDI_SIM_REDIRECT_FORM)
    back = ligdi_sim_template_fill ("back-form.html", "url", back_url, NULL);
  else
    back = ligdi_sim_template_fill ("back.html", "url", back_url, NULL);

  content = ligdi_sim_template_fill ("end.html",
                                     "title", "Retour à la boutique",
                                     "text", "Un instant.",
                                     "back", back,
                                     "request_id", ligdi_sim_invoice_get_request_id (invoice),
                                     NULL);
  return render (invoice, "Retour à la boutique", content, head, nonce);
}

/**
 * ligdi_sim_page_render_unknown:
 * @nonce: what marks the page's own style and script
 *
 * Returns: (transfer full): the page of a link no invoice belongs to
 */
GBytes *
ligdi_sim_page_render_unknown (const char *nonce)
{
  g_autofree char *content = ligdi_sim_template_fill ("unknown.html", NULL);

  return render (NULL, "Facture introuvable", content, "", nonce);
}
