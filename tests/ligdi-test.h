/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The path of a folder of a test's own; the folder goes when the path does. */
typedef char LigdiTestFolder;

LigdiTestFolder *ligdi_test_make_folder (void);
void ligdi_test_remove_folder (LigdiTestFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiTestFolder, ligdi_test_remove_folder)

char *ligdi_test_hash_file (const char *path);

gint64 ligdi_test_get_deadline (void);
gboolean ligdi_test_run_loop (gint64 deadline);
void ligdi_test_finish_loop (void);

/**
 * ligdi_test_wait_until:
 * @condition: an expression
 *
 * Runs the main loop until @condition holds; the test fails when it does not in time.
 */
#define ligdi_test_wait_until(condition)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ligdi_test_deadline = ligdi_test_get_deadline ();                                       \
                                                                                                   \
    while (!(condition))                                                                           \
      if (!ligdi_test_run_loop (ligdi_test_deadline))                                              \
        g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC,                          \
                             "waited in vain until " #condition);                                  \
  }                                                                                                \
  G_STMT_END

/* What a child process does; what it returns is its exit status. */
typedef int (*LigdiTestBody) (gpointer user_data);

/* The exit status of a child that could not do what it was there for. */
#define LIGDI_TEST_CHILD_SKIPS 77

char *ligdi_test_find_self (void);
int ligdi_test_run_child (LigdiTestBody body, gpointer user_data);
gboolean ligdi_test_mount_small_disk (const char *folder, guint kilobytes);
gboolean ligdi_test_make_disk_read_only (const char *folder);

typedef struct _LigdiTestSimulator LigdiTestSimulator;

LigdiTestSimulator *ligdi_test_simulator_start (const char *program, const char *const *options);
const char *ligdi_test_simulator_get_base_url (LigdiTestSimulator *simulator);
void ligdi_test_simulator_stop (LigdiTestSimulator *simulator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LigdiTestSimulator, ligdi_test_simulator_stop)

G_END_DECLS
