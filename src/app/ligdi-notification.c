/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-notification.h"

#include "ligdi-message.h"

/**
 * ligdi_notification_send:
 * @application: the application; its action "show-payment" takes a reference
 * @record: a payment that has just got its verdict, of a customer who is not at the counter
 *
 * Tells of it through the desktop.
 */
void
ligdi_notification_send (GApplication *application, const LigdiPaymentRecord *record)
{
  const char *title;
  g_autofree char *sentence = ligdi_message_announce (record, &title);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, sentence);
  if (record->follow_up != LIGDI_FOLLOW_UP_NONE)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-payment", "s",
                                                record->reference);
  g_application_send_notification (application, record->reference, notification);
}
