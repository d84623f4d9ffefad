/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-call.h"

#include "ligdi-test.h"

static LigdiTestCall *
call_new (void)
{
  LigdiTestCall *call = g_new0 (LigdiTestCall, 1);

  call->cancellable = g_cancellable_new ();
  call->sale = ligdi_sale_new ();
  ligdi_sale_add (call->sale, "Riz 5 kg", 2, 500);
  call->started = g_get_monotonic_time ();
  return call;
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LigdiTestCall *call = user_data;

  g_assert_cmpuint (call->n_answers++, ==, 0);
  call->ended = g_get_monotonic_time ();
  call->reply = ligdi_gateway_create_finish (LIGDI_GATEWAY (source), result, &call->sub_code,
                                             &call->error);
  g_assert_true ((call->reply == NULL) == (call->error != NULL));
}

static void
on_confirm_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LigdiTestCall *call = user_data;

  g_assert_cmpuint (call->n_answers++, ==, 0);
  call->ended = g_get_monotonic_time ();
  call->confirmation = ligdi_gateway_confirm_finish (LIGDI_GATEWAY (source), result,
                                                     &call->retry_after, &call->error);
  g_assert_true ((call->confirmation == NULL) == (call->error != NULL));
}

/**
 * ligdi_test_call_create:
 * @gateway: a gateway
 *
 * Returns: (transfer full): a call that is under way
 */
LigdiTestCall *
ligdi_test_call_create (LigdiGateway *gateway)
{
  LigdiTestCall *call = call_new ();
  LigdiCreateRequest request = {
    .sale = call->sale,
    .description = "Ticket 0042",
    .store_name = "Boutique",
    .store_website = "",
    .return_url = "https://ligdipay.invalid/return/0f3c",
    .cancel_url = "https://ligdipay.invalid/cancel/77aa",
    .transaction_id = "LGD-2222-3333-0123456789abcdef",
  };

  ligdi_gateway_create_async (gateway, &request, call->cancellable, on_create_ready, call);
  return call;
}

/**
 * ligdi_test_call_confirm:
 * @gateway: a gateway
 * @token: a creation token
 *
 * Returns: (transfer full): a call that is under way
 */
LigdiTestCall *
ligdi_test_call_confirm (LigdiGateway *gateway, const char *token)
{
  LigdiTestCall *call = call_new ();

  ligdi_gateway_confirm_async (gateway, token, call->cancellable, on_confirm_ready, call);
  return call;
}

/**
 * ligdi_test_call_wait:
 * @call: a call
 *
 * Runs the main loop until the call is answered.
 */
void
ligdi_test_call_wait (LigdiTestCall *call)
{
  ligdi_test_wait_until (call->n_answers > 0);
}

/**
 * ligdi_test_call_free:
 * @call: (transfer full): an answered call
 */
void
ligdi_test_call_free (LigdiTestCall *call)
{
  g_assert_cmpuint (call->n_answers, ==, 1);
  ligdi_sale_free (call->sale);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->reply, ligdi_create_reply_free);
  g_clear_pointer (&call->confirmation, ligdi_confirmation_free);
  g_free (call->sub_code);
  g_clear_error (&call->error);
  g_free (call);
}
