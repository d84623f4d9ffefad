/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-fuzz.h"
#include "ligdi-gateway-codec.h"

#define OUR_ID "LGD-2222-3333-0123456789abcdef"
#define OUR_AMOUNT 1000

/* An answer of confirm: whatever it holds, paid is only what is ours. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiConfirmation) confirmation = ligdi_gateway_codec_decode_confirm (body, &error);

  g_assert_true ((confirmation == NULL) == (error != NULL));
  if (confirmation == NULL)
    g_assert_true (g_error_matches (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL));
  else if (ligdi_verdict_judge (confirmation, OUR_ID, OUR_AMOUNT) == LIGDI_VERDICT_PAID)
    g_assert_true (confirmation->accepted && g_str_equal (confirmation->transaction_id, OUR_ID)
                   && ligdi_confirmation_get_received (confirmation, OUR_AMOUNT) == OUR_AMOUNT);
  return 0;
}
