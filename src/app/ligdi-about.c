/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-about.h"

#include <glib/gi18n.h>

/**
 * ligdi_about_show:
 * @parent: the window that asks
 *
 * Says what this program is.
 */
void
ligdi_about_show (GtkWindow *parent)
{
  gtk_show_about_dialog (parent, "program-name", "LigdiPay", "version", LIGDI_VERSION,
                         "logo-icon-name", "com.example.LigdiPay", "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _("A till for mobile money through LigdiCash"), NULL);
}
