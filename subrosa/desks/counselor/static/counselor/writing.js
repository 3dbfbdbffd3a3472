/*
 * A hand that writes stays on the keys: two empty lines at the end of a part go on to the next one, and are not kept.
 * Never out of the last part, so that nobody signs by writing; never while an input method is composing.
 */
(() => {
  "use strict";
  const parts = [...document.querySelectorAll(".record .part textarea")];
  document.addEventListener("input", (event) => {
    const next = parts[parts.indexOf(event.target) + 1], part = event.target;
    if (!next || event.isComposing || event.inputType === "insertFromPaste" || !parts.includes(part)) return;
    if (part.selectionEnd !== part.value.length || !/\S\n\n\n$/.test(part.value)) return;
    for (let n = 0; n < 3; n += 1) document.execCommand("delete");   // as a hand would: what was typed can still be undone
    next.focus();
  });
})();
