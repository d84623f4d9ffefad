/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ligdi-test-cashier.h"

G_BEGIN_DECLS

LigdiTestEnd ligdi_test_beside_live (const LigdiTestLife *life);

G_END_DECLS
