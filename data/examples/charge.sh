#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Asks the till for a sale and says what to do with the goods: sh charge.sh AMOUNT ORDER
set -u

: "${1:?the amount, in francs}" "${2:?the number of the order}"

status=0
ligdipay charge "$1" --reference "$2" --from 'Order desk' --timeout 600 --json || status=$?

case $status in
  0 | 7) echo "Order $2 is paid: hand it over." ;;
  1 | 6) echo "Order $2 is not paid: keep it." ;;
  5) echo "Order $2 is paid, but not as it should be: ask the manager." ;;
  4) echo "Order $2 may still be paid: keep it, and run this again with the same number." ;;
  *) echo "Order $2: the till could not be asked." >&2 ;;
esac
exit "$status"
