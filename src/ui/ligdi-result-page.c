/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-result-page.h"

#include "ligdi-amount.h"
#include "ligdi-dates.h"
#include "ligdi-key-watch.h"
#include "ligdi-keycap.h"
#include "ligdi-message.h"
#include "ligdi-money.h"
#include "ligdi-result-facts.h"

#include <glib/gi18n.h>

#include <string.h>

/* What became of a payment, in a word, a shape and a colour, and the one thing to do
 * now. The words come from ligdi-message. */

/* A finger that taps twice must not choose what appears under it. */
#define CHOICE_GUARD_MS 600

enum
{
  SIGNAL_NEW_SALE,
  SIGNAL_RETRY,
  SIGNAL_EDIT_SALE,
  SIGNAL_CHECK_NOW,
  SIGNAL_NEXT_CUSTOMER,
  SIGNAL_REOPEN_PAGE,
  SIGNAL_PAY_CASH,
  SIGNAL_GIVE_UP,
  SIGNAL_PAY_AGAIN,
  SIGNAL_PRINT,
  SIGNAL_MANAGER_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiResultPage
{
  GtkBox parent_instance;

  GtkWidget *panel;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *when;
  GtkLabel *title;
  GtkWidget *amount;
  GtkWidget *amounts;
  GtkLabel *amount_asked;
  GtkLabel *amount_received;
  GtkWidget *sentence;
  GtkWidget *facts;
  GtkWidget *note;
  GtkImage *note_icon;
  GtkLabel *note_title;
  GtkLabel *note_advice;
  GtkStack *ways;
  GtkWidget *way_back;
  GtkWidget *primary;
  GtkWidget *primary_icon;
  GtkLabel *primary_label;
  GtkWidget *secondary;
  GtkWidget *secondary_icon;
  GtkLabel *secondary_label;
  GtkWidget *secondary_keycap;
  GtkWidget *footnote;

  LigdiKeyWatch *keys;
  LigdiPayment *payment;
  gulong changed_handler;
  LigdiDiagnosis diagnosis;
  gboolean for_customer;
  LigdiMessage message;
  LigdiAnswer last_answer;
  gint64 offline_since;
  gint64 ways_shown_at;
  guint timer;
};

G_DEFINE_FINAL_TYPE (LigdiResultPage, ligdi_result_page, GTK_TYPE_BOX)

static const LigdiPaymentRecord *
get_record (LigdiResultPage *self)
{
  return ligdi_payment_get_record (self->payment);
}

static gboolean
is_choosing_way (LigdiResultPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->ways), "otherwise") == 0;
}

static gint64
find_moment (const LigdiPaymentRecord *record)
{
  if (record->verdict_at > 0)
    return record->verdict_at;
  if (record->checked_at > 0)
    return record->checked_at;
  return record->left_at > 0 ? record->left_at : record->created_at;
}

static gint64
find_left (const LigdiPaymentRecord *record)
{
  return record->left_at > 0 ? record->left_at : record->created_at;
}

/* Large type needs tighter lines than Cantarell asks for, and small type looser ones. */
static void
set_lines (GtkLabel *label, const char *markup, const char *line_height)
{
  g_autofree char *spaced
    = g_strdup_printf ("<span line_height='%s'>%s</span>", line_height, markup);

  gtk_label_set_markup (label, spaced);
}

static void
refresh_panel (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  const char *nick = ligdi_tone_to_nick (self->message.tone);
  g_autofree char *icon = g_strdup_printf ("ligdipay-state-%s-symbolic", nick);
  g_autofree char *time = NULL;
  g_autofree char *when = NULL;
  g_autofree char *word = g_markup_escape_text (self->message.word, -1);
  GtkStyleContext *context = gtk_widget_get_style_context (self->panel);

  for (int i = LIGDI_TONE_PAID; i <= LIGDI_TONE_BUSY; i++)
    gtk_style_context_remove_class (context, ligdi_tone_to_nick ((LigdiTone) i));
  gtk_style_context_add_class (context, nick);
  gtk_image_set_from_icon_name (self->icon, icon, GTK_ICON_SIZE_DIALOG);
  set_lines (self->word, word, "0.86");

  if (self->message.tone == LIGDI_TONE_PENDING)
    {
      time = ligdi_dates_format_duration ((ligdi_dates_now () - find_left (record)) / 1000);
      /* Translators: how long a payment has been pending: "for 1 min 20 s". */
      when = g_strdup_printf (_("for %s"), time);
    }
  else
    {
      time = ligdi_dates_format_time_with_seconds (find_moment (record));
      /* Translators: the time of a result: "at 14:32:08". */
      when = g_strdup_printf (_("at %s"), time);
    }
  gtk_label_set_label (self->when, when);
}

