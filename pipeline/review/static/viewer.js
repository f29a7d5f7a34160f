// The page picture beside the record: selecting, crops, boxes, zoom, and the keys for all of it.
"use strict";

const Review = (() => {
  const { SVG, placeOf, load, frame, fill } = Crops;
  const body = document.body;
  const paper = document.querySelector(".paper");
  const sheet = document.querySelector(".sheet");
  const image = document.getElementById("page");
  const boxes = document.getElementById("boxes");
  const failure = document.getElementById("page-error");
  const pageNumber = document.getElementById("page-number");
  const pages = Number(body.dataset.pages);
  let page = 0;
  let zoom = 1;
  let selected = null;

  const panel = () => document.getElementById("panel");
  const fields = () => [...panel().querySelectorAll(".f")].filter((field) => field.offsetParent);
  const doubts = () => [...panel().querySelectorAll(".f.d:not(.settled)")];

  async function show(n) {
    n = Math.min(Math.max(n, 1), Math.max(pages, 1));
    if (n !== page) {
      page = n;
      pageNumber.textContent = pageNumber.dataset.text.replace("#", n);
      paper.setAttribute("aria-busy", "true");
      const found = await load(n);
      if (n !== page) return;
      paper.removeAttribute("aria-busy");
      failure.hidden = !found.text;
      failure.textContent = found.text || "";
      sheet.hidden = Boolean(found.text);
      if (found.href) {
        image.src = found.href;
        image.width = found.width;
        image.height = found.height;
      }
      load(Math.min(n + 1, Math.max(pages, 1))); // drawn while this one is looked at
    }
    draw();
  }

  function draw() {
    boxes.replaceChildren();
    const seen = new Set();
    for (const field of [...panel().querySelectorAll(".f.open, .f.changed"), selected]) {
      const place = placeOf(field);
      const key = field && `${field.dataset.b} ${field === selected}`;
      if (!place || place.page !== page || seen.has(key) || place.box[2] <= place.box[0]) continue;
      seen.add(key);
      const [x0, y0, x1, y1] = place.box;
      const mark = document.createElementNS(SVG, "rect");
      const air = field === selected ? 0.003 : 0;
      const shape = { x: x0 - air, y: y0 - air, width: x1 - x0 + 2 * air, height: y1 - y0 + 2 * air };
      for (const [name, value] of Object.entries(shape)) mark.setAttribute(name, value);
      mark.setAttribute("class", field === selected ? "here" : "doubtful");
      boxes.append(mark);
    }
  }

  // Scrolls the paper so that the selected box is in its middle.
  function centre(box) {
    const height = sheet.clientHeight;
    const width = sheet.clientWidth;
    paper.scrollTo({
      top: ((box[1] + box[3]) / 2) * height - paper.clientHeight / 2,
      left: ((box[0] + box[2]) / 2) * width - paper.clientWidth / 2,
    });
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        watcher.unobserve(entry.target);
        fill(entry.target);
      }
    }
  }, { rootMargin: "200px" });

  function watch() {
    for (const field of panel().querySelectorAll(".f[data-b]")) {
      frame(field);
      watcher.observe(field);
    }
  }

  function select(field, { focus = true } = {}) {
    if (!field) return;
    for (let around = field.parentElement.closest("details"); around; around = around.parentElement.closest("details")) {
      around.open = true;
    }
    for (const old of panel().querySelectorAll(".selected, .row.at")) old.classList.remove("selected", "at");
    selected = field;
    field.classList.add("selected");
    const row = field.closest(".row");
    if (row) row.classList.add("at");
    if (focus && document.activeElement !== field) field.focus({ preventScroll: true });
    fill(field);
    field.scrollIntoView({ block: "nearest" });
    const side = document.querySelector(".side");
    side.classList.toggle("on-name", field.dataset.k === "name");
    side.classList.toggle("on-row", Boolean(row));
    const place = placeOf(field);
    if (!place) {
      draw();
      return;
    }
    show(place.page).then(() => {
      if (selected === field && place.box[3] > place.box[1]) centre(place.box);
    });
  }

  function step(list, by) {
    if (!list.length) return;
    const here = list.indexOf(selected);
    if (here >= 0) {
      select(list[(here + by + list.length) % list.length]);
      return;
    }
    const after = list.findIndex((one) => selected && selected.compareDocumentPosition(one) & 4);
    select(list[by > 0 ? Math.max(after, 0) : (after < 0 ? list.length : after) - 1] || list[0]);
  }

  function setZoom(to) {
    const middle = [
      (paper.scrollLeft + paper.clientWidth / 2) / sheet.clientWidth,
      (paper.scrollTop + paper.clientHeight / 2) / sheet.clientHeight,
    ];
    zoom = Math.min(Math.max(to, 0.5), 5);
    sheet.style.width = `${zoom * 100}%`;
    const place = placeOf(selected);
    centre(place && place.page === page ? place.box : [middle[0], middle[1], middle[0], middle[1]]);
  }

  function texts() {
    const all = [...panel().querySelectorAll("details")];
    const open = all.some((one) => !one.open);
    for (const one of all) one.open = open;
    if (selected && selected.offsetParent) selected.scrollIntoView({ block: "nearest" });
  }

  function help() {
    const dialog = document.getElementById("help");
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }

  const actions = {
    next: () => step(doubts(), 1),
    previous: () => step(doubts(), -1),
    "page-next": () => show(page + 1),
    "page-previous": () => show(page - 1),
    "zoom-in": () => setZoom(zoom * 1.25),
    "zoom-out": () => setZoom(zoom / 1.25),
    "zoom-fit": () => setZoom(1),
    texts,
    help,
    list: () => location.assign(body.dataset.list),
    down: () => step(fields(), 1),
    up: () => step(fields(), -1),
  };

  // Keys count by their place: a Thai layout writes other letters with them.
  const keys = {
    KeyN: "next", "Shift+KeyN": "previous", KeyJ: "field-next", KeyK: "field-previous",
    BracketRight: "page-next", BracketLeft: "page-previous", Equal: "zoom-in", "Shift+Equal": "zoom-in",
    NumpadAdd: "zoom-in", Minus: "zoom-out", NumpadSubtract: "zoom-out", Digit0: "zoom-fit", Numpad0: "zoom-fit",
    KeyT: "texts", "Shift+Slash": "help", F1: "help", KeyG: "list",
  };
  actions["field-next"] = actions.down;
  actions["field-previous"] = actions.up;
  delete actions.down;
  delete actions.up;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const dialog = document.querySelector("dialog[open]");
    const key = `${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`;
    const action = keys[key];
    if (!action || (dialog && action !== "help")) return;
    event.preventDefault();
    actions[action]();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do]();
  });
  document.addEventListener("focusin", (event) => {
    const field = event.target.closest(".f");
    if (field && field === event.target && field !== selected) select(field, { focus: false });
  });
  sheet.addEventListener("click", (event) => {
    const frame = sheet.getBoundingClientRect();
    const x = (event.clientX - frame.left) / frame.width;
    const y = (event.clientY - frame.top) / frame.height;
    let best = null;
    for (const field of panel().querySelectorAll("section:not(.doubts) .f[data-b]")) {
      const place = placeOf(field);
      const [x0, y0, x1, y1] = place.box;
      const area = (x1 - x0) * (y1 - y0);
      if (place.page === page && x0 <= x && x <= x1 && y0 <= y && y <= y1 && (!best || area < best.area)) {
        best = { field, area };
      }
    }
    if (best) select(best.field);
  });

  function start() {
    watch();
    const wanted = decodeURIComponent(location.hash.slice(1));
    const field = wanted && fields().find((one) => one.dataset.p === wanted);
    if (field) select(field);
    else if (doubts().length) select(doubts()[0]);
    else show(1);
  }

  start();
  return { actions, keys, select, step, watch, draw, panel, fields, doubts, selected: () => selected };
})();
