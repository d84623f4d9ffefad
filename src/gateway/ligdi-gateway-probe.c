/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-gateway"

#include "ligdi-gateway-private.h"

#include "ligdi-error.h"
#include "ligdi-gateway-look.h"
#include "ligdi-gateway-symptoms.h"
#include "ligdi-random.h"

/* Finds out whether the gateway can be used, and what is wrong when it cannot. */

#define TEST_FRANCS 100
#define TEST_DESCRIPTION "LigdiPay connection test"
/* The host cannot exist, and no page will ever be opened that leads there. */
#define NOWHERE "https://ligdipay.invalid/test"
/* A phone network takes seconds to wake up. */
#define LOOK_LIMIT_MS 8000

/* One test: an invoice and a look, side by side. */
typedef struct
{
  GCancellable *inner;
  gulong cancelled_id;
  gboolean failed; /* create did; @failure says how */
  LigdiDiagnosis failure;
  gboolean looked; /* the look is over; @look says what it saw */
  LigdiDiagnosis look;
  gboolean concluded;
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_object_unref (test->inner);
  g_free (test);
}

static void
on_caller_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static void
conclude (GTask *task, LigdiDiagnosis diagnosis)
{
  Test *test = g_task_get_task_data (task);

  if (test->concluded)
    return;
  test->concluded = TRUE;
  if (test->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), test->cancelled_id);
  g_cancellable_cancel (test->inner);
  g_info ("connection test: %s", ligdi_diagnosis_to_nick (diagnosis));
  g_task_return_int (task, diagnosis);
}

/* A look leads no further than this computer where the gateway is on it. */
static gboolean
is_worth_a_look (LigdiGateway *self, LigdiDiagnosis failure)
{
  if (self->loopback)
    return FALSE;
  return ligdi_diagnosis_is_on_the_way (failure) || failure == LIGDI_DIAGNOSIS_GATEWAY_DOWN
         || failure == LIGDI_DIAGNOSIS_UNCLEAR;
}

static void
weigh (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  if (test->failed && !is_worth_a_look (g_task_get_source_object (task), test->failure))
    conclude (task, test->failure);
  else if (test->failed && test->looked)
    conclude (task, ligdi_symptoms_combine (test->failure, test->look));
  /* Nobody should have to wait for an invoice that cannot come. */
  else if (test->looked && ligdi_diagnosis_is_on_the_way (test->look))
    conclude (task, test->look);
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  /* Thrown away: the invoice of a test is shown to nobody. */
  g_autoptr (LigdiCreateReply) reply
      = ligdi_gateway_create_finish (LIGDI_GATEWAY (source), result, NULL, &error);
  Test *test = g_task_get_task_data (task);

  if (reply != NULL)
    conclude (task, LIGDI_DIAGNOSIS_CONNECTED);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    conclude (task, LIGDI_DIAGNOSIS_UNCLEAR);
  else
    {
      test->failed = TRUE;
      test->failure = ligdi_error_get_diagnosis (error);
      weigh (task);
    }
}

static void
on_look_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Test *test = g_task_get_task_data (task);

  /* Cancelled together with the test. */
  if (!ligdi_gateway_look_finish (LIGDI_GATEWAY (source), result, &test->look, NULL))
    return;
  test->looked = TRUE;
  weigh (task);
}

static void
create_test_invoice (LigdiGateway *self, GTask *task)
{
  Test *test = g_task_get_task_data (task);
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  g_autofree char *id = ligdi_random_token ();
  LigdiCreateRequest request = {
    .sale = sale,
    .description = TEST_DESCRIPTION,
    .store_name = "LigdiPay",
    .store_website = "",
    .return_url = NOWHERE,
    .cancel_url = NOWHERE,
    .transaction_id = id,
  };

  ligdi_sale_add (sale, TEST_DESCRIPTION, 1, TEST_FRANCS);
  ligdi_gateway_create_async (self, &request, test->inner, on_create_ready, g_object_ref (task));
}

static void
on_looked_around (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  LigdiDiagnosis diagnosis;

  if (ligdi_look_finish (result, &diagnosis, &error))
    g_task_return_int (task, diagnosis);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * ligdi_gateway_look_async:
 * @self: a gateway
 * @cancellable: (nullable): to stop looking
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Finds out whether anything gets as far as the gateway, and if not, why. Creates nothing and
 * asks about nothing, and sends no keys. The way to a gateway on this computer is always free.
 */
void
ligdi_gateway_look_async (LigdiGateway *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LIGDI_IS_GATEWAY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_gateway_look_async);
  if (self->loopback)
    {
      g_task_return_int (task, LIGDI_DIAGNOSIS_CONNECTED);
      g_object_unref (task);
    }
  else
    ligdi_look_async (self->base_url, self->last_place, MIN (LOOK_LIMIT_MS, self->create_limit_ms),
                      cancellable, on_looked_around, task);
}

/**
 * ligdi_gateway_look_finish:
 * @self: a gateway
 * @result: what the callback got
 * @diagnosis: (out): what is wrong with the way to the gateway, or %LIGDI_DIAGNOSIS_CONNECTED
 * @error: return location: %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
ligdi_gateway_look_finish (LigdiGateway *self, GAsyncResult *result, LigdiDiagnosis *diagnosis,
                           GError **error)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (diagnosis != NULL, FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;
  *diagnosis = (LigdiDiagnosis) found;
  return TRUE;
}

/**
 * ligdi_gateway_diagnose_async:
 * @self: a gateway
 * @cancellable: (nullable): to stop the test
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Tests the whole connection, keys and account included. Only creating an invoice shows these,
 * so one of 100 F is created, and its link thrown away; an invoice nobody was shown moves no
 * money (API sheet: idempotency). For a person who asks, never for the program's own curiosity:
 * that is what ligdi_gateway_look_async() is there for.
 */
void
ligdi_gateway_diagnose_async (LigdiGateway *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Test *test;

  g_return_if_fail (LIGDI_IS_GATEWAY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ligdi_gateway_diagnose_async);
  test = g_new0 (Test, 1);
  test->inner = g_cancellable_new ();
  g_task_set_task_data (task, test, test_free);
  if (cancellable != NULL)
    test->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                g_object_ref (test->inner), g_object_unref);
  create_test_invoice (self, task);
  ligdi_gateway_look_async (self, test->inner, on_look_ready, g_object_ref (task));
}

/**
 * ligdi_gateway_diagnose_finish:
 * @self: a gateway
 * @result: what the callback got
 *
 * Returns: whether the gateway can be used, and why not; %LIGDI_DIAGNOSIS_UNCLEAR when the test
 *   was cancelled
 */
LigdiDiagnosis
ligdi_gateway_diagnose_finish (LigdiGateway *self, GAsyncResult *result)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, self), LIGDI_DIAGNOSIS_UNCLEAR);

  found = g_task_propagate_int (G_TASK (result), NULL);
  return found < 0 ? LIGDI_DIAGNOSIS_UNCLEAR : (LigdiDiagnosis) found;
}