/* Each of the two sentences has a line of its own. */
static void
refresh_title (LigdiResultPage *self)
{
  g_auto (GStrv) sentences = g_strsplit (self->message.title, ". ", 2);
  g_autofree char *lines = g_strjoinv (".\n", sentences);
  g_autofree char *markup = g_markup_escape_text (lines, -1);

  set_lines (self->title, markup, "0.96");
}

static void
refresh_amounts (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  gboolean differ = record->state == LIGDI_PAYMENT_STATE_DISPUTED && record->amount_received >= 0
                    && record->amount_received != record->amount;
  g_autofree char *asked = ligdi_amount_markup (record->amount);
  g_autofree char *received = ligdi_amount_markup (MAX (record->amount_received, 0));

  gtk_label_set_markup (GTK_LABEL (self->amount), asked);
  gtk_label_set_markup (self->amount_asked, asked);
  gtk_label_set_markup (self->amount_received, received);
  gtk_widget_set_visible (self->amount, !differ);
  gtk_widget_set_visible (self->amounts, differ);
}

static void
refresh_sentence (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  g_autofree char *difference = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *markup = NULL;

  if (record->state == LIGDI_PAYMENT_STATE_DISPUTED)
    {
      difference = ligdi_message_describe_difference (record);
      amount = ligdi_money_format (ABS (record->amount_received - record->amount));
      whole = g_strjoin (" ", difference != NULL ? difference : self->message.sentence,
                         self->message.advice, NULL);
      markup = ligdi_amount_embolden (whole, amount);
    }
  else if (self->message.sentence != NULL)
    markup = ligdi_amount_markup_text (self->message.sentence);
  if (markup != NULL)
    set_lines (GTK_LABEL (self->sentence), markup, "1.2");
  gtk_widget_set_visible (self->sentence, markup != NULL);
}

static void
refresh_facts (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  gboolean waiting = record->state == LIGDI_PAYMENT_STATE_UNRESOLVED;

  if (!waiting)
    ligdi_result_facts_set_record (LIGDI_RESULT_FACTS (self->facts), record);
  gtk_widget_set_visible (self->facts, !waiting);
}

static char *
describe_next_check (const LigdiPaymentRecord *record)
{
  gint64 seconds = (record->next_check_at - ligdi_dates_now () + 999) / 1000;
  g_autofree char *clock = ligdi_dates_format_clock (seconds);

  if (record->next_check_at == 0)
    return g_strdup (_("No further check is planned"));
  if (seconds <= 0)
    return g_strdup (_("Asking LigdiCash"));
  /* Translators: %s is a time such as 0:25. */
  return g_strdup_printf (_("Next check in %s"), clock);
}

static char *
describe_offline (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  g_autofree char *clock
    = ligdi_dates_format_clock ((ligdi_dates_now () - self->offline_since) / 1000);

  /* Translators: 1 is a time such as 0:38, 2 a number. */
  return g_strdup_printf (ngettext ("Offline for %1$s · %2$d try", "Offline for %1$s · %2$d tries",
                                    (gulong) record->n_checks),
                          clock, (int) record->n_checks);
}

static void
refresh_note (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);
  gboolean waiting = record->state == LIGDI_PAYMENT_STATE_UNRESOLVED;
  gboolean choosing = is_choosing_way (self);
  gboolean offline = self->message.network_down;
  g_autofree char *title = NULL;
  GtkStyleContext *context = gtk_widget_get_style_context (self->note);

  gtk_widget_set_visible (self->note, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->ways), waiting && self->message.may_go_on);
  if (!waiting)
    return;
  if (choosing)
    title = g_strdup (_("Pay another way"));
  else
    title = offline ? describe_offline (self) : describe_next_check (record);
  gtk_label_set_label (self->note_title, title);
  gtk_label_set_label (self->note_advice,
                       choosing ? _("Tell the customer: no more paying by phone.")
                                : self->message.advice);
  gtk_image_set_from_icon_name (self->note_icon,
                                choosing  ? "dialog-warning-symbolic"
                                : offline ? "network-offline-symbolic"
                                          : "view-more-horizontal-symbolic",
                                GTK_ICON_SIZE_DND);
  gtk_style_context_remove_class (context, "pending");
  gtk_style_context_remove_class (context, "unknown");
  gtk_style_context_add_class (context, ligdi_tone_to_nick (self->message.tone));
}

