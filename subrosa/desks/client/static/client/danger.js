/*
 * Words of danger are noticed here, in the browser, and nowhere else: nothing is sent, nothing is stored. A match only shows
 * the numbers below the box. <textarea data-danger="id of the numbers">; the words are in danger.json beside this file: those
 * of danger, and what looks like one and is harmless (taken out first).
 */
(() => {
  "use strict";
  const source = document.currentScript.dataset.words;
  const box = document.querySelector("textarea[data-danger]");
  const numbers = box && document.getElementById(box.dataset.danger);
  if (!numbers) return;
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\p{Script=Han}+/gu, " $& ").replace(/[\u2019']/g, "").replace(/[^\p{L}\p{N}]+/gu, " ");
  const bare = (text) => plain(text).replace(/ /g, "");
  const latin = (one) => /^[\x20-\x7e]+$/.test(one);
  const list = (all) => ({ words: all.filter(latin).map((one) => ` ${plain(one).trim()} `), signs: all.filter((one) => !latin(one)).map(bare) });
  let danger = list([]), harmless = list([]);                  // words stand between spaces; Chinese signs stand anywhere
  const without = (text, parts, gap) => parts.reduce((left, part) => left.replaceAll(part, gap), text);
  const look = () => {
    const spaced = without(` ${plain(box.value)} `.replace(/ +/g, " "), harmless.words, " . "), joined = without(bare(box.value), harmless.signs, ".");
    if (danger.words.some((word) => spaced.includes(word)) || danger.signs.some((sign) => joined.includes(sign))) numbers.hidden = false;   // once shown they stay
  };
  box.addEventListener("input", look);
  fetch(source, { credentials: "omit" }).then((answer) => answer.json()).then((lists) => {
    harmless = list(lists.harmless);
    danger = list([...lists.self, ...lists.others, ...lists.harm]);
    look();
  }).catch(() => {});
})();
