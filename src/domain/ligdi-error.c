/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "ligdi-domain"

#include "ligdi-error.h"

/* What an error carries beside its code and its text for the log. GLib's macro may hand out
 * %NULL for an error of another domain, says the compiler; it is no such thing here. */
typedef struct
{
  guint8 diagnosis; /* a LigdiDiagnosis; GLib finds it by bytes, and clang wants no more of it */
} LigdiErrorPrivate;

static void
ligdi_error_private_init (LigdiErrorPrivate *details)
{
  g_return_if_fail (details != NULL);

  details->diagnosis = LIGDI_DIAGNOSIS_UNCLEAR;
}

static void
ligdi_error_private_copy (const LigdiErrorPrivate *from, LigdiErrorPrivate *to)
{
  g_return_if_fail (from != NULL && to != NULL);

  *to = *from;
}

static void
ligdi_error_private_clear (LigdiErrorPrivate *details)
{
}

/**
 * ligdi_error_quark:
 *
 * Returns: the quark of the program's only error domain
 */
G_DEFINE_EXTENDED_ERROR (LigdiError, ligdi_error)

/**
 * ligdi_error_set_diagnosis:
 * @error: an error of our own
 * @diagnosis: why the gateway could not be used
 */
void
ligdi_error_set_diagnosis (GError *error, LigdiDiagnosis diagnosis)
{
  LigdiErrorPrivate *details;

  g_return_if_fail (error != NULL && error->domain == LIGDI_ERROR);

  details = ligdi_error_get_private (error);
  g_return_if_fail (details != NULL);
  details->diagnosis = (guint8) diagnosis;
}

/**
 * ligdi_error_get_diagnosis:
 * @error: (nullable): an error
 *
 * Returns: why the gateway could not be used, as far as the request that failed can tell;
 *   %LIGDI_DIAGNOSIS_UNCLEAR for errors that are about something else
 */
LigdiDiagnosis
ligdi_error_get_diagnosis (const GError *error)
{
  const LigdiErrorPrivate *details = NULL;

  if (error != NULL && error->domain == LIGDI_ERROR)
    details = ligdi_error_get_private (error);
  return details != NULL ? (LigdiDiagnosis) details->diagnosis : LIGDI_DIAGNOSIS_UNCLEAR;
}
