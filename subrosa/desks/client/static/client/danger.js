/*
 * Words of danger are noticed here, in the browser, and nowhere else: nothing is sent, nothing is stored. A match only shows
 * the numbers below the box. <textarea data-danger="id of the numbers">; the words are in danger.json beside this file: those
 * of danger, and what looks like one and is harmless (taken out first). A pattern there is one line: what may stand between
 * verb and object ("~", the short list `between`, a few times at most), "/" for either, "-" for what must not follow.
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
  // Patterns look at what is left of the sentence: a comma or a space between two Chinese words ends it.
  const clauses = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ".");
  const either = (all) => `(?:${all.join("|")})`;
  const shape = (gap, before, after) => (line) => line.split(" ").map((part) => part === "~" ? gap : before + either(part.split("/").map((one) => {
    const [word, not] = one.split("-");
    return not ? `${word}(?!${before}${either(not.split(","))}${after})` : word;
  }))).join("") + after;
  const kinds = ["self", "others", "harm"];
  const patterns = (lists) => {
    const all = kinds.flatMap((kind) => lists.patterns[kind]), { signs, alone, words } = lists.between;
    return {
      signs: new RegExp(either(all.filter((one) => !latin(one)).map(shape(`(?:${either(alone)}|${either(signs)}{0,3})`, "", ""))), "u"),
      words: new RegExp(either(all.filter(latin).map(shape(`(?: ${either(words)}){0,5}`, " ", "(?= )"))), "u"),
    };
  };
  let danger = list([]), harmless = list([]), seen = null;     // words stand between spaces; Chinese signs stand anywhere
  const without = (text, parts, gap) => parts.reduce((left, part) => left.replaceAll(part, gap), text);
  const look = () => {
    const spaced = without(` ${plain(box.value)} `.replace(/ +/g, " "), harmless.words, " . "), joined = without(bare(box.value), harmless.signs, ".");
    const meant = danger.words.some((word) => spaced.includes(word)) || danger.signs.some((sign) => joined.includes(sign))
      || seen?.words.test(spaced) || seen?.signs.test(without(clauses(box.value), harmless.signs, "."));
    if (meant) numbers.hidden = false;                         // once shown they stay
  };
  box.addEventListener("input", look);
  fetch(source, { credentials: "omit" }).then((answer) => answer.json()).then((lists) => {
    harmless = list(lists.harmless);
    danger = list(kinds.flatMap((kind) => lists[kind]));
    seen = patterns(lists);
    look();
  }).catch(() => {});
})();
