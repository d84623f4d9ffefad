/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-lookout.h"
#include "ligdi-test.h"

/* The lookout alone, between a gateway and a system's networks that do as the test says.
 * test_network.py has it look through real ones. */

/* The gateway that is looked for. */

struct _LigdiGateway
{
  GObject parent_instance;

  gboolean loopback;
  GTask *look; /* the look that is under way */
  guint n_looks;
};

G_DEFINE_FINAL_TYPE (LigdiGateway, ligdi_gateway, G_TYPE_OBJECT)

static void
ligdi_gateway_class_init (LigdiGatewayClass *klass)
{
}

static void
ligdi_gateway_init (LigdiGateway *self)
{
}

gboolean
ligdi_gateway_is_loopback (LigdiGateway *self)
{
  return self->loopback;
}

void
ligdi_gateway_look_async (LigdiGateway *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_null (self->look);
  self->look = g_task_new (self, cancellable, callback, user_data);
  self->n_looks++;
}

gboolean
ligdi_gateway_look_finish (LigdiGateway *self, GAsyncResult *result, LigdiDiagnosis *diagnosis,
                           GError **error)
{
  gssize found = g_task_propagate_int (G_TASK (result), error);

  if (found >= 0)
    *diagnosis = (LigdiDiagnosis) found;
  return found >= 0;
}

LigdiDiagnosis
ligdi_gateway_read_refusal (const LigdiConfirmation *confirmation)
{
  return LIGDI_DIAGNOSIS_KEYS_REFUSED;
}

/* The look that is under way ends. */
static void
end_look (LigdiGateway *gateway, LigdiDiagnosis found)
{
  GTask *look = g_steal_pointer (&gateway->look);

  g_assert_nonnull (look);
  g_task_return_int (look, found);
  g_object_unref (look);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What the system says of its networks. */

static gboolean networks_available = TRUE;

typedef struct
{
  GObject parent_instance;
} Networks;

typedef struct
{
  GObjectClass parent_class;
} NetworksClass;

enum
{
  PROP_NETWORK_AVAILABLE = 1,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY
};

static gboolean
networks_start (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
networks_initable_init (GInitableIface *iface)
{
  iface->init = networks_start;
}

static void
networks_monitor_init (GNetworkMonitorInterface *iface)
{
}

GType networks_get_type (void);

G_DEFINE_TYPE_WITH_CODE (Networks, networks, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, networks_initable_init)
                             G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, networks_monitor_init))

static void
networks_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_NETWORK_AVAILABLE)
    g_value_set_boolean (value, networks_available);
}

static void
networks_class_init (NetworksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = networks_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
networks_init (Networks *self)
{
}

static void
change_networks (gboolean available)
{
  networks_available = available;
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", available);
}

/* A till with its lookout. */

typedef struct
{
  LigdiGateway *gateway;
  LigdiLookout *lookout;
  guint n_changes;
  gboolean stops;    /* at the next change */
  gboolean complains; /* at the next change */
} Fixture;

static void
fail_request (Fixture *fixture, LigdiError code, LigdiDiagnosis diagnosis)
{
  g_autoptr (GError) error = g_error_new_literal (LIGDI_ERROR, code, "as the test says");

  ligdi_error_set_diagnosis (error, diagnosis);
  ligdi_lookout_hear (fixture->lookout, error, NULL);
}

static void
on_changed (LigdiLookout *lookout, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changes++;
  if (fixture->stops)
    ligdi_lookout_stop (lookout);
  if (fixture->complains)
    {
      fixture->complains = FALSE;
      fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_UNCLEAR);
    }
}

static void
open_till (Fixture *fixture, gboolean loopback)
{
  fixture->gateway = g_object_new (LIGDI_TYPE_GATEWAY, NULL);
  fixture->gateway->loopback = loopback;
  fixture->lookout = ligdi_lookout_new (fixture->gateway);
  g_signal_connect (fixture->lookout, "changed", G_CALLBACK (on_changed), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  networks_available = TRUE;
  open_till (fixture, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ligdi_lookout_stop (fixture->lookout);
  if (fixture->gateway->look != NULL)
    end_look (fixture->gateway, LIGDI_DIAGNOSIS_UNCLEAR);
  g_assert_finalize_object (fixture->lookout);
  g_assert_finalize_object (fixture->gateway);
}

static void
assert_state (Fixture *fixture, gboolean online, LigdiDiagnosis diagnosis)
{
  g_assert_cmpint (ligdi_lookout_is_online (fixture->lookout), ==, online);
  g_assert_cmpint (ligdi_lookout_get_diagnosis (fixture->lookout), ==, diagnosis);
}

/* What a request that got no answer cannot tell, a look finds out. */
static void
test_explains (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    LigdiDiagnosis failure;
    LigdiDiagnosis look;
    gboolean online;
    LigdiDiagnosis after;
  } table[] = {
    { LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_NO_DATA, FALSE, LIGDI_DIAGNOSIS_NO_DATA },
    { LIGDI_DIAGNOSIS_NO_NAME, LIGDI_DIAGNOSIS_UNCLEAR, FALSE, LIGDI_DIAGNOSIS_NO_NAME },
    /* It was on the way, and the way is free: it is over. */
    { LIGDI_DIAGNOSIS_NO_NAME, LIGDI_DIAGNOSIS_CONNECTED, TRUE, LIGDI_DIAGNOSIS_CONNECTED },
    /* The gateway answers a look, and not what it was asked. */
    { LIGDI_DIAGNOSIS_GATEWAY_DOWN, LIGDI_DIAGNOSIS_CONNECTED, FALSE,
      LIGDI_DIAGNOSIS_GATEWAY_DOWN },
    { LIGDI_DIAGNOSIS_UNCLEAR, LIGDI_DIAGNOSIS_CONNECTED, FALSE, LIGDI_DIAGNOSIS_UNCLEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ligdi_lookout_hear (fixture->lookout, NULL, NULL);
      assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_CONNECTED);
      fail_request (fixture, LIGDI_ERROR_OFFLINE, table[i].failure);
      assert_state (fixture, FALSE, table[i].failure);
      end_look (fixture->gateway, table[i].look);
      assert_state (fixture, table[i].online, table[i].after);
    }
}

/* A look that a request has not asked for mends, and says what it sees. */
static void
test_looks_again (Fixture *fixture, gconstpointer data)
{
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_UNCLEAR);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);

  change_networks (TRUE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 2);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_UNCLEAR);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);

  change_networks (TRUE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 3);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_CONNECTED);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_CONNECTED);
}

