/*
 * Keeps the help page, its style and its languages for when there is no network, and nothing else: no other page passes here
 * (the scope is /help/), and what is kept was fetched without cookies, so it is the same for everybody.
 */
"use strict";
const STORE = "help";
const LANGUAGES = ["zh-hans", "en"];
const FILES = ["subrosa.css", "parts.css", "work.css", "print.css", "help.css", "help.js", "room.js", "plain.svg", "icons/exit.svg", "icons/down.svg", "icons/right.svg"].map((name) => `/static/common/${name}`);
const page = (language) => `/help/${language}/`;
const asked = new URL(location).searchParams.get("language");
const otherwise = LANGUAGES.includes(asked) ? asked : LANGUAGES[0];
const PATIENCE = 4000;                                        // ms before what is kept is shown instead
let kept = 0;

async function keep() {
  kept = Date.now();
  const store = await caches.open(STORE);
  await Promise.all([...LANGUAGES.map(page), ...FILES].map(async (address) => {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (answer.ok) await store.put(address, answer);
  }));
}

/* The network first, so that numbers are never older than they must be. */
async function answer(request, address) {
  const stored = async () => (await caches.open(STORE)).match(address);
  let late;
  const patience = new Promise((_, give) => { late = setTimeout(give, PATIENCE); });
  try {
    return await Promise.race([fetch(request), patience]);
  } catch {
    return (await stored()) ?? fetch(request);
  } finally {
    clearTimeout(late);
  }
}

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    const language = LANGUAGES.find((one) => pathname === page(one));
    if (!language && pathname !== "/help/") return;
    event.respondWith(answer(request, page(language ?? otherwise)));
    if (Date.now() - kept > 60000) event.waitUntil(keep().catch(() => {}));
  } else if (FILES.includes(pathname)) event.respondWith(answer(request, pathname));
});