static void
refresh_button (GtkWidget *button, GtkWidget *icon, GtkLabel *label, LigdiAction action)
{
  const char *words = ligdi_message_for_action (action);
  const char *name = NULL;

  if (action == LIGDI_ACTION_RETRY || action == LIGDI_ACTION_CHECK_NOW)
    name = "view-refresh-symbolic";
  else if (action == LIGDI_ACTION_PRINT_RECEIPT || action == LIGDI_ACTION_PRINT_STATEMENT)
    name = "printer-symbolic";
  gtk_widget_set_visible (button, words != NULL);
  gtk_widget_set_visible (icon, name != NULL);
  if (name != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), name, GTK_ICON_SIZE_BUTTON);
  gtk_label_set_label (label, words != NULL ? words : "");
  atk_object_set_name (gtk_widget_get_accessible (button), words != NULL ? words : "");
}

static gboolean
is_print (LigdiAction action)
{
  return action == LIGDI_ACTION_PRINT_RECEIPT || action == LIGDI_ACTION_PRINT_STATEMENT;
}

static void
refresh_buttons (LigdiResultPage *self)
{
  refresh_button (self->primary, self->primary_icon, self->primary_label, self->message.primary);
  refresh_button (self->secondary, self->secondary_icon, self->secondary_label,
                  self->message.secondary);
  gtk_widget_set_visible (self->secondary_keycap, !is_print (self->message.secondary));
  gtk_widget_set_visible (self->footnote, self->message.may_go_on);
}

static void
announce (LigdiResultPage *self)
{
  AtkObject *accessible = gtk_widget_get_accessible (self->panel);

  atk_object_set_name (accessible, self->message.word);
  atk_object_set_description (accessible, self->message.title);
  atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

static void
show_ways (LigdiResultPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->ways, name);
  self->ways_shown_at = g_get_monotonic_time () / 1000;
  ligdi_key_watch_guard (self->keys);
  refresh_note (self);
}

static void
follow_answers (LigdiResultPage *self)
{
  const LigdiPaymentRecord *record = get_record (self);

  if (record->last_answer == LIGDI_ANSWER_OFFLINE && self->last_answer != LIGDI_ANSWER_OFFLINE)
    self->offline_since = record->checked_at;
  self->last_answer = record->last_answer;
}

static void
refresh (LigdiResultPage *self)
{
  LigdiMessage message = ligdi_message_for_result (get_record (self), self->diagnosis);

  if (self->for_customer)
    message = ligdi_message_for_customer (get_record (self), !message.network_down);
  /* Back to asking: the result on the screen stands until there is another one. */
  if (message.tone == LIGDI_TONE_BUSY)
    return;
  follow_answers (self);
  if (g_strcmp0 (message.word, self->message.word) != 0)
    {
      self->message = message;
      show_ways (self, "waiting");
      announce (self);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        gtk_widget_grab_focus (self->primary);
    }
  self->message = message;
  refresh_panel (self);
  refresh_title (self);
  refresh_amounts (self);
  refresh_sentence (self);
  refresh_facts (self);
  refresh_note (self);
  refresh_buttons (self);
}

static void
obey (LigdiResultPage *self, LigdiAction action)
{
  switch (action)
    {
    case LIGDI_ACTION_NONE:
      break;
    case LIGDI_ACTION_NEW_SALE:
      g_signal_emit (self, signals[SIGNAL_NEW_SALE], 0);
      break;
    case LIGDI_ACTION_RETRY:
      g_signal_emit (self, signals[SIGNAL_RETRY], 0);
      break;
    case LIGDI_ACTION_EDIT_SALE:
      g_signal_emit (self, signals[SIGNAL_EDIT_SALE], 0);
      break;
    case LIGDI_ACTION_CHECK_NOW:
      g_signal_emit (self, signals[SIGNAL_CHECK_NOW], 0);
      break;
    case LIGDI_ACTION_NEXT_CUSTOMER:
      g_signal_emit (self, signals[SIGNAL_NEXT_CUSTOMER], 0);
      break;
    case LIGDI_ACTION_MANAGER_TOLD:
      g_signal_emit (self, signals[SIGNAL_MANAGER_TOLD], 0);
      break;
    case LIGDI_ACTION_PRINT_RECEIPT:
    case LIGDI_ACTION_PRINT_STATEMENT:
      g_signal_emit (self, signals[SIGNAL_PRINT], 0);
      break;
    }
}

