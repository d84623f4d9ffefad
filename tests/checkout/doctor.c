/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-error.h"
#include "ligdi-gateway.h"
#include "ligdi-lookout.h"

#include <stdio.h>
#include <string.h>

/* doctor BASE_URL LIMIT_MS: for each line on its input, does as it says and prints what came
 * of it. "test" tests the connection, "look" looks around, "create" and "confirm" say what their
 * own error carries. "watch" and "sell", which creates first, never end: they say whatever a till
 * gets to know. */

typedef struct
{
  LigdiGateway *gateway;
  GMainLoop *loop;
  LigdiLookout *lookout;
} Doctor;

static void
say (Doctor *doctor, LigdiDiagnosis diagnosis)
{
  printf ("%s\n", ligdi_diagnosis_to_nick (diagnosis));
  fflush (stdout);
  g_main_loop_quit (doctor->loop);
}

static void
on_diagnose_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  say (user_data, ligdi_gateway_diagnose_finish (LIGDI_GATEWAY (source), result));
}

static void
on_look_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LigdiDiagnosis diagnosis = LIGDI_DIAGNOSIS_UNCLEAR;

  ligdi_gateway_look_finish (LIGDI_GATEWAY (source), result, &diagnosis, NULL);
  say (user_data, diagnosis);
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Doctor *doctor = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiCreateReply) reply
      = ligdi_gateway_create_finish (LIGDI_GATEWAY (source), result, NULL, &error);

  if (doctor->lookout != NULL)
    ligdi_lookout_hear (doctor->lookout, error, NULL);
  else
    say (doctor, error != NULL ? ligdi_error_get_diagnosis (error) : LIGDI_DIAGNOSIS_CONNECTED);
}

static void
on_confirm_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gint64 retry_after;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiConfirmation) confirmation
      = ligdi_gateway_confirm_finish (LIGDI_GATEWAY (source), result, &retry_after, &error);

  say (user_data, error != NULL ? ligdi_error_get_diagnosis (error)
                                : ligdi_gateway_read_refusal (confirmation));
}

static void
on_lookout_changed (LigdiLookout *lookout, gpointer user_data)
{
  printf ("%s %s\n", ligdi_lookout_is_online (lookout) ? "online" : "offline",
          ligdi_diagnosis_to_nick (ligdi_lookout_get_diagnosis (lookout)));
  fflush (stdout);
}

static void
create (Doctor *doctor)
{
  g_autoptr (LigdiSale) sale = ligdi_sale_new ();
  LigdiCreateRequest request = {
    .sale = sale,
    .description = "Ticket 0042",
    .store_name = "Boutique",
    .store_website = "",
    .return_url = "https://ligdipay.invalid/return/0f3c",
    .cancel_url = "https://ligdipay.invalid/cancel/77aa",
    .transaction_id = "LGD-2222-3333-0123456789abcdef",
  };

  ligdi_sale_add (sale, "Riz 5 kg", 2, 500);
  ligdi_gateway_create_async (doctor->gateway, &request, NULL, on_create_ready, doctor);
}

static void
obey (Doctor *doctor, const char *order)
{
  if (g_str_equal (order, "test"))
    ligdi_gateway_diagnose_async (doctor->gateway, NULL, on_diagnose_ready, doctor);
  else if (g_str_equal (order, "look"))
    ligdi_gateway_look_async (doctor->gateway, NULL, on_look_ready, doctor);
  else if (g_str_equal (order, "create"))
    create (doctor);
  else if (g_str_equal (order, "confirm"))
    ligdi_gateway_confirm_async (doctor->gateway, "token", NULL, on_confirm_ready, doctor);
  else
    {
      /* Runs until the test ends it. */
      doctor->lookout = ligdi_lookout_new (doctor->gateway);
      g_signal_connect (doctor->lookout, "changed", G_CALLBACK (on_lookout_changed), doctor);
      if (g_str_equal (order, "sell"))
        create (doctor);
    }
  g_main_loop_run (doctor->loop);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LigdiGateway) gateway = NULL;
  Doctor doctor = { .loop = loop };
  char line[64];
  guint limit;

  if (argc != 3)
    return 2;
  gateway = ligdi_gateway_new (argv[1], "KEY", "TOKEN", &error);
  g_assert_no_error (error);
  limit = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  ligdi_gateway_set_time_limits (gateway, limit, limit);
  doctor.gateway = gateway;
  while (fgets (line, sizeof line, stdin) != NULL)
    obey (&doctor, g_strchomp (line));
  return 0;
}
