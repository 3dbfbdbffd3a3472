/*
 * Words of danger are noticed here, in the browser, and nowhere else: nothing is sent, nothing is stored. A match only shows
 * the numbers below the box. <textarea data-danger="id of the numbers">; the words are in danger.json beside this file.
 */
(() => {
  "use strict";
  const source = document.currentScript.dataset.words;
  const box = document.querySelector("textarea[data-danger]");
  const numbers = box && document.getElementById(box.dataset.danger);
  if (!numbers) return;
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\p{Script=Han}+/gu, " $& ").replace(/[\u2019']/g, "").replace(/[^\p{L}\p{N}]+/gu, " ");
  const bare = (text) => plain(text).replace(/ /g, "");
  let words = [], signs = [];                                  // words stand between spaces; Chinese signs stand anywhere
  const look = () => {
    const spaced = ` ${plain(box.value)} `, joined = bare(box.value);
    if (words.some((word) => spaced.includes(` ${word} `)) || signs.some((sign) => joined.includes(sign))) numbers.hidden = false;   // once shown they stay
  };
  box.addEventListener("input", look);
  fetch(source, { credentials: "omit" }).then((answer) => answer.json()).then((lists) => {
    const all = Object.values(lists).flat(), latin = /^[\x20-\x7e]+$/;
    words = all.filter((one) => latin.test(one)).map((one) => plain(one).trim());
    signs = all.filter((one) => !latin.test(one)).map(bare);
    look();
  }).catch(() => {});
})();
