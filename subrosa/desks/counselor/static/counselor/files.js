/*
 * A file in portions: <form data-slices="where to begin"> with an <input type="file">. Without this script the same form
 * sends the file at once. Nothing is stored in the browser: what is known of a file on its way dies with the page.
 */
(() => {
  "use strict";
  const form = document.querySelector("form[data-slices]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]'), button = form.querySelector("button");
  const said = form.querySelector("[data-slices-said]"), bar = form.querySelector("[data-slices-bar]");
  const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  let under = null;                                            // { file, to, portion, most }: goes on after a line that broke
  async function call(url, body, method = "POST") {
    const answer = await fetch(url, { method, body, credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw answer;
    return answer;
  }
  async function begin(file) {
    const fields = new FormData();
    const { to, portion, most } = await (await call(form.dataset.slices, fields)).json();
    return { file, to, portion, most };
  }
  async function send(file) {
    if (under?.file !== file) under = await begin(file);
    const { to, portion } = under, full = Math.floor(file.size / portion);
    let { have } = await (await call(to, undefined, "GET")).json();
    show(have * portion, file.size);
    for (; have < full; have += 1) {
      await call(`${to}${have}/`, file.slice(have * portion, (have + 1) * portion).slice(0, portion, "application/octet-stream"));
      show((have + 1) * portion, file.size);
    }
    const rest = new FormData();
    rest.append("name", file.name);
    rest.append("type", file.type);
    rest.append("size", String(file.size));
    rest.append("rest", file.slice(full * portion), "rest");
    return (await (await call(`${to}whole/`, rest)).json()).at;
  }
  function show(done, all) {
    bar.hidden = false;
    bar.value = all ? done / all : 0;
    said.textContent = `${percent.format(bar.value)} ${form.dataset.on}`;
  }
  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file || !file.size || file.size > Number(form.dataset.most)) return;    // the server says what is wrong with it
    event.preventDefault();
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    try {
      const at = new URL(await send(file), location.href);
      if (at.pathname === location.pathname) { location.hash = at.hash; location.reload(); } else location.assign(at);
    } catch {
      said.textContent = form.dataset.broken;
      button.removeAttribute("aria-busy");
    }
  });
})();
