/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-detail.h"

#include "ligdi-amount.h"
#include "ligdi-closing-form.h"
#include "ligdi-dates.h"
#include "ligdi-journal-entry.h"
#include "ligdi-journal-row.h"
#include "ligdi-message.h"
#include "ligdi-result-facts.h"

#include <glib/gi18n.h>

/* All about one payment of the list: its state, its facts, its history. */

enum
{
  SIGNAL_CHECK,
  SIGNAL_OPEN,
  SIGNAL_SHOW_CODE,
  SIGNAL_SHOW_OTHER,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiHistoryDetail
{
  GtkBox parent_instance;

  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *ticket;
  GtkLabel *amount;
  GtkWidget *warning;
  GtkLabel *warning_label;
  LigdiResultFacts *facts;
  GtkWidget *other;
  GtkLabel *other_label;
  LigdiClosingForm *closing;
  GtkWidget *journal_window;
  GtkContainer *journal;
  GtkWidget *buttons;
  GtkWidget *settle;
  GtkWidget *check;
  GtkLabel *check_label;
  GtkWidget *code;

  char *till;
  gint64 payment;        /* its row */
  LigdiFollowUp follow_up;
  gboolean warns;
  char *other_reference; /* of the payment that was rung up in its stead */
};

G_DEFINE_FINAL_TYPE (LigdiHistoryDetail, ligdi_history_detail, GTK_TYPE_BOX)

static gboolean
is_attempt (const LigdiJournalEntry *entry)
{
  return g_str_equal (entry->what, "attempt");
}

static gboolean
is_check (const LigdiJournalEntry *entry)
{
  return is_attempt (entry) || g_str_has_prefix (entry->what, "confirmed-");
}

static gboolean
is_same_attempt (const LigdiJournalEntry *a, const LigdiJournalEntry *b)
{
  return is_attempt (a) && is_attempt (b) && g_strcmp0 (a->note, b->note) == 0;
}

static void
destroy_row (GtkWidget *row, gpointer data)
{
  gtk_widget_destroy (row);
}

/* Hundreds of equal answers in a row say no more than the first and the last. */
static void
fill_journal (LigdiHistoryDetail *self, GPtrArray *journal)
{
  int check = 0;

  gtk_container_foreach (self->journal, destroy_row, NULL);
  for (guint i = 0; i < journal->len; i++)
    {
      const LigdiJournalEntry *entry = g_ptr_array_index (journal, i);
      gboolean last = i + 1 == journal->len;
      gboolean again = i > 0 && is_same_attempt (g_ptr_array_index (journal, i - 1), entry);
      gboolean goes_on = !last && is_same_attempt (entry, g_ptr_array_index (journal, i + 1));

      if (is_check (entry))
        check++;
      if (again && goes_on)
        continue;
      gtk_container_add (self->journal, ligdi_journal_row_new (entry, is_check (entry) ? check : 0,
                                                               again, last));
    }
}

static void
show_state (LigdiHistoryDetail *self, const LigdiPaymentRecord *record, gboolean online)
{
  LigdiMessage message = ligdi_message_for_payment (record, online);
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->icon));
  const char *nick = ligdi_tone_to_nick (message.tone);
  g_autofree char *icon = g_strdup_printf ("ligdipay-state-%s-symbolic", nick);
  gboolean warns = message.tone == LIGDI_TONE_PENDING || message.tone == LIGDI_TONE_UNKNOWN
                   || message.tone == LIGDI_TONE_MISMATCH;

  for (int i = LIGDI_TONE_PAID; i <= LIGDI_TONE_BUSY; i++)
    gtk_style_context_remove_class (context, ligdi_tone_to_nick ((LigdiTone) i));
  gtk_style_context_add_class (context, nick);
  gtk_image_set_from_icon_name (self->icon, icon, GTK_ICON_SIZE_DND);
  gtk_label_set_label (self->word, message.short_word);

  gtk_label_set_label (self->warning_label, message.title);
  gtk_widget_set_visible (self->warning, warns && !ligdi_history_detail_is_asking (self));
  self->warns = warns;
  context = gtk_widget_get_style_context (self->warning);
  gtk_style_context_remove_class (context, "pending");
  gtk_style_context_remove_class (context, "unknown");
  gtk_style_context_remove_class (context, "mismatch");
  gtk_style_context_add_class (context, nick);
}

