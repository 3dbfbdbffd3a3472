/*
 * Below a part of a record: "describe instead" and "shorten" select the words in their box, so that writing takes their
 * place; "leave out" takes them out as a hand would, so that it can be undone. Without this file the links lead to the box.
 */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-find]"), box = link && document.querySelector(link.getAttribute("href"));
    const at = box ? box.value.indexOf(link.dataset.find) : -1;
    if (at < 0) return;
    event.preventDefault();
    box.focus();
    box.setSelectionRange(at, at + link.dataset.find.length);
    if ("cut" in link.dataset) document.execCommand("delete");
  });
})();
