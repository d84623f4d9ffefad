/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-address.h"
#include "ligdi-error.h"
#include "ligdi-fuzz.h"
#include "ligdi-gateway-codec.h"

/* An answer of create: a token and a page that may be opened, or an error of ours. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *sub_code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiCreateReply) reply
      = ligdi_gateway_codec_decode_create (body, size % 2 == 0, &sub_code, &error);

  g_assert_true ((reply == NULL) == (error != NULL));
  if (reply == NULL)
    g_assert_true (error->domain == LIGDI_ERROR);
  else
    g_assert_true (*reply->token != '\0' && sub_code == NULL
                   && ligdi_address_is_page (reply->page_url, size % 2 == 0));
  return 0;
}
