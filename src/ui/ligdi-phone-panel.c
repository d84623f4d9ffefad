/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-ui"

#include "ligdi-phone-panel.h"

#include "ligdi-address.h"
#include "ligdi-qr.h"

/* The payment's link as a code for the customer's own phone, on the cashier's screen. */

enum
{
  SIGNAL_NEXT_CUSTOMER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiPhonePanel
{
  GtkBox parent_instance;

  LigdiQr *code;
  GtkWidget *too_long;
  GtkWidget *error_note;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (LigdiPhonePanel, ligdi_phone_panel, GTK_TYPE_BOX)

static void
on_next_clicked (LigdiPhonePanel *self)
{
  g_signal_emit (self, signals[SIGNAL_NEXT_CUSTOMER], 0);
}

static void
ligdi_phone_panel_class_init (LigdiPhonePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LigdiPhonePanel::next-customer:
   * @self: the panel
   *
   * The customer has taken the code along; the cashier serves others meanwhile.
   */
  signals[SIGNAL_NEXT_CUSTOMER]
      = g_signal_new ("next-customer", LIGDI_TYPE_PHONE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIGDI_TYPE_QR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/LigdiPay/ligdi-phone-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LigdiPhonePanel, code);
  gtk_widget_class_bind_template_child (widget_class, LigdiPhonePanel, too_long);
  gtk_widget_class_bind_template_child (widget_class, LigdiPhonePanel, error_note);
  gtk_widget_class_bind_template_child (widget_class, LigdiPhonePanel, next);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
}

static void
ligdi_phone_panel_init (LigdiPhonePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ligdi_phone_panel_set_record:
 * @self: a panel
 * @record: (nullable): a payment that can be paid, or %NULL to forget the code
 */
void
ligdi_phone_panel_set_record (LigdiPhonePanel *self, const LigdiPaymentRecord *record)
{
  gboolean has_code;

  g_return_if_fail (LIGDI_IS_PHONE_PANEL (self));

  has_code = ligdi_qr_set_text (self->code, record != NULL ? record->page_url : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->code), has_code);
  gtk_widget_set_visible (self->too_long, record != NULL && !has_code);
  gtk_widget_set_visible (self->error_note,
                          record != NULL && !ligdi_address_is_public (record->return_url));
}

/**
 * ligdi_phone_panel_focus:
 * @self: a panel
 */
void
ligdi_phone_panel_focus (LigdiPhonePanel *self)
{
  g_return_if_fail (LIGDI_IS_PHONE_PANEL (self));

  gtk_widget_grab_focus (self->next);
}
