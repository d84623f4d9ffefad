/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIGDI_STAFF_MAX 30
#define LIGDI_STAFF_MAX_NAME 40
#define LIGDI_CASHIER_DIGITS 4
#define LIGDI_MANAGER_DIGITS 6

/**
 * LigdiNaming:
 * @LIGDI_NAMING_DONE: the name is on the list
 * @LIGDI_NAMING_EMPTY: it is no name
 * @LIGDI_NAMING_TAKEN: another cashier has it
 * @LIGDI_NAMING_FULL: there are %LIGDI_STAFF_MAX already
 * @LIGDI_NAMING_NOT_SAVED: it could not be saved
 *
 * What came of a new cashier.
 */
typedef enum
{
  LIGDI_NAMING_DONE,
  LIGDI_NAMING_EMPTY,
  LIGDI_NAMING_TAKEN,
  LIGDI_NAMING_FULL,
  LIGDI_NAMING_NOT_SAVED,
} LigdiNaming;

#define LIGDI_TYPE_STAFF (ligdi_staff_get_type ())
G_DECLARE_INTERFACE (LigdiStaff, ligdi_staff, LIGDI, STAFF, GObject)

/**
 * LigdiStaffInterface:
 * @list: see ligdi_staff_list()
 * @has_code: see ligdi_staff_has_code()
 * @add: see ligdi_staff_add(); the name is a name, and nobody's
 * @remove: see ligdi_staff_remove()
 * @set_code: see ligdi_staff_set_code()
 * @try_code: see ligdi_staff_try_code()
 * @is_damaged: see ligdi_staff_is_damaged(), or %NULL
 *
 * How whoever keeps the codes does it.
 */
struct _LigdiStaffInterface
{
  GTypeInterface parent_interface;

  GStrv (*list) (LigdiStaff *self);
  gboolean (*has_code) (LigdiStaff *self, const char *name);
  gboolean (*add) (LigdiStaff *self, const char *name);
  gboolean (*remove) (LigdiStaff *self, const char *name);
  gboolean (*set_code) (LigdiStaff *self, const char *name, const char *code);
  gboolean (*try_code) (LigdiStaff *self, const char *name, const char *code, gint64 *wait);
  gboolean (*is_damaged) (LigdiStaff *self);
};

GStrv ligdi_staff_list (LigdiStaff *self);
gboolean ligdi_staff_has_cashiers (LigdiStaff *self);
gboolean ligdi_staff_has_code (LigdiStaff *self, const char *name);
LigdiNaming ligdi_staff_add (LigdiStaff *self, const char *name);
gboolean ligdi_staff_remove (LigdiStaff *self, const char *name);
gboolean ligdi_staff_set_code (LigdiStaff *self, const char *name, const char *code);
gboolean ligdi_staff_try_code (LigdiStaff *self, const char *name, const char *code, gint64 *wait);
gboolean ligdi_staff_is_damaged (LigdiStaff *self);

G_END_DECLS
