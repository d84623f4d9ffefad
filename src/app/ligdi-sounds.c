/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-app"

#include "ligdi-sounds.h"

#include "ligdi-message.h"

#include <canberra.h>

/* What a verdict sounds like, for who does not look. It is told when the verdict is on disk, and
 * a computer without sound stays silent. */

struct _LigdiSounds
{
  GObject parent_instance;

  GSettings *settings;
  ca_context *context; /* or NULL; of threads it takes care itself */
};

G_DEFINE_FINAL_TYPE (LigdiSounds, ligdi_sounds, G_TYPE_OBJECT)

/* Names of the freedesktop sound theme. */
static const char *
choose (LigdiTone tone)
{
  switch (tone)
    {
    case LIGDI_TONE_PAID:
      return "complete";
    case LIGDI_TONE_NOTPAID:
    case LIGDI_TONE_CANCELLED:
      return "dialog-error";
    case LIGDI_TONE_MISMATCH:
      return "dialog-warning";
    case LIGDI_TONE_PENDING:
    case LIGDI_TONE_UNKNOWN:
    case LIGDI_TONE_BUSY:
      break;
    }
  return NULL;
}

/* The library looks for a sound server before it answers, and the server may be stuck. */
static void
play (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  int result = ca_context_play (LIGDI_SOUNDS (source)->context, 0, CA_PROP_EVENT_ID, task_data,
                                CA_PROP_MEDIA_ROLE, "event", NULL);

  if (result != CA_SUCCESS)
    g_debug ("no sound: %s", ca_strerror (result));
  g_task_return_boolean (task, result == CA_SUCCESS);
}

static void
ligdi_sounds_finalize (GObject *object)
{
  LigdiSounds *self = LIGDI_SOUNDS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->context, ca_context_destroy);
  G_OBJECT_CLASS (ligdi_sounds_parent_class)->finalize (object);
}

static void
ligdi_sounds_class_init (LigdiSoundsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ligdi_sounds_finalize;
}

static void
ligdi_sounds_init (LigdiSounds *self)
{
  if (ca_context_create (&self->context) == CA_SUCCESS)
    ca_context_change_props (self->context, CA_PROP_APPLICATION_NAME, "LigdiPay",
                             CA_PROP_APPLICATION_ID, "com.example.LigdiPay", NULL);
}

/**
 * ligdi_sounds_new:
 * @settings: what says whether anybody wants to hear them
 *
 * Returns: (transfer full): the sounds
 */
LigdiSounds *
ligdi_sounds_new (GSettings *settings)
{
  LigdiSounds *self = g_object_new (LIGDI_TYPE_SOUNDS, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * ligdi_sounds_tell:
 * @self: the sounds
 * @record: a payment whose verdict is on disk
 *
 * Plays what it means: paid, refused, or that a person must look.
 */
void
ligdi_sounds_tell (LigdiSounds *self, const LigdiPaymentRecord *record)
{
  const char *name;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LIGDI_IS_SOUNDS (self));
  g_return_if_fail (record != NULL);

  name = choose (ligdi_message_for_payment (record, TRUE).tone);
  if (name == NULL || self->context == NULL || !g_settings_get_boolean (self->settings, "sounds"))
    return;
  g_info ("%s %s: sound %s", record->reference, ligdi_payment_state_to_nick (record->state), name);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, ligdi_sounds_tell);
  g_task_set_task_data (task, (gpointer) name, NULL);
  g_task_run_in_thread (task, play);
}
