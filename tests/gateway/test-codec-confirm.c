/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-gateway-codec.h"

#include <string.h>

#define OUR_ID "LGD-2222-3333-0123456789abcdef"
#define OUR_AMOUNT 1000

#define IDS "\"custom_data\":[{\"keyof_customdata\":\"transaction_id\",\"valueof_customdata\":\"" OUR_ID "\"}]"
#define MONEY "\"amount\":1000,\"montant\":1000"
#define DONE "\"response_code\":\"00\",\"status\":\"completed\""

/* What confirm answers today about a payment that was made (API sheet: confirm's fields). */
static const char sample[]
    = "{\"response_code\":\"00\",\"token\":\"\",\"response_text\":\"\",\"description\":\"\","
      "\"custom_data\":[{\"keyof_customdata\":\"transaction_id\",\"valueof_customdata\":\"" OUR_ID
      "\",\"datecreation_customdata\":\"2026-05-09 07:20:23.362788\"},"
      "{\"keyof_customdata\":\"hash\",\"valueof_customdata\":\"00ff\"},"
      "{\"keyof_customdata\":\"logfile\",\"valueof_customdata\":\"2026050907202369fee03756652\"}],"
      "\"status\":\"completed\",\"operator_id\":\"14\",\"operator_name\":\"MOOV CI\","
      "\"customer\":\"2250102030405\",\"montant\":1000,\"amount\":1000,"
      "\"date\":\"2026-04-15 11:19:28+00\",\"external_id\":\"" OUR_ID "\",\"oreference\":\"\","
      "\"request_id\":\"P2782222872026\",\"customer_details\":{\"firstname\":\"\",\"lastname\":\"\","
      "\"email\":\"\",\"phone\":\"\",\"details\":\"\"},"
      "\"wiki\":\"https://client.ligdicash.com/wiki/confirmInvoice\"}";

static LigdiConfirmation *
decode_bytes (const char *text, gsize length, GError **error)
{
  /* A copy of its own, so that a sanitizer sees every read beyond its end. */
  g_autoptr (GBytes) body = g_bytes_new_take (g_memdup2 (text, length), length);

  return ligdi_gateway_codec_decode_confirm (body, error);
}

static LigdiConfirmation *
decode (const char *text, GError **error)
{
  return decode_bytes (text, strlen (text), error);
}

static LigdiVerdict
judge (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiConfirmation) confirmation = decode (text, &error);

  if (confirmation == NULL)
    {
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
      return LIGDI_VERDICT_INCONCLUSIVE;
    }
  g_assert_no_error (error);
  return ligdi_verdict_judge (confirmation, OUR_ID, OUR_AMOUNT);
}

static void
test_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LigdiConfirmation) confirmation = decode (sample, &error);

  g_assert_no_error (error);
  g_assert_true (confirmation->accepted);
  g_assert_cmpint (confirmation->status, ==, LIGDI_CONFIRM_COMPLETED);
  g_assert_cmpstr (confirmation->transaction_id, ==, OUR_ID);
  g_assert_null (confirmation->currency);
  g_assert_cmpint (confirmation->amount_reading, ==, LIGDI_READING_READ);
  g_assert_cmpint (confirmation->amount, ==, 1000);
  g_assert_cmpint (confirmation->montant_reading, ==, LIGDI_READING_READ);
  g_assert_cmpint (confirmation->montant, ==, 1000);
  g_assert_cmpstr (confirmation->operator_name, ==, "MOOV CI");
  g_assert_cmpstr (confirmation->payer, ==, "2250102030405");
  g_assert_cmpstr (confirmation->request_id, ==, "P2782222872026");
  g_assert_null (confirmation->sub_code);
  g_assert_cmpint (judge (sample), ==, LIGDI_VERDICT_PAID);
}

