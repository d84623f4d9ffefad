/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-test"

#include "ligdi-test-platter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What a power cut would leave: of each file its bytes as of its last fsync, what was written
 * since, and which files were renamed and deleted since their folder was last synced. It lies in
 * memory that outlives the processes that write to it. */

/* SQLite's log grows to 4 MB, and further while it cannot be put away. */
#define ROOM ((gsize) 64 << 20)
#define N_PIECES 32
#define N_MOVES 256
#define NAME_LENGTH 96
#define SECTOR 512

#define PENDING ".pending"
#define GONE ".gone"

/* A file, or what belongs to one; its name says what. */
typedef struct
{
  char name[NAME_LENGTH]; /* empty when it is free */
  gsize length;
} Piece;

/* What is done to a file; the bytes follow. */
typedef struct
{
  gint64 is_truncation;
  gint64 offset;
  gint64 length;
} Change;

typedef enum
{
  MOVE_RENAME,
  MOVE_LINK,
  MOVE_DELETE,
} MoveKind;

typedef struct
{
  MoveKind kind;
  char from[NAME_LENGTH];
  char to[NAME_LENGTH];
} Move;

typedef struct
{
  Piece pieces[N_PIECES];
  guint n_moves;
  Move moves[N_MOVES];
} Platter;

static Platter *platter;
static char *room;

static char *
get_bytes (const Piece *piece)
{
  return room + (gsize) (piece - platter->pieces) * ROOM;
}

static Piece *
find (const char *name, const char *suffix)
{
  g_autofree char *whole = g_strconcat (name, suffix, NULL);

  for (guint i = 0; i < N_PIECES; i++)
    if (g_str_equal (platter->pieces[i].name, whole))
      return &platter->pieces[i];
  return NULL;
}

static void
name_piece (Piece *piece, const char *name, const char *suffix)
{
  g_autofree char *whole = g_strconcat (name, suffix, NULL);

  g_assert_cmpuint (g_strlcpy (piece->name, whole, NAME_LENGTH), <, NAME_LENGTH);
}

static Piece *
ensure (const char *name, const char *suffix)
{
  Piece *piece = find (name, suffix);

  for (guint i = 0; piece == NULL && i < N_PIECES; i++)
    if (*platter->pieces[i].name == '\0')
      {
        piece = &platter->pieces[i];
        piece->length = 0;
        name_piece (piece, name, suffix);
      }
  g_assert_nonnull (piece);
  return piece;
}

static void
drop (Piece *piece)
{
  if (piece != NULL)
    *piece->name = '\0';
}

/* Over what had the name. */
static void
move (const char *from, const char *from_suffix, const char *to, const char *to_suffix)
{
  Piece *piece = find (from, from_suffix);

  if (piece == NULL)
    return;
  drop (find (to, to_suffix));
  name_piece (piece, to, to_suffix);
}

static void
append (Piece *piece, const void *bytes, gsize length)
{
  g_assert_cmpuint (piece->length + length, <=, ROOM);
  if (length > 0)
    memcpy (get_bytes (piece) + piece->length, bytes, length);
  piece->length += length;
}

static void
set_length (Piece *piece, gsize length)
{
  g_assert_cmpuint (length, <=, ROOM);
  if (length > piece->length)
    memset (get_bytes (piece) + piece->length, 0, length - piece->length);
  piece->length = length;
}

static void
put (Piece *piece, gsize offset, const char *bytes, gsize length)
{
  if (offset + length > piece->length)
    set_length (piece, offset + length);
  memcpy (get_bytes (piece) + offset, bytes, length);
}

/* Any of its sectors. */
static void
put_some (Piece *piece, const Change *change, const char *bytes, GRand *luck, double kept)
{
  gsize done = 0;

  while (done < (gsize) change->length)
    {
      gsize at = (gsize) change->offset + done;
      gsize part = MIN (SECTOR - at % SECTOR, (gsize) change->length - done);

      if (g_rand_double (luck) < kept)
        put (piece, at, bytes + done, part);
      done += part;
    }
}

