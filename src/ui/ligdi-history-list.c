/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-history-list.h"

#include "ligdi-history-row.h"

#include <glib/gi18n.h>

/* Payments one below the other. A row costs as much as a hundred payments read from disk:
 * more of them are made when somebody scrolls to the last. */

#define ROWS_AT_A_TIME 40

enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiHistoryList
{
  GtkScrolledWindow parent_instance;

  GtkListBox *list;
  GtkLabel *placeholder;

  GPtrArray *payments;
  guint n_rows; /* how many of them have a row, at most */
  gboolean sectioned;
  gboolean with_days;
  gboolean online;
};

G_DEFINE_FINAL_TYPE (LigdiHistoryList, ligdi_history_list, GTK_TYPE_SCROLLED_WINDOW)

static GtkListBoxRow *
get_row (LigdiHistoryList *self, guint index)
{
  return gtk_list_box_get_row_at_index (self->list, (int) index);
}

static void
fill_row (LigdiHistoryList *self, GtkListBoxRow *row, LigdiPayment *payment)
{
  ligdi_history_row_set_payment (LIGDI_HISTORY_ROW (row), payment, self->online, self->with_days);
}

/* The list asks for a heading as soon as it has the row. */
static GtkListBoxRow *
add_row (LigdiHistoryList *self, LigdiPayment *payment)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (ligdi_history_row_new ());

  fill_row (self, row, payment);
  gtk_container_add (GTK_CONTAINER (self->list), GTK_WIDGET (row));
  return row;
}

static void
fill (LigdiHistoryList *self, gint64 selected_id)
{
  guint n_rows = MIN (self->payments->len, self->n_rows);
  GtkListBoxRow *row;
  GtkListBoxRow *selected = NULL;

  while ((row = get_row (self, n_rows)) != NULL)
    gtk_widget_destroy (GTK_WIDGET (row));
  for (guint i = 0; i < n_rows; i++)
    {
      LigdiPayment *payment = g_ptr_array_index (self->payments, i);

      row = get_row (self, i);
      if (row != NULL)
        fill_row (self, row, payment);
      else
        row = add_row (self, payment);
      if (ligdi_payment_get_record (payment)->id == selected_id)
        selected = row;
    }
  gtk_list_box_invalidate_headers (self->list);
  if (selected == NULL)
    selected = get_row (self, 0);
  gtk_list_box_select_row (self->list, selected);
}

static gint64
get_selected_id (LigdiHistoryList *self)
{
  LigdiPayment *selected = ligdi_history_list_get_selected (self);

  return selected != NULL ? ligdi_payment_get_record (selected)->id : 0;
}

/* Why somebody must look at it. */
typedef enum
{
  SECTION_DECIDE,
  SECTION_WAIT,
  SECTION_WATCHED,
} Section;

static Section
find_section (GtkListBoxRow *row)
{
  const LigdiPaymentRecord *record
    = ligdi_payment_get_record (ligdi_history_row_get_payment (LIGDI_HISTORY_ROW (row)));

  if (record->follow_up != LIGDI_FOLLOW_UP_NONE)
    return SECTION_DECIDE;
  return ligdi_payment_record_is_let_go (record) ? SECTION_WATCHED : SECTION_WAIT;
}

