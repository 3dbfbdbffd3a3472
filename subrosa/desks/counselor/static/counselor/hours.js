/*
 * What shows itself at its time, without a sound. Times are the server's, in milliseconds.
 *   <p data-from="…" data-until="…" data-now="…" hidden>   there from then until then
 *   <main data-leave-at="…" data-now="…" data-leave-to="/desk/">   this page goes away by itself
 */
(() => {
  "use strict";
  const began = Date.now(), shown = [...document.querySelectorAll("[data-from]")], leaves = document.querySelector("[data-leave-at]");
  const now = (one) => Number(one.dataset.now) + Date.now() - began;
  const look = () => {
    for (const one of shown) one.hidden = now(one) < Number(one.dataset.from) || now(one) >= Number(one.dataset.until);
    if (leaves && now(leaves) >= Number(leaves.dataset.leaveAt)) location.replace(leaves.dataset.leaveTo);
  };
  if (!shown.length && !leaves) return;
  look();
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
})();