/* Without @luck all of them; else any sectors, in any order. */
static void
make_changes (Piece *piece, const Piece *pending, GRand *luck)
{
  static const double shares[] = { 0.0, 0.5, 0.9, 1.0 };
  double kept = luck != NULL ? shares[g_rand_int_range (luck, 0, G_N_ELEMENTS (shares))] : 1.0;
  const char *changes = get_bytes (pending);
  gsize at = 0;

  while (at < pending->length)
    {
      Change change;

      memcpy (&change, changes + at, sizeof change);
      at += sizeof change;
      if (change.is_truncation)
        {
          if (luck == NULL || g_rand_double (luck) < kept)
            set_length (piece, (gsize) change.offset);
        }
      else if (luck == NULL)
        put (piece, (gsize) change.offset, changes + at, (gsize) change.length);
      else
        put_some (piece, &change, changes + at, luck, kept);
      at += (gsize) change.length;
    }
}

static void
note_move (MoveKind kind, const char *from, const char *to)
{
  Move *line = &platter->moves[platter->n_moves];

  g_assert_cmpuint (platter->n_moves, <, N_MOVES);
  line->kind = kind;
  g_strlcpy (line->from, from, NAME_LENGTH);
  g_strlcpy (line->to, to, NAME_LENGTH);
  platter->n_moves++;
}

static void
undo (const Move *line)
{
  switch (line->kind)
    {
    case MOVE_RENAME:
      if (find (line->to, "") == NULL)
        break;
      move (line->to, "", line->from, "");
      move (line->to, PENDING, line->from, PENDING);
      move (line->to, GONE, line->to, "");
      break;
    case MOVE_LINK:
      drop (find (line->to, ""));
      drop (find (line->to, PENDING));
      break;
    case MOVE_DELETE:
      if (find (line->from, "") == NULL)
        move (line->from, GONE, line->from, "");
      break;
    }
}

static void
lose_names (GRand *luck)
{
  guint n_made = (guint) g_rand_int_range (luck, 0, (gint32) platter->n_moves + 1);

  /* The folder's changes are made in their order; the last of them may not be made. */
  for (guint i = platter->n_moves; i > n_made; i--)
    undo (&platter->moves[i - 1]);
  platter->n_moves = 0;
  for (guint i = 0; i < N_PIECES; i++)
    if (g_str_has_suffix (platter->pieces[i].name, GONE))
      drop (&platter->pieces[i]);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Piece *const *) a)->name, (*(Piece *const *) b)->name);
}

/* In the order of their names: where they lie depends on what was there before. */
static GPtrArray *
list (const char *suffix)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < N_PIECES; i++)
    if (*platter->pieces[i].name != '\0' && g_str_has_suffix (platter->pieces[i].name, suffix))
      g_ptr_array_add (found, &platter->pieces[i]);
  g_ptr_array_sort (found, compare_names);
  return found;
}

static void
lose_bytes (GRand *luck)
{
  g_autoptr (GPtrArray) found = list (PENDING);

  for (guint i = 0; i < found->len; i++)
    {
      Piece *pending = g_ptr_array_index (found, i);
      g_autofree char *name = g_strndup (pending->name, strlen (pending->name) - strlen (PENDING));

      if (find (name, "") != NULL || g_rand_boolean (luck))
        make_changes (ensure (name, ""), pending, luck);
      drop (pending);
    }
}

/* Locks are no files to lose, and what people were told is not on this disk. */
static gboolean
is_on_disk (const char *name)
{
  return !g_str_has_suffix (name, ".watch") && !g_str_has_suffix (name, ".users")
         && !g_str_has_suffix (name, "-shm") && !g_str_equal (name, "shown");
}

static void
for_each_file (const char *folder, void (*act) (const char *path, const char *name))
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_on_disk (name))
        act (path, name);
    }
}

static void
take (const char *path, const char *name)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  append (ensure (name, ""), bytes, length);
}

static void
delete (const char *path, const char *name)
{
  syscall (SYS_unlink, path);
}