/* Every documented and observed shape, and what it means for a payment of 1000 of ours. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    LigdiVerdict verdict;
  } table[] = {
    /* Where the id may stand. */
    { "{" DONE "," MONEY "," IDS "}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":\"" OUR_ID "\"}}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"custom_data\":[{\"id_invoice\":7,\"keyof_customdata\":\"logfile\","
      "\"valueof_customdata\":\"x\"},{\"keyof_customdata\":\"transaction_id\","
      "\"valueof_customdata\":\"" OUR_ID "\",\"id_invoice\":7}]}",
      LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"custom_data\":[],\"external_id\":\"" OUR_ID "\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"custom_data\":\"\",\"transaction_id\":\"" OUR_ID "\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"custom_data\":null,\"transaction_id\":\" " OUR_ID " \"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY ",\"external_id\":\"" OUR_ID "\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY "," IDS ",\"external_id\":\"other\",\"transaction_id\":\"other\"}",
      LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY "," IDS ",\"external_id\":\"ORD-1;" OUR_ID "\"}", LIGDI_VERDICT_PAID },
    /* Nowhere, or in no shape anybody has seen. */
    { "{" DONE "," MONEY "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":[]}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":\"\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":null}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":7}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":{}}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":[[\"transaction_id\",\"" OUR_ID "\"],null,7,\"x\",{}]}",
      LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":[{\"keyof_customdata\":\"transaction_id\"}]}",
      LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":[{\"keyof_customdata\":[],\"valueof_customdata\":{}}]}",
      LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"custom_data\":[{\"keyof_customdata\":\"transaction_id\","
      "\"valueof_customdata\":\"\"}]}",
      LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"external_id\":\"ORD-1;" OUR_ID "\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," MONEY ",\"external_id\":null,\"transaction_id\":{}}", LIGDI_VERDICT_INCONCLUSIVE },
    /* Somebody else's. */
    { "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":\"other\"}}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":12}}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":\"lgd-2222-3333-0123456789abcdef\"}}",
      LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY ",\"external_id\":\"other\"}", LIGDI_VERDICT_MISMATCH },

    /* How amounts may be written. */
    { "{" DONE "," IDS ",\"amount\":1000}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"montant\":1000}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":1000.0,\"montant\":\"1000\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":\"1000.0\",\"montant\":\" 1000 \"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":\"1000.00\",\"montant\":1e3}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":1e+3,\"montant\":10000e-1}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":\"\",\"montant\":\"1000\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":null,\"montant\":1000}", LIGDI_VERDICT_PAID },
    { "{" DONE "," IDS ",\"amount\":1000,\"montant\":1001}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":1000,\"montant\":\"999\"}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":999.0}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":-1000}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":0}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":-0}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":null,\"montant\":\"\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":1000.5}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1000.5\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1000.\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\".0\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1,000\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1 000\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1000 XOF\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"+1000\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"1e3\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"0x3e8\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":true}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":[1000]}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":{}}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":1000,\"montant\":[]}", LIGDI_VERDICT_INCONCLUSIVE },
    /* The most that is handled, and one more, either way. */
    { "{" DONE "," IDS ",\"amount\":1000000000000}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":-1000000000000}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," IDS ",\"amount\":1000000000001}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":-1000000000001}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":1000000000001.0}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":1e400}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":-1e400}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":1e18}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":9223372036854775807}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":9223372036854775808}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":18446744073709551615}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":99999999999999999999999}", LIGDI_VERDICT_INCONCLUSIVE },
    /* 1000, were it counted in 64 bits. */
    { "{" DONE "," IDS ",\"amount\":-18446744073709550616}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":18446744073709552616}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{" DONE "," IDS ",\"amount\":\"18446744073709552616\"}", LIGDI_VERDICT_INCONCLUSIVE },

    /* Words. */
    { "{\"response_code\":\"00\",\"status\":\" Completed \"," MONEY "," IDS "}", LIGDI_VERDICT_PAID },
    { "{\"response_code\":\"00\",\"status\":\"COMPLETED\"," MONEY "," IDS "}", LIGDI_VERDICT_PAID },
    { "{\"response_code\":\"00\",\"status\":\"notcompleted\"," MONEY "," IDS "}", LIGDI_VERDICT_DECLINED },
    { "{\"response_code\":\"00\",\"status\":\"nocompleted\"}", LIGDI_VERDICT_DECLINED },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code10)\",\"status\":\"notcompleted\"," IDS "}",
      LIGDI_VERDICT_DECLINED },
    { "{\"response_code\":\"00\",\"status\":\"pending\",\"amount\":1000,\"customer\":null}",
      LIGDI_VERDICT_PENDING },
    { "{\"response_code\":\"01\",\"status\":\"pending\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"not completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"complete\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"completed.\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"success\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"failed\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"cancelled\"}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":\"\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":null," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":true," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"status\":[\"completed\"]," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"00\",\"description\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },

    /* Codes. */
    { "{\"response_code\":\"01\",\"status\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"0\",\"status\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":0,\"status\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":null,\"status\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"status\":\"completed\"," MONEY "," IDS "}", LIGDI_VERDICT_INCONCLUSIVE },
    { "{\"response_code\":\"01\",\"response_text\":\"Echec (Code02)\"}", LIGDI_VERDICT_INCONCLUSIVE },

    /* Currencies. */
    { "{" DONE "," MONEY "," IDS ",\"devise\":\"XOF\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY "," IDS ",\"currency\":\"xof\"}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY "," IDS ",\"devise\":\"\",\"currency\":null}", LIGDI_VERDICT_PAID },
    { "{" DONE "," MONEY "," IDS ",\"devise\":\"EUR\"}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY "," IDS ",\"currency\":\"XAF\"}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY "," IDS ",\"devise\":952}", LIGDI_VERDICT_MISMATCH },

    /* A byte order mark is a common slip of PHP files and says nothing. */
    { "\xef\xbb\xbf{" DONE "," MONEY "," IDS "}", LIGDI_VERDICT_PAID },
    /* Of a name that stands there twice, the last one counts, as in PHP and JavaScript. */
    { "{" DONE "," MONEY "," IDS ",\"amount\":5}", LIGDI_VERDICT_MISMATCH },
    { "{" DONE "," MONEY "," IDS ",\"status\":\"pending\"}", LIGDI_VERDICT_PENDING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (judge (table[i].text) != table[i].verdict)
        g_test_message ("judged %d: %s", judge (table[i].text), table[i].text);
      g_assert_cmpint (judge (table[i].text), ==, table[i].verdict);
    }
}

