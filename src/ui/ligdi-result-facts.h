/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ligdi-payment.h"

G_BEGIN_DECLS

#define LIGDI_TYPE_RESULT_FACTS (ligdi_result_facts_get_type ())
G_DECLARE_FINAL_TYPE (LigdiResultFacts, ligdi_result_facts, LIGDI, RESULT_FACTS, GtkBox)

void ligdi_result_facts_set_record (LigdiResultFacts *self, const LigdiPaymentRecord *record);

G_END_DECLS