/* What was rung up in the stead of a payment that came late or twice. */
static void
show_counterpart (LigdiHistoryDetail *self, const LigdiPaymentRecord *record,
                  const LigdiPaymentRecord *counterpart)
{
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->other_reference, g_free);
  gtk_widget_set_visible (self->other,
                          counterpart != NULL && !ligdi_history_detail_is_asking (self));
  if (counterpart == NULL)
    return;
  self->other_reference = g_strdup (counterpart->reference);
  time = ligdi_dates_format_time (counterpart->created_at);
  if (counterpart->released_by == LIGDI_RELEASE_CASH)
    /* Translators: 1 is a ticket's number, 2 a time. */
    text = g_strdup_printf (_("Ticket %1$04d at %2$s was paid in cash instead"),
                            (int) counterpart->ticket, time);
  else
    /* Translators: 1 is a ticket's number, 2 a time. */
    text = g_strdup_printf (_("Ticket %1$04d at %2$s was paid instead"),
                            (int) counterpart->ticket, time);
  gtk_label_set_label (self->other_label, text);
}

static void
ask (LigdiHistoryDetail *self, gboolean asking)
{
  gtk_widget_set_visible (GTK_WIDGET (self->closing), asking);
  gtk_widget_set_visible (self->warning, !asking && self->warns);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), !asking);
  gtk_widget_set_visible (self->other, !asking && self->other_reference != NULL);
  gtk_widget_set_visible (self->journal_window, !asking);
  gtk_widget_set_visible (self->buttons, !asking);
}

static void
show_buttons (LigdiHistoryDetail *self, const LigdiPaymentRecord *record)
{
  gboolean asking = record->state == LIGDI_PAYMENT_STATE_VERIFYING;
  gboolean decides = record->follow_up != LIGDI_FOLLOW_UP_NONE;

  gtk_label_set_label (self->check_label, asking ? _("Asking LigdiCash")
                                                 : ligdi_message_for_action (
                                                   LIGDI_ACTION_CHECK_NOW));
  gtk_widget_set_sensitive (self->check, !asking);
  gtk_widget_set_visible (self->check, record->token != NULL && !decides);
  gtk_widget_set_visible (self->settle, decides);
  gtk_widget_set_visible (self->code, (record->state == LIGDI_PAYMENT_STATE_UNRESOLVED
                                       || ligdi_payment_record_is_aside (record))
                                          && !ligdi_payment_record_is_let_go (record));
}

/* What happened last matters most. */
static void
on_journal_grown (GtkAdjustment *adjustment, GParamSpec *pspec, LigdiHistoryDetail *self)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
on_check_clicked (GtkButton *button, LigdiHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_CHECK], 0);
}

static void
on_open_clicked (GtkButton *button, LigdiHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0);
}

static void
on_code_clicked (GtkButton *button, LigdiHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_CODE], 0);
}

static void
on_other_clicked (GtkButton *button, LigdiHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_OTHER], 0, self->other_reference);
}

static void
on_settle_clicked (GtkButton *button, LigdiHistoryDetail *self)
{
  ligdi_closing_form_ask (self->closing, self->follow_up);
  ask (self, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->closing), GTK_DIR_TAB_FORWARD);
}

static void
on_closing_back (LigdiClosingForm *form, LigdiHistoryDetail *self)
{
  ligdi_history_detail_stop_asking (self);
}

static void
on_closing_close (LigdiClosingForm *form, const char *reason, gboolean kept,
                  LigdiHistoryDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0, reason, kept);
}

static void
ligdi_history_detail_finalize (GObject *object)
{
  LigdiHistoryDetail *self = LIGDI_HISTORY_DETAIL (object);

  g_free (self->till);
  g_free (self->other_reference);
  G_OBJECT_CLASS (ligdi_history_detail_parent_class)->finalize (object);
}

