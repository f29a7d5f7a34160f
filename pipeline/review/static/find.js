// The list of a report: searched, filtered and sorted by the browser itself. What is asked for stands behind the #
// of the address, so it can be kept and gone back to. Data come as scripts, a shard each (see shards.py).
"use strict";

const Found = (() => {
  const form = document.getElementById("find");
  const { dataset } = form;
  const said = document.querySelector(".found");
  const body = document.querySelector(".documents tbody");
  const shards = new Map();
  const waiting = new Map();
  const AHEAD = 8; // shards of texts that are read at a time
  let turn = 0;

  function shard(kind, n) {
    const key = `${kind}-${n}`;
    if (!shards.has(key)) {
      shards.set(key, new Promise((resolve, reject) => {
        waiting.set(key, resolve);
        const script = document.createElement("script");
        script.src = `search/${key}.js`;
        script.onerror = () => reject(new Error(script.src));
        document.head.append(script);
      }));
    }
    return shards.get(key);
  }

  async function got(key, packed) {
    const text = atob(packed);
    const bytes = new Uint8Array(text.length);
    for (let n = 0; n < text.length; n += 1) bytes[n] = text.charCodeAt(n);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    waiting.get(key)(await new Response(stream).json());
  }

  const asked = () => new URLSearchParams(location.hash.slice(1));

  function address(changes) {
    const query = asked();
    for (const [key, value] of Object.entries(changes)) {
      if (value) query.set(key, value);
      else query.delete(key);
    }
    return `#${query}`;
  }

  // As rows.searchable writes it.
  const searchable = (text) =>
    text.replace(/\s+/g, "").replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0xe50).toLowerCase();

  function ordered(rows, key, descending) {
    const way = descending ? -1 : 1;
    const order = (one, other) => (one < other ? -1 : Number(one > other));
    return rows.sort((one, other) => {
      const [a, b] = [one.keys[key], other.keys[key]];
      return order(a === "", b === "") || way * order(a, b) || order(one.keys.name, other.keys.name);
    });
  }

  async function run() {
    const mine = ++turn;
    const query = asked();
    body.setAttribute("aria-busy", "true");
    for (const name of ["q", "state", "status"]) form.elements[name].value = query.get(name) || "";
    try {
      const rows = (await Promise.all([...Array(Number(dataset.rows)).keys()].map((n) => shard("rows", n)))).flat();
      const words = (query.get("q") || "").split(/\s+/).filter(Boolean).map(searchable);
      const fits = (row) => ["state", "status"].every((name) => [null, row.keys[name]].includes(query.get(name)));
      if (mine !== turn) return;
      if (!words.length) {
        show(rows.filter(fits), query);
        return;
      }
      const found = [];
      const all = [...Array(Number(dataset.texts)).keys()];
      for (let n = 0; n < all.length; n += AHEAD) {
        show(found.slice(), query, n);
        const texts = await Promise.all(all.slice(n, n + AHEAD).map((one) => shard("texts", one)));
        if (mine !== turn) return; // something else is asked for by now
        for (const [place, text] of texts.flat()) {
          if (fits(rows[place]) && words.every((word) => text.includes(word))) found.push(rows[place]);
        }
      }
      show(found, query);
    } catch (problem) {
      body.removeAttribute("aria-busy");
      said.textContent = problem.message;
    }
  }

  // Shows rows; `reading`: so many shards of texts are searched so far.
  function show(rows, query, reading) {
    const size = Number(dataset.perPage);
    const pages = Math.max(Math.ceil(rows.length / size), 1);
    const page = Math.min(Math.max(Number(query.get("page")) || 1, 1), pages);
    const sort = query.get("sort") in (rows[0]?.keys || {}) ? query.get("sort") : "name";
    ordered(rows, sort, query.has("desc"));
    body.innerHTML = rows.slice((page - 1) * size, page * size).map((row) => row.html).join("");
    said.textContent = (rows.length || reading !== undefined) ? dataset.found.replace("#", rows.length) : dataset.none;
    if (reading !== undefined) said.append(` · ${dataset.reading.replace("#", reading).replace("#", dataset.texts)}`);
    else if (["q", "state", "status"].some((name) => query.get(name))) {
      said.append(" · ", link({ q: "", state: "", status: "", page: "" }, dataset.clear));
    }
    if (reading === undefined) body.removeAttribute("aria-busy");
    heads(sort, query.has("desc"));
    pager(page, pages);
  }

  function link(changes, text) {
    const made = document.createElement("a");
    made.href = address(changes);
    made.textContent = text;
    return made;
  }

  function heads(sort, descending) {
    for (const head of document.querySelectorAll(".documents th")) {
      const { sort: key } = head.dataset;
      const here = key === sort;
      const down = here ? !descending : key === "doubts";
      const text = head.dataset.label + (here ? (descending ? " ▼" : " ▲") : "");
      head.replaceChildren(link({ sort: key, desc: down ? "1" : "", page: "" }, text));
      if (here) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function pager(page, pages) {
    document.querySelector("nav.pages")?.remove();
    if (pages === 1) return;
    const nav = document.createElement("nav");
    nav.className = "pages";
    nav.setAttribute("aria-label", dataset.pages);
    if (page > 1) nav.append(link({ page: page - 1 }, `← ${dataset.previous}`));
    nav.append(dataset.page.replace("#", page).replace("#", pages));
    if (page < pages) nav.append(link({ page: page + 1 }, `${dataset.next} →`));
    document.getElementById("main").append(nav);
  }

  if (typeof DecompressionStream !== "undefined") {
    form.hidden = false;
    heads("name", false);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { q, state, status } = form.elements;
      location.hash = address({ q: q.value, state: state.value, status: status.value, page: "" });
    });
    window.addEventListener("hashchange", run);
    if (location.hash.length > 1) run();
  }
  return { got };
})();