static const char *
describe_section (Section section)
{
  switch (section)
    {
    case SECTION_DECIDE:
      return _("A person must decide");
    case SECTION_WAIT:
      return _("No result yet");
    case SECTION_WATCHED:
      break;
    }
  return _("Let go, still watched");
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  LigdiHistoryList *self = user_data;
  GtkWidget *header;

  /* The heading is in nobody's accessible. */
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (row)),
                              self->sectioned ? describe_section (find_section (row)) : "");
  if (!self->sectioned || (before != NULL && find_section (before) == find_section (row)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  header = gtk_label_new (describe_section (find_section (row)));
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (header), "section");
  gtk_widget_show (header);
  gtk_list_box_row_set_header (row, header);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, LigdiHistoryList *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, LigdiHistoryList *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
on_edge_reached (GtkScrolledWindow *window, GtkPositionType edge, LigdiHistoryList *self)
{
  if (edge != GTK_POS_BOTTOM || self->n_rows >= self->payments->len)
    return;
  self->n_rows += ROWS_AT_A_TIME;
  fill (self, get_selected_id (self));
}

static void
ligdi_history_list_finalize (GObject *object)
{
  LigdiHistoryList *self = LIGDI_HISTORY_LIST (object);

  g_ptr_array_unref (self->payments);
  G_OBJECT_CLASS (ligdi_history_list_parent_class)->finalize (object);
}

static void
ligdi_history_list_class_init (LigdiHistoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ligdi_history_list_finalize;

  /**
   * LigdiHistoryList::selected:
   * @self: the list
   *
   * Another payment is selected, or none.
   */
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", LIGDI_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LigdiHistoryList::activated:
   * @self: the list
   *
   * Somebody wants to see the selected payment.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LIGDI_TYPE_HISTORY_LIST,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                            0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryList, list);
  gtk_widget_class_bind_template_child (widget_class, LigdiHistoryList, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
}

static void
ligdi_history_list_init (LigdiHistoryList *self)
{
  self->payments = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_rows = ROWS_AT_A_TIME;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
}

/**
 * ligdi_history_list_set_kind:
 * @self: a list
 * @sectioned: whether payments that call for different things have headings
 * @with_days: whether the payments are of several days
 *
 * To be followed by ligdi_history_list_set_payments(). The list begins at its top again.
 */
void
ligdi_history_list_set_kind (LigdiHistoryList *self, gboolean sectioned, gboolean with_days)
{
  GtkStyleContext *style;

  g_return_if_fail (LIGDI_IS_HISTORY_LIST (self));

  style = gtk_widget_get_style_context (GTK_WIDGET (self->list));
  self->n_rows = ROWS_AT_A_TIME;
  self->sectioned = sectioned;
  self->with_days = with_days;
  if (sectioned)
    gtk_style_context_add_class (style, "sectioned");
  else
    gtk_style_context_remove_class (style, "sectioned");
}

/**
 * ligdi_history_list_set_payments:
 * @self: a list
 * @payments: (element-type LigdiPayment): what to show
 * @online: whether the gateway can be reached
 * @if_none: what to say when there are none
 *
 * The selected payment stays selected if it is among @payments; else the first is.
 */
void
ligdi_history_list_set_payments (LigdiHistoryList *self, GPtrArray *payments, gboolean online,
                                 const char *if_none)
{
  gint64 selected_id;

  g_return_if_fail (LIGDI_IS_HISTORY_LIST (self));
  g_return_if_fail (payments != NULL && if_none != NULL);

  selected_id = get_selected_id (self);
  g_ptr_array_set_size (self->payments, 0);
  for (guint i = 0; i < payments->len; i++)
    g_ptr_array_add (self->payments, g_object_ref (g_ptr_array_index (payments, i)));
  self->online = online;
  fill (self, selected_id);
  gtk_label_set_label (self->placeholder, if_none);
  /* The label in an empty list is not in its accessible. */
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->list)),
                              payments->len == 0 ? if_none : "");
}

/**
 * ligdi_history_list_refresh:
 * @self: a list
 * @payment: a payment that has moved on
 * @online: whether the gateway can be reached
 *
 * Returns: whether it is in the list
 */
gboolean
ligdi_history_list_refresh (LigdiHistoryList *self, LigdiPayment *payment, gboolean online)
{
  guint index;

  g_return_val_if_fail (LIGDI_IS_HISTORY_LIST (self), FALSE);

  self->online = online;
  if (!g_ptr_array_find (self->payments, payment, &index))
    return FALSE;
  if (get_row (self, index) != NULL)
    fill_row (self, get_row (self, index), payment);
  return TRUE;
}

/**
 * ligdi_history_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the selected payment
 */
LigdiPayment *
ligdi_history_list_get_selected (LigdiHistoryList *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (LIGDI_IS_HISTORY_LIST (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? ligdi_history_row_get_payment (LIGDI_HISTORY_ROW (row)) : NULL;
}

/**
 * ligdi_history_list_focus:
 * @self: a list
 *
 * Takes the keyboard to the selected payment.
 */
void
ligdi_history_list_focus (LigdiHistoryList *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (LIGDI_IS_HISTORY_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}