static void
ligdi_history_detail_class_init (LigdiHistoryDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = ligdi_history_detail_finalize;

  /**
   * LigdiHistoryDetail::check:
   * @self: the detail
   *
   * Ask the gateway about the payment now.
   */
  signals[SIGNAL_CHECK] = g_signal_new ("check", LIGDI_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiHistoryDetail::open:
   * @self: the detail
   *
   * Show the payment's result on the whole window.
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", LIGDI_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LigdiHistoryDetail::show-code:
   * @self: the detail
   *
   * The customer wants to pay on a phone after all.
   */
  signals[SIGNAL_SHOW_CODE] = g_signal_new ("show-code", LIGDI_TYPE_HISTORY_DETAIL,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                            0);
  /**
   * LigdiHistoryDetail::show-other:
   * @self: the detail
   * @reference: the payment's that was rung up in this one's stead
   */
  signals[SIGNAL_SHOW_OTHER] = g_signal_new ("show-other", LIGDI_TYPE_HISTORY_DETAIL,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             1, G_TYPE_STRING);
  /**
   * LigdiHistoryDetail::close:
   * @self: the detail
   * @reason: what a person did about it
   * @kept: whether the shop keeps the money
   */
  signals[SIGNAL_CLOSE] = g_signal_new ("close", LIGDI_TYPE_HISTORY_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                        G_TYPE_BOOLEAN);

  g_type_ensure (LIGDI_TYPE_CLOSING_FORM);
  g_type_ensure (LIGDI_TYPE_RESULT_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, content);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, word);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, ticket);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, warning);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, warning_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, journal);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, check);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, check_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, other);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, other_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, closing);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, journal_window);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, buttons);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, settle);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryDetail, code);
  gtk_widget_class_bind_template_callback (widget_class, on_journal_grown);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_code_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_settle_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_closing_back);
  gtk_widget_class_bind_template_callback (widget_class, on_closing_close);
}

static void
ligdi_history_detail_init (LigdiHistoryDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_history_detail_set_till:
 * @self: a detail
 * @till: (nullable): what the till is called
 */
void
ligdi_history_detail_set_till (LigdiHistoryDetail *self, const char *till)
{
  g_return_if_fail (LIGDI_IS_HISTORY_DETAIL (self));

  g_free (self->till);
  self->till = g_strdup (till);
}

/**
 * ligdi_history_detail_set_payment:
 * @self: a detail
 * @record: (nullable): the payment to show, or %NULL for none
 * @journal: (nullable) (element-type LigdiJournalEntry): its history, oldest first
 * @counterpart: (nullable): the payment that was rung up in its stead, if it came late or twice
 * @online: whether the gateway can be reached
 */
void
ligdi_history_detail_set_payment (LigdiHistoryDetail *self, const LigdiPaymentRecord *record,
                                  GPtrArray *journal, const LigdiPaymentRecord *counterpart,
                                  gboolean online)
{
  g_autofree char *number = NULL;
  g_autofree char *caption = NULL;
  g_autofree char *amount = NULL;

  g_return_if_fail (LIGDI_IS_HISTORY_DETAIL (self));

  gtk_widget_set_visible (self->content, record != NULL);
  /* What somebody is typing stays while the same thing is asked about. */
  if (record == NULL || record->id != self->payment || record->follow_up != self->follow_up)
    ligdi_history_detail_stop_asking (self);
  if (record == NULL)
    return;
  self->payment = record->id;
  self->follow_up = record->follow_up;
  /* Translators: %04d is the ticket's number. */
  number = g_strdup_printf (_("Ticket %04d"), (int) record->ticket);
  caption = self->till != NULL && *self->till != '\0'
              ? g_strdup_printf ("%s · %s", number, self->till)
              : g_strdup (number);
  amount = ligdi_amount_markup (record->amount);
  gtk_label_set_label (self->ticket, caption);
  gtk_label_set_markup (self->amount, amount);
  show_state (self, record, online);
  show_counterpart (self, record, counterpart);
  show_buttons (self, record);
  ligdi_result_facts_set_record (self->facts, record);
  if (journal != NULL)
    fill_journal (self, journal);
}

/**
 * ligdi_history_detail_is_asking:
 * @self: a detail
 *
 * Returns: whether somebody is saying what was done about the payment
 */
gboolean
ligdi_history_detail_is_asking (LigdiHistoryDetail *self)
{
  g_return_val_if_fail (LIGDI_IS_HISTORY_DETAIL (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->closing));
}

/**
 * ligdi_history_detail_stop_asking:
 * @self: a detail
 *
 * Returns: whether it was asking, and is no longer
 */
gboolean
ligdi_history_detail_stop_asking (LigdiHistoryDetail *self)
{
  gboolean asking;

  g_return_val_if_fail (LIGDI_IS_HISTORY_DETAIL (self), FALSE);

  asking = ligdi_history_detail_is_asking (self);
  ask (self, FALSE);
  return asking;
}
