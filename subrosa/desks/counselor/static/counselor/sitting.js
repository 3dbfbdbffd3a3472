/*
 * Somebody sits here. The clock: minutes since the server's own beginning; without it the page shows when it began. And the
 * box for the two lines is ready to be typed into where there is a keyboard, without scrolling the promise away; on a phone
 * nothing is focused, so that no keyboard covers the page while somebody cries.
 */
(() => {
  "use strict";
  const lines = document.getElementById("lines");
  if (lines && matchMedia("(hover: hover)").matches) lines.focus({ preventScroll: true });
  const clock = document.querySelector("[data-since]");
  if (!clock) return;
  const ahead = Number(clock.dataset.now) - Date.now();
  const show = () => { clock.textContent = Math.max(0, Math.floor((Date.now() + ahead - Number(clock.dataset.since)) / 60000)); };
  show();
  setInterval(show, 5000);
})();
