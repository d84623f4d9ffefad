/* SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

/* The page works without this script; it only saves keys and steps. */

const country = document.getElementById('country-code');
if (country)
  country.addEventListener('change', () => country.form.submit());

const otp = document.getElementById('otp');
if (otp) {
  const boxes = otp.closest('.boxes');
  const show = () => {
    const digits = otp.value.replace(/\D/g, '').slice(0, 6);
    if (digits !== otp.value)
      otp.value = digits;
    boxes.dataset.typed = digits.length;
  };
  otp.addEventListener('input', show);
  show();
}

document.addEventListener('keydown', (event) => {
  const field = event.target.closest && event.target.closest('select, input:not([type="radio"])');
  if (field || event.repeat || event.ctrlKey || event.altKey || event.metaKey)
    return;
  /* The top row of a French keyboard gives digits only with Shift: the key itself counts then. */
  const place = /^(?:Digit|Numpad)([1-6])$/.exec(event.shiftKey ? '' : event.code);
  const key = place && !/^[1-6]$/.test(event.key) ? place[1] : event.key;
  const button = document.querySelector(`.outcome[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

/* A prompt on a telephone is answered there, not here. */
const step = document.getElementById('step');
if (step && step.dataset.auto)
  setTimeout(() => step.requestSubmit(step.querySelector('[value="approve"]')),
             Number(step.dataset.auto));

const back = document.getElementById('back');
if (back && document.documentElement.querySelector('meta[name="leave"]')) {
  if (back.tagName === 'FORM')
    back.submit();
  else
    location.href = back.href;
}
