/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-result-facts.h"

#include "ligdi-payer.h"

#include <glib/gi18n.h>

/* What is known of a payment besides its amount, one fact a line; what is not known has
 * no line. */

struct _LigdiResultFacts
{
  GtkBox parent_instance;

  GtkWidget *operator_line;
  GtkLabel *operator_label;
  GtkWidget *payer_line;
  GtkLabel *payer_label;
  GtkWidget *ticket_line;
  GtkLabel *ticket_label;
  GtkWidget *reference_line;
  GtkLabel *reference_label;
  GtkWidget *charge_line;
  GtkLabel *charge_label;
};

G_DEFINE_FINAL_TYPE (LigdiResultFacts, ligdi_result_facts, GTK_TYPE_BOX)

static void
set_fact (GtkWidget *line, GtkLabel *label, const char *value)
{
  gtk_label_set_label (label, value != NULL ? value : "");
  gtk_widget_set_visible (line, value != NULL && *value != '\0');
}

static void
ligdi_result_facts_class_init (LigdiResultFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-result-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, operator_line);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, operator_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, payer_line);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, payer_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, ticket_line);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, ticket_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, reference_line);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, reference_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, charge_line);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultFacts, charge_label);
}

static void
ligdi_result_facts_init (LigdiResultFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_result_facts_set_record:
 * @self: facts
 * @record: the payment they are about
 */
void
ligdi_result_facts_set_record (LigdiResultFacts *self, const LigdiPaymentRecord *record)
{
  g_autofree char *payer = NULL;
  g_autofree char *ticket = NULL;
  gboolean disputed;

  g_return_if_fail (LIGDI_IS_RESULT_FACTS (self));
  g_return_if_fail (record != NULL);

  /* What the gateway says of a payer and a ticket it confuses is not worth a line. */
  disputed = record->state == LIGDI_PAYMENT_STATE_DISPUTED;
  payer = ligdi_payer_mask (record->payer);
  /* Translators: a ticket's number and how many items it has: "0147 · 9 items". */
  ticket = g_strdup_printf (ngettext ("%1$04d · %2$d item", "%1$04d · %2$d items",
                                      (gulong) record->n_items),
                            (int) record->ticket, (int) record->n_items);
  set_fact (self->operator_line, self->operator_label, record->operator_name);
  set_fact (self->payer_line, self->payer_label, disputed ? NULL : payer);
  set_fact (self->ticket_line, self->ticket_label, disputed ? NULL : ticket);
  set_fact (self->reference_line, self->reference_label, record->reference);
  set_fact (self->charge_line, self->charge_label, record->charge);
}
