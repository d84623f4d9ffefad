/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * LigdiKeyPlace:
 * @LIGDI_KEY_PLACE_NONE: nobody has given any keys
 * @LIGDI_KEY_PLACE_GIVEN: whoever started the program gave them: systemd, an administrator
 * @LIGDI_KEY_PLACE_KEYRING: the desktop's keyring, or in flatpak the Secret portal
 * @LIGDI_KEY_PLACE_FILE: files that only this user can read
 *
 * Where this till's keys are.
 */
typedef enum
{
  LIGDI_KEY_PLACE_NONE,
  LIGDI_KEY_PLACE_GIVEN,
  LIGDI_KEY_PLACE_KEYRING,
  LIGDI_KEY_PLACE_FILE,
} LigdiKeyPlace;
