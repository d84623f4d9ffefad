/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-checkout"

#include "ligdi-lookout.h"

#include "ligdi-error.h"
#include "ligdi-gateway-symptoms.h"

/* Knows whether the gateway can be reached, and why not. Only requests tell: what the system
 * says of its networks is a reason to look, and no more. A look creates nothing and asks about
 * nothing, so it passes no gate. */

/* How long after a look that did not get through there is another. */
#define LOOK_AGAIN_S 30
/* Networks come and go in several steps. */
#define SETTLE_S 1

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LigdiLookout
{
  GObject parent_instance;

  LigdiGateway *gateway; /* NULL when it looks no more */
  gboolean loopback;
  gboolean online;
  LigdiDiagnosis diagnosis;
  LigdiDiagnosis failure; /* as far as the last request that failed can tell */
  GCancellable *looking;  /* the look that is under way, or NULL */
  gboolean explains;      /* it is there to say why a request failed */
  guint timer;            /* for the next one */
};

G_DEFINE_FINAL_TYPE (LigdiLookout, ligdi_lookout, G_TYPE_OBJECT)

static void look (LigdiLookout *self, gboolean explains);

static void
set (LigdiLookout *self, gboolean online, LigdiDiagnosis diagnosis)
{
  if (self->online == online && self->diagnosis == diagnosis)
    return;
  self->online = online;
  self->diagnosis = diagnosis;
  g_info ("the gateway is %s: %s", online ? "there" : "out of reach",
          ligdi_diagnosis_to_nick (diagnosis));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_timer (gpointer user_data)
{
  LigdiLookout *self = user_data;

  self->timer = 0;
  look (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
look_in (LigdiLookout *self, guint seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->gateway != NULL)
    self->timer = g_timeout_add_seconds (seconds, on_timer, self);
}

static void
take_in (LigdiLookout *self, LigdiDiagnosis seen)
{
  /* The gateway answers, but not what it was asked: the next look may find it mended. */
  gboolean silent = self->explains && !ligdi_diagnosis_is_on_the_way (self->failure);

  if (silent || (self->explains && seen != LIGDI_DIAGNOSIS_CONNECTED))
    set (self, FALSE, ligdi_symptoms_combine (self->failure, seen));
  else if (seen == LIGDI_DIAGNOSIS_CONNECTED)
    set (self, TRUE, self->online ? self->diagnosis : seen);
  else if (ligdi_diagnosis_is_on_the_way (seen) || !self->online)
    set (self, FALSE, ligdi_symptoms_combine (self->diagnosis, seen));
}

static void
on_look_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* Who stops a look may let go of the lookout too. */
  g_autoptr (LigdiLookout) self = user_data;
  LigdiDiagnosis seen;

  if (!ligdi_gateway_look_finish (LIGDI_GATEWAY (source), result, &seen, NULL))
    return;
  g_clear_object (&self->looking);
  take_in (self, seen);
  if (!self->online && self->looking == NULL)
    look_in (self, LOOK_AGAIN_S);
}

static void
look (LigdiLookout *self, gboolean explains)
{
  if (self->loopback || self->gateway == NULL)
    return;
  if (self->looking != NULL)
    {
      self->explains |= explains;
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->explains = explains;
  self->looking = g_cancellable_new ();
  ligdi_gateway_look_async (self->gateway, self->looking, on_look_ready, g_object_ref (self));
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  LigdiLookout *self = user_data;

  if (!available || !self->online)
    look_in (self, SETTLE_S);
}

static void
ligdi_lookout_dispose (GObject *object)
{
  LigdiLookout *self = LIGDI_LOOKOUT (object);

  ligdi_lookout_stop (self);
  G_OBJECT_CLASS (ligdi_lookout_parent_class)->dispose (object);
}

static void
ligdi_lookout_class_init (LigdiLookoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ligdi_lookout_dispose;

  /**
   * LigdiLookout::changed:
   * @self: the lookout
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIGDI_TYPE_LOOKOUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
ligdi_lookout_init (LigdiLookout *self)
{
  self->online = TRUE;
  self->diagnosis = LIGDI_DIAGNOSIS_CONNECTED;
}

/**
 * ligdi_lookout_new:
 * @gateway: what to look for
 *
 * Returns: (transfer full): a lookout that believes in @gateway until it hears otherwise
 */
LigdiLookout *
ligdi_lookout_new (LigdiGateway *gateway)
{
  LigdiLookout *self = g_object_new (LIGDI_TYPE_LOOKOUT, NULL);

  self->gateway = g_object_ref (gateway);
  self->loopback = ligdi_gateway_is_loopback (gateway);
  if (self->loopback)
    return self;
  g_signal_connect (g_network_monitor_get_default (), "network-changed",
                    G_CALLBACK (on_network_changed), self);
  if (!g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    look_in (self, SETTLE_S);
  return self;
}

/**
 * ligdi_lookout_hear:
 * @self: a lookout
 * @error: (nullable): why a request failed
 * @confirmation: (nullable): what confirm answered
 *
 * A request is over. Where it got no answer, a look finds out more.
 */
void
ligdi_lookout_hear (LigdiLookout *self, const GError *error, const LigdiConfirmation *confirmation)
{
  gboolean online = !g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_OFFLINE);
  LigdiDiagnosis diagnosis = LIGDI_DIAGNOSIS_CONNECTED;

  g_return_if_fail (LIGDI_IS_LOOKOUT (self));

  if (error != NULL)
    diagnosis = ligdi_error_get_diagnosis (error);
  else if (confirmation != NULL)
    diagnosis = ligdi_gateway_read_refusal (confirmation);
  if (online)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      if (self->looking != NULL)
        g_cancellable_cancel (self->looking);
      g_clear_object (&self->looking);
    }
  else
    {
      self->failure = diagnosis;
      look (self, TRUE);
    }
  /* What a look has found out stands until the next one: a request knows less. */
  if (online || self->online || self->loopback)
    set (self, online, diagnosis);
}

/**
 * ligdi_lookout_is_online:
 * @self: a lookout
 *
 * Returns: whether the gateway answers, as far as is known
 */
gboolean
ligdi_lookout_is_online (LigdiLookout *self)
{
  g_return_val_if_fail (LIGDI_IS_LOOKOUT (self), FALSE);

  return self->online;
}

/**
 * ligdi_lookout_get_diagnosis:
 * @self: a lookout
 *
 * Returns: what is wrong with the connection
 */
LigdiDiagnosis
ligdi_lookout_get_diagnosis (LigdiLookout *self)
{
  g_return_val_if_fail (LIGDI_IS_LOOKOUT (self), LIGDI_DIAGNOSIS_UNCLEAR);

  return self->diagnosis;
}

/**
 * ligdi_lookout_stop:
 * @self: a lookout
 *
 * Looks no more.
 */
void
ligdi_lookout_stop (LigdiLookout *self)
{
  g_return_if_fail (LIGDI_IS_LOOKOUT (self));

  if (!self->loopback)
    g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->gateway);
}
