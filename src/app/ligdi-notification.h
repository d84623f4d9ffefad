/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

void ligdi_notification_send (GApplication *application, const LigdiPaymentRecord *record);

G_END_DECLS
