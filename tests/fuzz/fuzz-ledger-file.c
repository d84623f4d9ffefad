/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-error.h"
#include "ligdi-fuzz-ledger.h"
#include "ligdi-fuzz.h"
#include "ligdi-ledger-verify.h"

#include <string.h>

/* What the first byte says the rest is. */
enum
{
  WHOLE_FILE,
  PATCHES,
  PATCHES_OF_OLD,
  N_KINDS,
};

/* A patch: two bytes of place, one of length, and as many; or this length, to cut off there. */
#define CUT_OFF 0xff
/* Where SQLite keeps how the file is written. */
#define WRITE_VERSION 18

static GByteArray *
patch (const GByteArray *whole, const uint8_t *data, size_t size)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, whole->data, whole->len);
  while (size > 3 && bytes->len > 0)
    {
      guint place = (data[0] | (guint) data[1] << 8) % bytes->len;
      guint length = data[2];

      data += 3;
      size -= 3;
      if (length == CUT_OFF)
        {
          g_byte_array_set_size (bytes, place);
          continue;
        }
      length = MIN (MIN (length, (guint) size), bytes->len - place);
      memcpy (bytes->data + place, data, length);
      data += length;
      size -= length;
    }
  return bytes;
}

static void
assert_untouched (const GByteArray *bytes)
{
  g_autofree char *found = NULL;
  gsize length;

  /* A file that keeps no log yet begins to at once. */
  if (bytes->len <= WRITE_VERSION + 1 || bytes->data[WRITE_VERSION] != 2
      || bytes->data[WRITE_VERSION + 1] != 2)
    return;
  g_assert_true (g_file_get_contents (ligdi_fuzz_ledger_get_path (), &found, &length, NULL));
  g_assert_cmpmem (found, length, bytes->data, bytes->len);
}

static void
assert_ours (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == LIGDI_ERROR);
}

/* Any file in the ledger's place: it is refused, and stays as it is; or what it tells is what
 * was written. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static char *written;
  const GByteArray *current = ligdi_fuzz_ledger_get_current ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint kind = size > 0 ? data[0] % N_KINDS : WHOLE_FILE;
  g_autofree char *told = NULL;
  g_autoptr (GError) verify_error = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) open_error = NULL;
  LigdiLedger *ledger;
  LigdiLedgerCount count;

  if (written == NULL)
    {
      ligdi_fuzz_ledger_put (current->data, current->len);
      written = ligdi_fuzz_ledger_describe (NULL);
      g_assert_nonnull (written);
    }
  if (kind != WHOLE_FILE)
    {
      g_byte_array_unref (bytes);
      bytes = patch (kind == PATCHES ? current : ligdi_fuzz_ledger_get_old (), data + 1, size - 1);
    }
  else if (size > 0)
    g_byte_array_append (bytes, data + 1, (guint) size - 1);
  ligdi_fuzz_ledger_put (bytes->data, bytes->len);

  if (!ligdi_ledger_verify_file (ligdi_fuzz_ledger_get_path (), &count, &verify_error))
    assert_ours (verify_error);
  told = ligdi_fuzz_ledger_describe (&read_error);
  if (told == NULL)
    assert_ours (read_error);
  if (kind == PATCHES && verify_error == NULL)
    g_assert_cmpstr (told, ==, written);
  ledger = ligdi_ledger_open (ligdi_fuzz_ledger_get_path (), &open_error);
  if (ledger != NULL)
    g_assert_finalize_object (ledger);
  else
    {
      assert_ours (open_error);
      assert_untouched (bytes);
    }
  return 0;
}