static gboolean
escape (LigdiResultPage *self)
{
  if (is_choosing_way (self))
    show_ways (self, "waiting");
  else if (is_print (self->message.secondary))
    return GDK_EVENT_PROPAGATE;
  else
    obey (self, self->message.secondary);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (const LigdiKey *key, gpointer page)
{
  LigdiResultPage *self = page;

  switch (key->kind)
    {
    case LIGDI_KEY_ENTER:
      if (ligdi_key_watch_is_on_other_button (self->keys, self->primary))
        return GDK_EVENT_PROPAGATE;
      obey (self, self->message.primary);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_ESCAPE:
      return escape (self);
    case LIGDI_KEY_IGNORED:
    case LIGDI_KEY_SCAN:
    case LIGDI_KEY_SCAN_END:
      return GDK_EVENT_STOP;
    case LIGDI_KEY_OTHER:
      if (!key->command || key->repeated || gdk_keyval_to_lower (key->keyval) != GDK_KEY_p
          || !is_print (self->message.secondary))
        return GDK_EVENT_PROPAGATE;
      obey (self, self->message.secondary);
      return GDK_EVENT_STOP;
    case LIGDI_KEY_DIGIT:
    case LIGDI_KEY_TEXT:
    case LIGDI_KEY_ADD:
    case LIGDI_KEY_MULTIPLY:
    case LIGDI_KEY_BACKSPACE:
      return !key->first_of_burst; /* a scanner's blank presses no button */
    }
  return GDK_EVENT_PROPAGATE;
}

static void
on_primary_clicked (GtkButton *button, LigdiResultPage *self)
{
  obey (self, self->message.primary);
}

static void
on_secondary_clicked (GtkButton *button, LigdiResultPage *self)
{
  obey (self, self->message.secondary);
}

static void
on_reopen_clicked (GtkButton *button, LigdiResultPage *self)
{
  g_signal_emit (self, signals[SIGNAL_REOPEN_PAGE], 0);
}

static void
on_otherwise_clicked (GtkButton *button, LigdiResultPage *self)
{
  show_ways (self, "otherwise");
  gtk_widget_grab_focus (self->way_back);
}

static void
on_way_back_clicked (GtkButton *button, LigdiResultPage *self)
{
  show_ways (self, "waiting");
  gtk_widget_grab_focus (self->primary);
}

static void
choose_way (LigdiResultPage *self, guint signal)
{
  if (g_get_monotonic_time () / 1000 - self->ways_shown_at >= CHOICE_GUARD_MS)
    g_signal_emit (self, signals[signal], 0);
}

static void
on_cash_clicked (GtkButton *button, LigdiResultPage *self)
{
  choose_way (self, SIGNAL_PAY_CASH);
}

static void
on_give_up_clicked (GtkButton *button, LigdiResultPage *self)
{
  choose_way (self, SIGNAL_GIVE_UP);
}

static void
on_new_payment_clicked (GtkButton *button, LigdiResultPage *self)
{
  choose_way (self, SIGNAL_PAY_AGAIN);
}

static void
on_changed (LigdiPayment *payment, LigdiResultPage *self)
{
  refresh (self);
}

static gboolean
on_second (gpointer data)
{
  LigdiResultPage *self = data;

  if (self->payment != NULL && get_record (self)->state == LIGDI_PAYMENT_STATE_UNRESOLVED)
    {
      refresh_panel (self);
      refresh_note (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
drop_payment (LigdiResultPage *self)
{
  if (self->payment != NULL)
    g_clear_signal_handler (&self->changed_handler, self->payment);
  g_clear_object (&self->payment);
}

static void
ligdi_result_page_map (GtkWidget *widget)
{
  LigdiResultPage *self = LIGDI_RESULT_PAGE (widget);

  GTK_WIDGET_CLASS (ligdi_result_page_parent_class)->map (widget);
  gtk_widget_grab_focus (self->primary);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, on_second, self);
  if (self->payment != NULL)
    announce (self);
}

static void
ligdi_result_page_unmap (GtkWidget *widget)
{
  LigdiResultPage *self = LIGDI_RESULT_PAGE (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  GTK_WIDGET_CLASS (ligdi_result_page_parent_class)->unmap (widget);
}

static void
ligdi_result_page_dispose (GObject *object)
{
  LigdiResultPage *self = LIGDI_RESULT_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  drop_payment (self);
  g_clear_object (&self->keys);
  G_OBJECT_CLASS (ligdi_result_page_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  static const char *const names[N_SIGNALS] = {
    [SIGNAL_NEW_SALE] = "new-sale",
    [SIGNAL_RETRY] = "retry",
    [SIGNAL_EDIT_SALE] = "edit-sale",
    [SIGNAL_CHECK_NOW] = "check-now",
    [SIGNAL_NEXT_CUSTOMER] = "next-customer",
    [SIGNAL_REOPEN_PAGE] = "reopen-page",
    [SIGNAL_PAY_CASH] = "pay-cash",
    [SIGNAL_GIVE_UP] = "give-up",
    [SIGNAL_PAY_AGAIN] = "pay-again",
    [SIGNAL_PRINT] = "print",
    [SIGNAL_MANAGER_TOLD] = "manager-told",
  };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], LIGDI_TYPE_RESULT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIGDI_TYPE_KEYCAP);
  g_type_ensure (LIGDI_TYPE_RESULT_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, panel);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, word);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, when);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, title);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, amount);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, amounts);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, amount_asked);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, amount_received);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, facts);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, note);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, note_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, note_title);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, note_advice);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, ways);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, way_back);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, primary);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, primary_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, primary_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, secondary);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, secondary_icon);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, secondary_label);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, secondary_keycap);
  gtk_widget_class_bind_template_child (widget_class, LigdiResultPage, footnote);
  gtk_widget_class_bind_template_callback (widget_class, on_primary_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reopen_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_otherwise_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_way_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_cash_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_give_up_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_new_payment_clicked);
}