/* That there are networks is no reason to look where requests come through. */
static void
test_networks (Fixture *fixture, gconstpointer data)
{
  change_networks (TRUE);
  change_networks (FALSE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 1);
  /* The gateway's own trouble is a request's to find out. */
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_CONNECTED);
  g_assert_cmpuint (fixture->n_changes, ==, 0);

  change_networks (FALSE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 2);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_LINK);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_NO_LINK);
}

/* What confirm refuses stays said while networks come and go. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LigdiConfirmation) confirmation = g_new0 (LigdiConfirmation, 1);

  ligdi_lookout_hear (fixture->lookout, NULL, confirmation);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_KEYS_REFUSED);
  change_networks (FALSE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 1);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_CONNECTED);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_KEYS_REFUSED);
  fail_request (fixture, LIGDI_ERROR_REFUSED, LIGDI_DIAGNOSIS_IP_REFUSED);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_IP_REFUSED);
}

/* One look answers for all requests that fail meanwhile, and a request that succeeds ends it. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  change_networks (FALSE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 1);
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_NO_DATA);
  /* What is known stands until the look is over. */
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_PORTAL);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_PORTAL);
  g_assert_cmpuint (fixture->gateway->n_looks, ==, 1);

  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_NO_DATA);
  ligdi_lookout_hear (fixture->lookout, NULL, NULL);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_CONNECTED);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_PORTAL);
  assert_state (fixture, TRUE, LIGDI_DIAGNOSIS_CONNECTED);
}

/* Whoever hears of the trouble may ask again, and fail, in the same moment. */
static void
test_asked_again_at_once (Fixture *fixture, gconstpointer data)
{
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_UNCLEAR);
  fixture->complains = TRUE;
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_DATA);
  g_assert_cmpuint (fixture->gateway->n_looks, ==, 2);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_DATA);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_NO_DATA);
}

static void
test_stopped_at_once (Fixture *fixture, gconstpointer data)
{
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_UNCLEAR);
  fixture->stops = TRUE;
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_DATA);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_NO_DATA);
  ligdi_lookout_hear (fixture->lookout, NULL, NULL);
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_NO_DATA);
  g_assert_cmpuint (fixture->gateway->n_looks, ==, 1);
}

/* A till that is closed while it looks hears no more of it. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_UNCLEAR);
  ligdi_lookout_stop (fixture->lookout);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_DATA);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_UNCLEAR);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
test_starts_cut_off (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture, NULL);
  networks_available = FALSE;
  open_till (fixture, FALSE);
  ligdi_test_wait_until (fixture->gateway->n_looks == 1);
  end_look (fixture->gateway, LIGDI_DIAGNOSIS_NO_LINK);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_NO_LINK);
}

/* A demonstration needs no network, and what fails there is what the request says. */
static void
test_loopback (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture, NULL);
  networks_available = FALSE;
  open_till (fixture, TRUE);
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_GATEWAY_DOWN);
  fail_request (fixture, LIGDI_ERROR_OFFLINE, LIGDI_DIAGNOSIS_UNCLEAR);
  assert_state (fixture, FALSE, LIGDI_DIAGNOSIS_UNCLEAR);
  g_assert_cmpuint (fixture->gateway->n_looks, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/lookout/explains", test_explains },
    { "/lookout/looks-again", test_looks_again },
    { "/lookout/networks", test_networks },
    { "/lookout/refused", test_refused },
    { "/lookout/meanwhile", test_meanwhile },
    { "/lookout/asked-again-at-once", test_asked_again_at_once },
    { "/lookout/stopped-at-once", test_stopped_at_once },
    { "/lookout/closed", test_closed },
    { "/lookout/starts-cut-off", test_starts_cut_off },
    { "/lookout/loopback", test_loopback },
  };

  g_test_init (&argc, &argv, NULL);
  /* GLib knows its extension points from the first use of one. */
  g_vfs_get_default ();
  g_assert_nonnull (g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME,
                                                    networks_get_type (), "test", 1000));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
