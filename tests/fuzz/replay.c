/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ligdi-fuzz.h"

#include <gio/gio.h>

#include <string.h>

/* Runs a fuzz target without libFuzzer: every file of its corpus, then so many inputs made out
 * of them, always the same ones. run.sh looks for new ones. */

#define SEED 20261
#define LONGEST 16384

static GPtrArray *corpus; /* GByteArray */
static guint64 n_mutations;

/* A copy of its own, so that a sanitizer sees every read beyond its end. */
static void
run_one (const GByteArray *input)
{
  g_autofree guint8 *data = g_memdup2 (input->data, input->len);

  LLVMFuzzerTestOneInput (data, input->len);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
load_corpus (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  /* In the same order on every disk. */
  g_ptr_array_sort (names, compare_names);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  for (guint i = 0; i < names->len; i++)
    {
      char *bytes;
      gsize length;

      g_file_get_contents (g_ptr_array_index (names, i), &bytes, &length, &error);
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_byte_array_new_take ((guint8 *) bytes, length));
    }
}

static const GByteArray *
pick (GRand *random)
{
  return g_ptr_array_index (corpus, (guint) g_rand_int_range (random, 0, (gint32) corpus->len));
}

static guint
pick_position (GRand *random, const GByteArray *input)
{
  return (guint) g_rand_int_range (random, 0, (gint32) input->len + 1);
}

static void
insert (GByteArray *input, guint at, const guint8 *bytes, guint length)
{
  guint before = input->len;

  if (length == 0 || before + length > LONGEST)
    return;
  g_byte_array_set_size (input, before + length);
  memmove (input->data + at + length, input->data + at, before - at);
  memcpy (input->data + at, bytes, length);
}

/* A part of another input, or of this one. */
static void
splice (GRand *random, GByteArray *input)
{
  const GByteArray *other = pick (random);
  guint from = pick_position (random, other);
  guint length = (guint) g_rand_int_range (random, 1, 64);

  insert (input, pick_position (random, input), other->data + from,
          MIN (length, other->len - from));
}

static void
mutate (GRand *random, GByteArray *input)
{
  guint at = pick_position (random, input);
  guint8 byte = (guint8) g_rand_int_range (random, 0, 256);
  guint length;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      if (at < input->len)
        input->data[at] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      if (at < input->len)
        input->data[at] = byte;
      break;
    case 2:
      insert (input, at, &byte, 1);
      break;
    case 3:
      length = (guint) g_rand_int_range (random, 1, 32);
      length = MIN (length, input->len - at);
      if (length > 0)
        g_byte_array_remove_range (input, at, length);
      break;
    case 4:
      splice (random, input);
      break;
    default:
      g_byte_array_set_size (input, at);
      break;
    }
}

static void
test_corpus (void)
{
  g_assert_cmpuint (corpus->len, >, 0);
  for (guint i = 0; i < corpus->len; i++)
    run_one (g_ptr_array_index (corpus, i));
}

static void
test_mutations (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint64 i = 0; i < n_mutations; i++)
    {
      const GByteArray *origin = pick (random);
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, origin->data, origin->len);
      for (gint32 left = g_rand_int_range (random, 1, 9); left > 0; left--)
        mutate (random, input);
      run_one (input);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  load_corpus (argv[1]);
  n_mutations = g_ascii_strtoull (argv[2], NULL, 10);
  g_test_add_func ("/fuzz/corpus", test_corpus);
  g_test_add_func ("/fuzz/mutations", test_mutations);
  status = g_test_run ();
  g_ptr_array_unref (corpus);
  return status;
}