static void
ligdi_result_page_class_init (LigdiResultPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ligdi_result_page_dispose;
  widget_class->map = ligdi_result_page_map;
  widget_class->unmap = ligdi_result_page_unmap;
  install_signals ();
  bind_template (widget_class);
}

static void
ligdi_result_page_init (LigdiResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = ligdi_key_watch_new (GTK_WIDGET (self), on_key);
  atk_object_set_role (gtk_widget_get_accessible (self->panel), ATK_ROLE_ALERT);
}

/**
 * ligdi_result_page_new:
 *
 * Returns: (transfer floating): a page without a payment
 */
GtkWidget *
ligdi_result_page_new (void)
{
  return g_object_new (LIGDI_TYPE_RESULT_PAGE, NULL);
}

/**
 * ligdi_result_page_set_payment:
 * @self: a result page
 * @payment: the payment whose result is shown
 * @why: what is wrong with the connection
 *
 * Shows what became of @payment and follows its changes.
 */
void
ligdi_result_page_set_payment (LigdiResultPage *self, LigdiPayment *payment, LigdiDiagnosis why)
{
  g_return_if_fail (LIGDI_IS_RESULT_PAGE (self));
  g_return_if_fail (LIGDI_IS_PAYMENT (payment));

  self->diagnosis = why;
  if (payment != self->payment)
    {
      drop_payment (self);
      self->payment = g_object_ref (payment);
      self->changed_handler = g_signal_connect (payment, "changed", G_CALLBACK (on_changed), self);
      self->message = (LigdiMessage){ 0 };
      self->last_answer = get_record (self)->last_answer;
      self->offline_since = find_left (get_record (self));
    }
  refresh (self);
}

/**
 * ligdi_result_page_set_for_customer:
 * @self: a result page
 * @for_customer: whether it is the customer who reads it
 */
void
ligdi_result_page_set_for_customer (LigdiResultPage *self, gboolean for_customer)
{
  g_return_if_fail (LIGDI_IS_RESULT_PAGE (self));

  self->for_customer = for_customer;
  /* Said anew, in other words. */
  self->message = (LigdiMessage){ 0 };
}