static void
test_details (void)
{
  g_autoptr (LigdiConfirmation) pending = decode (
      "{\"response_code\":\"00\",\"status\":\"pending\",\"operator_name\":\"\",\"customer\":null,"
      "\"request_id\":null}",
      NULL);
  g_autoptr (LigdiConfirmation) odd
      = decode ("{\"response_code\":\"00\",\"status\":\"completed\",\"operator_name\":14,"
                "\"customer\":{\"phone\":\"x\"},\"request_id\":[\"P27\"]}",
                NULL);
  g_autoptr (LigdiConfirmation) numbers
      = decode ("{\"customer\":22670000000,\"request_id\":7}", NULL);
  g_autoptr (LigdiConfirmation) refused
      = decode ("{\"response_code\":\"01\",\"response_text\":\"Echec (Code02)\"}", NULL);

  g_assert_null (pending->operator_name);
  g_assert_null (pending->payer);
  g_assert_null (pending->request_id);
  g_assert_cmpstr (odd->operator_name, ==, "14");
  g_assert_null (odd->payer);
  g_assert_null (odd->request_id);
  g_assert_cmpstr (numbers->payer, ==, "22670000000");
  g_assert_cmpstr (numbers->request_id, ==, "7");
  g_assert_cmpstr (refused->sub_code, ==, "02");
  g_assert_null (pending->sub_code);
}

/* What some readers of JSON take and JSON does not know: each could make one answer look like
 * another to the one or the other. */
