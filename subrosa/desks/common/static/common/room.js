/*
 * What the room does by itself. Every page works without this file; nothing here decides anything.
 *
 *   Esc twice, or Pause   staff: covers the page at once, saves, locks.  client: leaves.  Works in every field; never while an
 *                         input method is composing. (Not Ctrl+. : Chinese input methods use it for punctuation.)
 *   <body data-idle-seconds="900" data-unlock="/unlock">   no input for so long: the same as the lock key. The server counts too.
 *   <form data-lock>      the lock         <form data-exit="about:blank">   the quick exit
 *   <form data-autosave="url">   1.5 s after typing and every 5 s meanwhile, on hiding, leaving, before a lock: POST of the form.
 *       204 is "saved" ([data-saved] says so); 200 is kept beside something newer, which it offers ([data-draft-slot]).
 *       What is not saved stays in this page's memory and nowhere else: the line says so, leaving asks, and it is tried again
 *       until the network, or whoever was signed out, is back. [data-turn] counts, so that a late one is known as late.
 *   <textarea data-keep>  marks text that is offered again when a request did not get through (a calm line with "try again")
 *   <button data-copy="#id">  <button data-print>  <li data-keys tabindex="0"> … <button data-key="1">
 *   422 is a form with its errors and is swapped; any other 4xx that holds a ruling (data-ruling) goes into #ruling or the form's own [data-ruling-slot]; the form stays
 *
 * Storage: one flag, "left", without content; so that Back after a quick exit leads away again.
 */
