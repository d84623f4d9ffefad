/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-journal-row.h"

#include "ligdi-dates.h"
#include "ligdi-message.h"

#include <glib/gi18n.h>

/* One thing that happened to a payment, as a bead on a string. */

struct _LigdiJournalRow
{
  GtkBox parent_instance;

  GtkWidget *bead;
  GtkWidget *string;
  GtkLabel *words;
  GtkLabel *check;
  GtkLabel *who;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (LigdiJournalRow, ligdi_journal_row, GTK_TYPE_BOX)

static const char *
find_class (const LigdiJournalEntry *entry)
{
  static const struct
  {
    const char *what;
    const char *note;
    const char *class_name;
  } table[] = {
    { "attempt", "pending", "pending" },    { "attempt", NULL, "unknown" },
    { "confirmed-paid", NULL, "paid" },     { "confirmed-declined", NULL, "notpaid" },
    { "create-failed", NULL, "notpaid" },   { "confirmed-mismatch", NULL, "mismatch" },
    { "contradiction", NULL, "mismatch" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (entry->what, table[i].what)
        && (table[i].note == NULL || g_strcmp0 (entry->note, table[i].note) == 0))
      return table[i].class_name;
  return "plain";
}

/* Who did it, and by what right; NULL where nobody did, or nobody has a name. */
static char *
name_doer (const LigdiJournalEntry *entry)
{
  if (entry->approved && entry->cashier != NULL)
    /* Translators: %s is a cashier. */
    return g_strdup_printf (_("%s, with the manager’s code"), entry->cashier);
  return entry->approved ? g_strdup (_("With the manager’s code")) : g_strdup (entry->cashier);
}

static void
ligdi_journal_row_class_init (LigdiJournalRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-journal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, bead);
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, string);
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, words);
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, check);
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, who);
  gtk_widget_class_bind_template_child (widget_class, LigdiJournalRow, time);
}

static void
ligdi_journal_row_init (LigdiJournalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_journal_row_new:
 * @entry: what happened
 * @check: which question to the gateway it was, from 1, or 0 when it was none
 * @again: whether the question before it had the same answer
 * @last: whether nothing happened after it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
ligdi_journal_row_new (const LigdiJournalEntry *entry, int check, gboolean again, gboolean last)
{
  LigdiJournalRow *self = g_object_new (LIGDI_TYPE_JOURNAL_ROW, NULL);
  g_autofree char *who = name_doer (entry);
  g_autofree char *time = ligdi_dates_format_time_with_seconds (entry->at);
  /* Translators: the first, second, third time that LigdiCash was asked; Pango markup. The
   * singular is for the first. */
  g_autofree char *number = g_strdup_printf (ngettext ("Check %d", "Check %d", (gulong) check),
                                             check);

  gtk_label_set_label (self->words, ligdi_message_for_journal (entry->what, entry->note, again));
  gtk_label_set_markup (self->check, number);
  gtk_widget_set_visible (GTK_WIDGET (self->check), check > 0);
  gtk_label_set_label (self->who, who != NULL ? who : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who), who != NULL);
  gtk_label_set_label (self->time, time);
  gtk_widget_set_opacity (self->string, last ? 0.0 : 1.0);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->bead), find_class (entry));
  return GTK_WIDGET (self);
}
