/* The device in a client's hands: nobody touches it for five minutes, and it closes by itself; writing keeps it open. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-done]"), idle = Number(document.body.dataset.idleSeconds) * 1000;
  if (!form || !(idle > 0)) return;
  let last = Date.now(), told = Date.now();
  const awake = () => {
    last = Date.now();
    if (last - told < 20000) return;
    told = last;
    fetch(form.dataset.here, { method: "POST", body: new FormData(form) }).catch(() => {});
  };
  for (const kind of ["keydown", "pointerdown", "input"]) addEventListener(kind, awake, { passive: true, capture: true });
  const look = () => { if (Date.now() - last >= idle) form.submit(); };
  setInterval(look, Math.min(5000, idle));
  document.addEventListener("visibilitychange", look);
})();
