/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ligdi-sale.h"
#include "ligdi-typing.h"

G_BEGIN_DECLS

typedef struct _LigdiDraft LigdiDraft;

LigdiDraft *ligdi_draft_new (const char *free_label);
void ligdi_draft_free (LigdiDraft *draft);

const LigdiSale *ligdi_draft_get_sale (const LigdiDraft *draft);
const LigdiTyping *ligdi_draft_get_typing (const LigdiDraft *draft);
const char *ligdi_draft_get_typing_label (const LigdiDraft *draft);
LigdiSale *ligdi_draft_make_whole_sale (const LigdiDraft *draft);
gboolean ligdi_draft_is_empty (const LigdiDraft *draft);

gboolean ligdi_draft_push_digits (LigdiDraft *draft, const char *digits);
gboolean ligdi_draft_multiply (LigdiDraft *draft);
gboolean ligdi_draft_take_back (LigdiDraft *draft);
gboolean ligdi_draft_clear_typing (LigdiDraft *draft);
gboolean ligdi_draft_name_item (LigdiDraft *draft, const char *label);
gboolean ligdi_draft_add_product (LigdiDraft *draft, const char *label, gint64 price);
gboolean ligdi_draft_add_line (LigdiDraft *draft);
void ligdi_draft_remove (LigdiDraft *draft, guint index);
gboolean ligdi_draft_set_quantity (LigdiDraft *draft, guint index, gint64 quantity);
void ligdi_draft_clear (LigdiDraft *draft);
gboolean ligdi_draft_undo (LigdiDraft *draft);
void ligdi_draft_restart (LigdiDraft *draft, const LigdiSale *sale);

void ligdi_draft_mark (LigdiDraft *draft);
void ligdi_draft_return_to_mark (LigdiDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiDraft, ligdi_draft_free)

G_END_DECLS