/* What the memory that programs shared holds after that is anything. */
static void
scramble_memory (const char *folder, GRand *luck)
{
  g_autofree char *path = g_build_filename (folder, "ledger.sqlite-shm", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, NULL) || g_rand_boolean (luck))
    return;
  for (gsize i = 0; i + 4 <= length; i += 4)
    {
      guint32 any = g_rand_int (luck);

      memcpy (bytes + i, &any, sizeof any);
    }
  g_assert_true (g_file_set_contents_full (path, bytes, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/**
 * ligdi_test_platter_make:
 *
 * To be called once, before any process that writes is begun.
 */
void
ligdi_test_platter_make (void)
{
  int any = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE;

  platter = mmap (NULL, sizeof *platter, PROT_READ | PROT_WRITE, any, -1, 0);
  room = mmap (NULL, ROOM * N_PIECES, PROT_READ | PROT_WRITE, any, -1, 0);
  g_assert_true (platter != MAP_FAILED && room != MAP_FAILED);
}

/**
 * ligdi_test_platter_begin:
 * @folder: a folder whose files are there to stay
 */
void
ligdi_test_platter_begin (const char *folder)
{
  memset (platter, 0, sizeof *platter);
  for_each_file (folder, take);
}

/**
 * ligdi_test_platter_write:
 * @name: a file
 * @offset: where
 * @bytes: what
 * @length: how many
 */
void
ligdi_test_platter_write (const char *name, gint64 offset, const void *bytes, gsize length)
{
  Change change = { .is_truncation = 0, .offset = offset, .length = (gint64) length };
  Piece *pending = ensure (name, PENDING);

  append (pending, &change, sizeof change);
  append (pending, bytes, length);
}

/**
 * ligdi_test_platter_truncate:
 * @name: a file
 * @size: how long it is then
 */
void
ligdi_test_platter_truncate (const char *name, gint64 size)
{
  Change change = { .is_truncation = 1, .offset = size, .length = 0 };

  append (ensure (name, PENDING), &change, sizeof change);
}

/**
 * ligdi_test_platter_lose:
 * @name: a file
 *
 * What was not synced never will be.
 */
void
ligdi_test_platter_lose (const char *name)
{
  drop (find (name, PENDING));
}

/**
 * ligdi_test_platter_sync:
 * @name: a file
 *
 * What was written to it is there to stay.
 */
void
ligdi_test_platter_sync (const char *name)
{
  Piece *pending = find (name, PENDING);
  Piece *piece = ensure (name, "");

  if (pending != NULL)
    make_changes (piece, pending, NULL);
  drop (pending);
}

/**
 * ligdi_test_platter_sync_names:
 *
 * So are the names in the folder: what they once meant is gone for good.
 */
void
ligdi_test_platter_sync_names (void)
{
  for (guint i = 0; i < platter->n_moves; i++)
    {
      drop (find (platter->moves[i].from, GONE));
      drop (find (platter->moves[i].to, GONE));
    }
  platter->n_moves = 0;
}

/**
 * ligdi_test_platter_rename:
 * @from: a file
 * @to: its name from now on
 */
void
ligdi_test_platter_rename (const char *from, const char *to)
{
  drop (find (to, PENDING));
  move (to, "", to, GONE);
  move (from, PENDING, to, PENDING);
  move (from, "", to, "");
  note_move (MOVE_RENAME, from, to);
}

static void
copy (const char *from, const char *to, const char *suffix)
{
  const Piece *piece = find (from, suffix);

  if (piece != NULL)
    append (ensure (to, suffix), get_bytes (piece), piece->length);
}

/**
 * ligdi_test_platter_link:
 * @from: a file that nobody writes to any more
 * @to: another name for it, which was nobody's
 */
void
ligdi_test_platter_link (const char *from, const char *to)
{
  copy (from, to, "");
  copy (from, to, PENDING);
  note_move (MOVE_LINK, from, to);
}

/**
 * ligdi_test_platter_delete:
 * @name: a file
 *
 * It takes along what was not yet written of it; a power cut may bring back what was.
 */
void
ligdi_test_platter_delete (const char *name)
{
  drop (find (name, PENDING));
  move (name, "", name, GONE);
  note_move (MOVE_DELETE, name, "");
}

/**
 * ligdi_test_platter_cut_power:
 * @folder: where the files are
 * @seed: what everything follows from
 * @life: after which life of the till it is
 *
 * Nobody uses the files any more, and they are what was left of them.
 */
void
ligdi_test_platter_cut_power (const char *folder, guint64 seed, guint life)
{
  guint32 parts[] = { (guint32) seed, (guint32) (seed >> 32), life };
  g_autoptr (GRand) luck = g_rand_new_with_seed_array (parts, G_N_ELEMENTS (parts));
  g_autoptr (GPtrArray) files = NULL;

  lose_names (luck);
  lose_bytes (luck);
  for_each_file (folder, delete);
  files = list ("");
  for (guint i = 0; i < files->len; i++)
    {
      const Piece *piece = g_ptr_array_index (files, i);
      g_autofree char *path = g_build_filename (folder, piece->name, NULL);

      g_assert_true (g_file_set_contents_full (path, get_bytes (piece), (gssize) piece->length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  scramble_memory (folder, luck);
}
