/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-error.h"

/**
 * ligdi_error_quark:
 *
 * Returns: the quark of the program's only error domain
 */
G_DEFINE_QUARK (ligdi-error-quark, ligdi_error)
