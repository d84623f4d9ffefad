/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "made-up"

#include "made-up-staff.h"

/* A shop's staff that is on no disk: every second cashier has a code, and so has the manager. */

typedef struct
{
  GObject parent_instance;

  GStrvBuilder *cashiers;
} MadeUpStaff;

typedef struct
{
  GObjectClass parent_class;
} MadeUpStaffClass;

static GStrv
list (LigdiStaff *staff)
{
  GStrvBuilder *cashiers = ((MadeUpStaff *) staff)->cashiers;
  GStrv all = g_strv_builder_end (cashiers);

  g_strv_builder_addv (cashiers, (const char **) all);
  return all;
}

static gboolean
has_code (LigdiStaff *staff, const char *name)
{
  g_auto (GStrv) all = list (staff);

  for (guint i = 0; name != NULL && all[i] != NULL; i++)
    if (g_str_equal (all[i], name))
      return i % 2 == 0;
  return TRUE;
}

static gboolean
add (LigdiStaff *staff, const char *name)
{
  g_strv_builder_add (((MadeUpStaff *) staff)->cashiers, name);
  return TRUE;
}

static gboolean
keep (LigdiStaff *staff, const char *name)
{
  return FALSE;
}

static gboolean
keep_code (LigdiStaff *staff, const char *name, const char *code)
{
  return FALSE;
}

static gboolean
refuse (LigdiStaff *staff, const char *name, const char *code, gint64 *wait)
{
  *wait = 0;
  return FALSE;
}

static void
made_up_staff_staff_init (LigdiStaffInterface *iface)
{
  iface->list = list;
  iface->has_code = has_code;
  iface->add = add;
  iface->remove = keep;
  iface->set_code = keep_code;
  iface->try_code = refuse;
}

GType made_up_staff_get_type (void);

G_DEFINE_TYPE_WITH_CODE (MadeUpStaff, made_up_staff, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (LIGDI_TYPE_STAFF, made_up_staff_staff_init))

static void
made_up_staff_finalize (GObject *object)
{
  g_strv_builder_unref (((MadeUpStaff *) object)->cashiers);
  G_OBJECT_CLASS (made_up_staff_parent_class)->finalize (object);
}

static void
made_up_staff_class_init (MadeUpStaffClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = made_up_staff_finalize;
}

static void
made_up_staff_init (MadeUpStaff *self)
{
  self->cashiers = g_strv_builder_new ();
}

static const char *const names[] = { "Awa", "Moussa Ouédraogo", "Aïcha", "Jean-Baptiste Sawadogo",
                                     "Fatou", "Ibrahim Kaboré-Compaoré" };

/* Whether it is the name of one of the cashiers. */
gboolean
made_up_staff_is_name (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (text, names[i]))
      return TRUE;
  return FALSE;
}

LigdiStaff *
made_up_staff_new (guint n_cashiers)
{
  LigdiStaff *staff = g_object_new (made_up_staff_get_type (), NULL);

  for (guint i = 0; i < n_cashiers; i++)
    {
      g_autofree char *name
          = i < G_N_ELEMENTS (names)
                ? g_strdup (names[i])
                : g_strdup_printf ("%s %u", names[i % G_N_ELEMENTS (names)], i);

      g_assert_cmpint (ligdi_staff_add (staff, name), ==, LIGDI_NAMING_DONE);
    }
  return staff;
}