static void
test_not_json (void)
{
  static const char *const table[] = {
    "",
    " ",
    "null",
    "7",
    "\"completed\"",
    "[]",
    "[" "{" DONE "," MONEY "," IDS "}" "]",
    "<html>completed</html>",
    "{" DONE "," MONEY "," IDS,
    "{" DONE "," MONEY "," IDS "}}",
    "{" DONE "," MONEY "," IDS "} x",
    "{" DONE "," MONEY "," IDS "}{}",
    "2{" DONE "," MONEY "," IDS "}",
    "\"x\"{" DONE "," MONEY "," IDS "}",
    "null {" DONE "," MONEY "," IDS "}",
    ":{" DONE "," MONEY "," IDS "}",
    ",{" DONE "," MONEY "," IDS "}",
    "}{" DONE "," MONEY "," IDS "}",
    "{" DONE "," MONEY "," IDS "},",
    "{" DONE "," MONEY "," IDS "}{\"status\":\"pending\"}",
    "{" DONE "," MONEY "," IDS "}]",
    "{" DONE "," MONEY "," IDS ",}",
    "{" DONE "," MONEY "," IDS ",,\"a\":1}",
    "/**/{" DONE "," MONEY "," IDS "}",
    "{" DONE "," MONEY "," IDS "/*,\"amount\":5*/}",
    "{" DONE "," MONEY "," IDS "} // x",
    "# x\n{" DONE "," MONEY "," IDS "}",
    "var answer = {" DONE "," MONEY "," IDS "};",
    "{'response_code':'00','status':'completed'," MONEY "," IDS "}",
    "{" DONE "," IDS ",\"amount\":01750}",
    "{" DONE "," IDS ",\"amount\":0x3e8}",
    "{" DONE "," IDS ",\"amount\":$3e8}",
    "{" DONE "," IDS ",\"amount\":0b1111101000}",
    "{" DONE "," IDS ",\"amount\":1000.}",
    "{" DONE "," IDS ",\"amount\":+1000}",
    "{" DONE "," IDS ",\"amount\":--1000}",
    "{" DONE "," IDS ",\"amount\":- 1000}",
    "{" DONE "," IDS ",\"amount\":1 000}",
    "{" DONE "," IDS ",\"amount\":1000L}",
    "{" DONE "," IDS ",\"amount\":1e}",
    "{" DONE "," IDS ",\"amount\":-}",
    "{" DONE "," IDS ",\"amount\":NaN}",
    "{" DONE "," IDS ",\"amount\":Infinity}",
    "{" DONE "," IDS ",\"amount\":True}",
    "{" DONE "," IDS ",\"amount\":undefined}",
    "{response_code:\"00\",status:\"completed\"," MONEY "," IDS "}",
    /* A NUL would cut what stands before it out. */
    "{\"response_code\":\"00\",\"status\":\"completed\\u0000not\"," MONEY "," IDS "}",
    "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":\"" OUR_ID "\\u0000x\"}}",
    /* A damaged id is not another id. */
    "{" DONE "," MONEY ",\"custom_data\":{\"transaction_id\":\"" OUR_ID "\x01\"}}",
    "{" DONE "," MONEY "," IDS ",\"x\":\"\n\"}",
    "{" DONE "," MONEY "," IDS ",\"x\":\"\x1f\"}",
    "{" DONE "," MONEY "," IDS ",\"x\":\"\xff\"}",
    "{" DONE "," MONEY "," IDS ",\"x\":\"\xed\xa0\x80\"}",
    "{" DONE "," MONEY "," IDS ",\"x\":\"\\ud800\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiConfirmation) confirmation = decode (table[i], &error);

      if (confirmation != NULL)
        g_test_message ("read: %s", table[i]);
      g_assert_null (confirmation);
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
      g_assert_null (strstr (error->message, OUR_ID));
    }
}

static void
test_nul_bytes (void)
{
  for (gsize at = 0; at < sizeof sample; at += 7)
    {
      g_autofree char *text = g_memdup2 (sample, sizeof sample);
      g_autoptr (LigdiConfirmation) confirmation = NULL;

      text[at] = '\0';
      confirmation = decode_bytes (text, sizeof sample, NULL);
      g_assert_null (confirmation);
    }
}

/* An answer that broke off is no answer, wherever it did. */
static void
test_truncated (void)
{
  for (gsize length = 0; length < sizeof sample - 1; length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LigdiConfirmation) confirmation = decode_bytes (sample, length, &error);

      g_assert_null (confirmation);
      g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
    }
}