(() => {
  "use strict";
  const html = document.documentElement, body = document.body;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = one("#room-words")?.dataset ?? {};
  const lockForm = one("form[data-lock]"), exitForm = one("form[data-exit]");
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const tabs = lockForm && "BroadcastChannel" in window ? new BroadcastChannel("room") : null;

  /* ---- the quick exit: no way back ---- */
  const flag = (set) => { try { return set === undefined ? sessionStorage.getItem("left") : set ? sessionStorage.setItem("left", "1") : sessionStorage.removeItem("left"); } catch { return null; } };
  const away = () => location.replace(exitForm.dataset.exit || "about:blank");
  function leave() {
    html.classList.add("left");
    flag(true);
    navigator.sendBeacon?.(exitForm.getAttribute("action"), new FormData(exitForm));
    document.title = "\u200b";
    body.replaceChildren();
    away();
  }
  if (exitForm && flag()) {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") { html.classList.add("left"); away(); } else flag(false);
  }
  addEventListener("pageshow", (event) => { if (event.persisted) { html.classList.add("left"); location.reload(); } });

  /* ---- drafts save themselves ---- */
  const dirty = new Map();                                     // form -> { since, tries, timer } while something is not saved
  const sending = new Map();                                   // form -> the request under way
  const saveUrl = (form) => form.dataset.autosave || form.getAttribute("action") || location.href;
  const PAUSE = 1500, LONGEST = 5000, SMALL = 60000;           // a request that outlives its page holds 64 KiB
  function say(form, text, door) {
    for (const place of all("[data-saved]", form)) {
      place.textContent = text;
      place.classList.toggle("waits", dirty.has(form));
      if (door) place.append(" ", Object.assign(document.createElement("a"), { href: door, target: "_blank", rel: "opener", textContent: words.signIn }));
    }
  }
  function payload(form) {
    const turn = one("[data-turn]", form);
    if (turn) turn.value = Number(turn.value) + 1;
    return new FormData(form);
  }
  const size = (data) => [...data].reduce((sum, [name, value]) => sum + 200 + name.length + 3 * String(value).length, 0);
  function wait(form, ms) {
    const held = dirty.get(form) ?? { since: Date.now(), tries: 0 };
    clearTimeout(held.timer);
    held.timer = setTimeout(() => save(form), ms);
    dirty.set(form, held);
  }
  async function save(form) {
    const { tries = 0, timer } = dirty.get(form) ?? {};
    clearTimeout(timer);
    dirty.delete(form);
    if (!tries) say(form, words.saving);
    const data = payload(form), stop = new AbortController(), late = setTimeout(() => stop.abort(), 10000);
    sending.set(form, stop);
    let answer = null;
    try { answer = await fetch(saveUrl(form), { method: "POST", body: data, credentials: "same-origin", redirect: "manual", headers: { "X-Autosave": "1" }, keepalive: size(data) < SMALL, signal: stop.signal }); } catch { /* no network, or no answer */ }
    clearTimeout(late);
    if (sending.get(form) !== stop) return !dirty.has(form);    // a later one is under way, or the form itself was sent
    sending.delete(form);
    if (answer?.ok) return kept(form, answer);
    const over = answer && answer.type !== "opaqueredirect" && answer.status < 500;
    wait(form, over ? 2 ** 31 - 1 : Math.min(2000 * 2 ** tries, 10000));
    Object.assign(dirty.get(form), { since: Date.now(), tries: tries + 1, over });
    if (over) say(form, answer.status === 413 ? words.tooLong : words.refused);
    else if (answer?.type === "opaqueredirect") say(form, words.signedOut, `${body.dataset.unlock ?? "/"}?next=${encodeURIComponent(location.pathname)}`);
    else say(form, words.unsaved);
    return false;
  }
  async function kept(form, answer) {
    const slot = one("[data-draft-slot]", form), newer = answer.status === 200 ? await answer.text() : "";
    if (slot && slot.innerHTML !== newer) slot.innerHTML = newer;
    const at = new Date().toLocaleTimeString(html.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    if (!dirty.has(form)) say(form, `${newer ? words.beside : words.saved} ${at}`);
    calm(form);
    return true;
  }
  const unsaved = () => [...new Set([...dirty.keys(), ...sending.keys()])];
  const saveAll = async () => (await Promise.all(unsaved().map(save))).every(Boolean);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (!form) return;
    const since = dirty.get(form)?.since ?? Date.now();
    wait(form, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  });
  addEventListener("online", () => saveAll());
  addEventListener("focus", () => { for (const [form, held] of dirty) if (held.tries) save(form); });
  addEventListener("beforeunload", (event) => {                // only where leaving would lose something
    if (!html.classList.contains("left") && [...dirty].some(([form, held]) => held.tries || size(new FormData(form)) >= SMALL)) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    for (const form of unsaved()) {
      const data = payload(form);
      if (!navigator.sendBeacon?.(saveUrl(form), data)) fetch(saveUrl(form), { method: "POST", body: data, keepalive: true }).catch(() => {});
    }
  });

  /* ---- the lock: cover at once, save, lock, then empty ---- */
  let covered = false;
  function cover() {
    covered = true;
    const sheet = one("#room-cover").content.cloneNode(true);
    const day = new Date().toLocaleDateString(html.lang, { month: "long", day: "numeric", weekday: "long" });
    one(".cover-day", sheet).textContent = day;
    if (body.dataset.unlock) one("[data-cover-unlock]", sheet).href = `${body.dataset.unlock}?next=${encodeURIComponent(location.pathname + location.search)}`;
    body.append(sheet);
    html.classList.add("covered");
    document.title = words.plain ?? "";
    one(".cover").focus();
  }
  function empty(answer) {
    body.replaceChildren(one("body > .cover"));
    one("[data-cover-waiting]").hidden = true;
    one("[data-cover-unlock]").removeAttribute("target");
    const to = answer?.redirected ? new URL(answer.url) : null;
    if (to?.origin !== location.origin) return;
    to.searchParams.set("next", location.pathname + location.search);
    location.replace(to);
  }
  async function lock(here = true) {
    if (covered) return;
    const data = new FormData(lockForm), action = lockForm.getAttribute("action");
    cover();
    if (here) tabs?.postMessage("lock");
    const [saved] = await Promise.all([saveAll(), pause(here ? 400 : 0)]);        // the other tabs save before the lock falls
    let answer = null;
    if (here) try { answer = await fetch(action, { method: "POST", body: data }); } catch { /* the server's own clock locks */ }
    if (saved) return empty(answer);
    one("[data-cover-waiting]").hidden = false;                // nothing typed is lost: covered, kept, tried again
    one("[data-cover-unlock]").target = "_blank";
    while (!(await saveAll())) await pause(5000);
    empty(null);
  }

  /* ---- keys, and the watch over an empty chair ---- */
  let lastEscape = 0, lastInput = Date.now(), lastTold = 0;
  const goDark = () => (lockForm ? lock() : exitForm && leave());
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat) return;
    if (event.key === "Pause") return void goDark();
    if (event.key === "Escape") {
      if (event.timeStamp - lastEscape < 700) return void goDark();
      lastEscape = event.timeStamp;
      return;
    }
    lastEscape = 0;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const button = event.target.closest?.("[data-keys]") && one(`[data-key="${CSS.escape(event.key)}"]`, event.target.closest("[data-keys]"));
    if (button) { event.preventDefault(); button.click(); }
  }, true);
  const idle = Number(body.dataset.idleSeconds) * 1000;
  if (idle > 0 && (lockForm || exitForm)) {
    const awake = () => {
      lastInput = Date.now();
      if (lastInput - lastTold > 10000) { lastTold = lastInput; tabs?.postMessage("awake"); }
    };
    const look = () => { if (!covered && Date.now() - lastInput >= idle) goDark(); };
    for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "input"]) addEventListener(kind, awake, { passive: true, capture: true });
    setInterval(look, Math.min(5000, idle));
    document.addEventListener("visibilitychange", () => { look(); if (document.hidden) saveAll(); });
  }
  tabs?.addEventListener("message", ({ data }) => { if (data === "lock") lock(false); else lastInput = Date.now(); });

  /* ---- submits: once, and calmly when it did not get through ---- */
  const calm = (near) => all(".offline", near).forEach((line) => line.remove());
  function notThrough(near, again) {
    calm(near);
    const line = one("#room-offline").content.cloneNode(true);
    one("[data-retry]", line).addEventListener("click", () => { calm(near); again(); });
    near.append(line);
  }
  const busy = (button, on) => (on ? button?.setAttribute("aria-busy", "true") : button?.removeAttribute("aria-busy"));
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form === exitForm) { event.preventDefault(); return leave(); }
    if (form === lockForm) { event.preventDefault(); return void lock(); }
    if (event.defaultPrevented) return;                        // htmx sends this one
    if (form.dataset.sent) return event.preventDefault();
    if (!navigator.onLine && one("[data-keep]", form)) {
      event.preventDefault();
      return notThrough(form, () => form.requestSubmit(button));
    }
    if (dirty.has(form) && !form.dataset.through) {            // first what was typed, then the press
      event.preventDefault();
      busy(button, true);
      return void save(form).then((saved) => {
        busy(button, false);
        if (!saved && !dirty.get(form)?.over) return;          // without a network the page stays; what is refused is answered
        form.dataset.through = "1";
        form.requestSubmit(button);
        delete form.dataset.through;
      });
    }
    clearTimeout(dirty.get(form)?.timer);
    dirty.delete(form);
    sending.get(form)?.abort();
    sending.delete(form);
    form.dataset.sent = "1";
    busy(button, true);
    setTimeout(() => { delete form.dataset.sent; busy(button, false); }, 5000);
  });
  const home = (element) => element.closest("form") ?? element.parentElement ?? body;
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) body.addEventListener(kind, ({ detail }) => {
    const trigger = detail.requestConfig?.triggeringEvent?.type ?? "click";
    notThrough(home(detail.elt), () => window.htmx.trigger(detail.elt, trigger));
  });
  body.addEventListener("htmx:beforeRequest", ({ detail }) => { calm(home(detail.elt)); busy(detail.requestConfig?.triggeringEvent?.submitter, true); });
  body.addEventListener("htmx:afterRequest", ({ detail }) => busy(detail.requestConfig?.triggeringEvent?.submitter, false));
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status === 422) return Object.assign(detail, { shouldSwap: true, isError: false });   // a form with its errors
    if (detail.xhr.status < 400 || !detail.xhr.responseText.includes("data-ruling=")) return;
    const slot = one("[data-ruling-slot]", home(detail.requestConfig?.elt ?? detail.target)) ?? one("#ruling");
    if (slot) Object.assign(detail, { shouldSwap: true, isError: false, target: slot, swapOverride: "innerHTML" });
  });
  body.addEventListener("htmx:afterSettle", ({ detail }) => {
    const ruling = one(".ruling", detail.target);
    if (ruling) ruling.focus();
    else if (document.activeElement === body) one("[data-keys]")?.focus();
  });

  /* ---- small hands: copy, print, the margin that folds ---- */
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) return window.print();
    const button = event.target.closest("[data-copy]");
    if (!button || button.dataset.done) return;
    const source = one(button.dataset.copy), label = [...button.childNodes];
    try { await navigator.clipboard.writeText(source.value ?? source.textContent.trim()); } catch { getSelection().selectAllChildren(source); document.execCommand("copy"); }
    button.dataset.done = "1";
    button.textContent = words.copied;
    setTimeout(() => { button.replaceChildren(...label); delete button.dataset.done; }, 2000);
  });
  const title = document.title;                                // no name in a print queue or on a file: <body data-print-title="…"> may say more
  addEventListener("beforeprint", () => { document.title = body.dataset.printTitle ?? words.plain ?? ""; });
  addEventListener("afterprint", () => { document.title = title; });
  const narrow = matchMedia("(max-width: 63.99rem)");
  const fold = () => all(".margin-fold").forEach((margin) => { margin.open = !narrow.matches; });
  narrow.addEventListener("change", fold);
  fold();
})();
