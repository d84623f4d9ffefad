/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LigdiTestDiskPlan:
 * @per_mille: in how many of a thousand operations trouble begins
 * @at: the operation of the one trouble there is then, from 1, or 0
 * @kind: which trouble, from 1
 * @spell: for how many more operations
 */
typedef struct
{
  guint per_mille;
  guint at;
  guint kind;
  guint spell;
} LigdiTestDiskPlan;

void ligdi_test_disk_begin (const char *folder, const LigdiTestDiskPlan *plan);

G_END_DECLS