/* No byte that is lost or turned into another makes it a payment of another amount or to
 * another id: it is still ours, or it is not paid. */
static void
test_damaged (void)
{
  guint n_read = 0;

  for (gsize at = 0; at < sizeof sample - 1; at++)
    for (guint byte = 1; byte < 256; byte += 31)
      {
        g_autofree char *text = g_memdup2 (sample, sizeof sample);
        g_autoptr (LigdiConfirmation) confirmation = NULL;

        text[at] = (char) byte;
        confirmation = decode_bytes (text, sizeof sample - 1, NULL);
        if (confirmation == NULL)
          continue;
        n_read++;
        if (ligdi_verdict_judge (confirmation, OUR_ID, OUR_AMOUNT) == LIGDI_VERDICT_PAID)
          {
            g_assert_cmpstr (confirmation->transaction_id, ==, OUR_ID);
            g_assert_cmpint (ligdi_confirmation_get_received (confirmation, OUR_AMOUNT), ==,
                             OUR_AMOUNT);
          }
      }
  g_assert_cmpuint (n_read, >, 0);
}

static void
assert_deep_refused (const char *before, const char *repeated, guint times, const char *after)
{
  GString *text = g_string_new (before);
  g_autoptr (LigdiConfirmation) confirmation = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < times; i++)
    g_string_append (text, repeated);
  g_string_append (text, after);
  confirmation = decode_bytes (text->str, text->len, &error);
  g_string_free (text, TRUE);
  g_assert_null (confirmation);
  g_assert_error (error, LIGDI_ERROR, LIGDI_ERROR_PROTOCOL);
}

/* Deep nesting must not reach the end of the stack, however it is hidden from the check. */
static void
test_deep (void)
{
  static const struct
  {
    const char *before, *repeated;
  } table[] = {
    { "", "[" },
    { "", "{\"a\":" },
    { "{\"a\":", "[" },
    { "{\"a\":\"", "\",\"b\":[\"" },
    { "{\"a\":\"\\\"\",\"b\":", "[" },
    { "{\"a\":\"\\\\\",\"b\":", "[" },
    { "/*\"*/", "[" },
    { "{/*\"*/\"a\":", "[" },
    { "//\"\n", "[" },
    { "#\"\n", "[" },
    { "{'\"':", "[" },
    { "{'\\\"':", "[" },
    { "]]]]]]]]", "[" },
    { "", "[]," },
  };
  g_autofree char *brackets = g_strnfill (1000, '[');
  g_autofree char *in_string
      = g_strconcat ("{" DONE "," MONEY "," IDS ",\"x\":\"", brackets, "\"}", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s%s…", table[i].before, table[i].repeated);
      assert_deep_refused (table[i].before, table[i].repeated, 100000, "");
    }
  /* Brackets in a text are no nesting. */
  g_assert_cmpint (judge (in_string), ==, LIGDI_VERDICT_PAID);
}

static void
test_large (void)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text
      = g_strconcat ("{" DONE "," MONEY "," IDS ",\"response_text\":\"", filler, "\"}", NULL);
  GString *many = g_string_new ("{" DONE "," MONEY "," IDS ",\"list\":[0");
  g_autofree char *many_text = NULL;

  g_assert_cmpint (judge (text), ==, LIGDI_VERDICT_PAID);
  for (guint i = 0; i < 20000; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}");
  many_text = g_string_free (many, FALSE);
  g_assert_cmpint (judge (many_text), ==, LIGDI_VERDICT_PAID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/confirm/sample", test_sample);
  g_test_add_func ("/codec/confirm/shapes", test_shapes);
  g_test_add_func ("/codec/confirm/details", test_details);
  g_test_add_func ("/codec/confirm/not-json", test_not_json);
  g_test_add_func ("/codec/confirm/nul-bytes", test_nul_bytes);
  g_test_add_func ("/codec/confirm/truncated", test_truncated);
  g_test_add_func ("/codec/confirm/damaged", test_damaged);
  g_test_add_func ("/codec/confirm/deep", test_deep);
  g_test_add_func ("/codec/confirm/large", test_large);
  return g_test_run ();
}
