/* The help page asks the browser to keep it for when there is no network. Without this file it works as long as there is one. */
(() => {
  "use strict";
  if (!("serviceWorker" in navigator) || !navigator.onLine) return;
  const { worker, language } = document.currentScript.dataset;
  navigator.serviceWorker.register(`${worker}?language=${language}`, { scope: "/help/" }).catch(() => {});
})();
