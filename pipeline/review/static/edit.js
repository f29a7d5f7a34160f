// Decisions: accepting, editing in place with suggestions, rows; every step is stored before the next one.
"use strict";

(() => {
  const { actions, keys, select, panel } = Review;
  const data = document.body.dataset;
  const say = document.getElementById("say");
  let busy = false;
  let sure = false; // was it asked already whether open doubts do not matter?

  function tell(text, wrong = false) {
    say.textContent = text;
    say.classList.toggle("wrong", wrong);
  }

  async function send(path, body) {
    return fetch(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }

  // Takes a step; true when it is stored and the panel shows it.
  async function take(action, pointer, text = "") {
    if (busy) return false;
    busy = true;
    try {
      const answer = await send(data.do, { version: panel().dataset.version, action, pointer, text });
      if (answer.status === 409) {
        document.getElementById("conflict").showModal();
        return false;
      }
      if (!answer.ok) {
        tell((await answer.json()).error, true);
        return false;
      }
      replace(await answer.text());
      tell(data.saved);
      return true;
    } catch (problem) {
      tell(String(problem), true);
      return false;
    } finally {
      busy = false;
    }
  }

  function replace(html) {
    const side = document.querySelector(".side");
    const top = side.scrollTop;
    const opened = [...panel().querySelectorAll("details[open]")].map((one) => one.parentElement.dataset.p);
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("panel");
    panel().replaceWith(fresh);
    for (const details of fresh.querySelectorAll("details")) {
      if (opened.includes(details.parentElement.dataset.p)) details.open = true;
    }
    side.scrollTop = top;
    sure = false;
    const state = document.getElementById("state");
    state.className = `mark ${fresh.dataset.state}`;
    state.textContent = fresh.dataset.stateText;
    const button = document.getElementById("reviewed");
    button.firstChild.textContent = `${fresh.dataset.state === "reviewed" ? button.dataset.yes : button.dataset.no} `;
    Review.watch();
  }

  function find(pointer, doubt) {
    const all = [...panel().querySelectorAll(".f")].filter((one) => one.dataset.p === pointer);
    return all.find((one) => one.classList.contains("d") === doubt) || all[0];
  }

  // The first field of the part of the record that a field of the doubts speaks of, or the field itself.
  function leafOf(field) {
    if (field.dataset.k !== "part") return field;
    const inside = [...panel().querySelectorAll("section:not(.doubts) .f")];
    return inside.find((one) => one.dataset.p.startsWith(`${field.dataset.p}/`) && one.dataset.k !== "choice");
  }

  function rowOf(field) {
    if (!field) return null;
    const row = field.closest(".row") || (leafOf(field) && find(leafOf(field).dataset.p, false)?.closest(".row"));
    return row ? row.dataset.p : null;
  }

  async function decide(action) {
    const field = Review.selected();
    if (!field) return;
    const { p } = field.dataset;
    const doubt = field.classList.contains("d");
    if (!(await take(action, p))) return;
    const here = find(p, doubt);
    if (action === "accept" && doubt && Review.doubts().length) {
      const left = Review.doubts();
      select(left.find((one) => here && here.compareDocumentPosition(one) & 4) || left[0]);
    } else select(here || Review.fields()[0]);
  }

  async function onRow(action, pointer) {
    const at = pointer || rowOf(Review.selected());
    if (!at) return;
    const before = new Set([...panel().querySelectorAll(".row")].map((row) => row.dataset.p));
    const beside = Review.selected();
    if (!(await take(action, at))) return;
    const rows = [...panel().querySelectorAll(".row")];
    const row = rows.find((one) => (action === "add" ? !before.has(one.dataset.p) : one.dataset.p === at));
    if (row) {
      const field = row.querySelector('.f[data-k="name"], .f.wide, .f.long') || row.querySelector(".f");
      select(field);
      if (action === "add") edit();
    } else select((beside && find(beside.dataset.p, false)) || Review.fields()[0]);
  }

  function edit() {
    const start = Review.selected();
    const field = start && leafOf(start);
    if (!field || field.querySelector(".editor")) return;
    if (field !== start) select(field);
    const shown = field.querySelector(".v");
    const value = field.dataset.v ?? (field.classList.contains("none") ? "" : shown.textContent);
    const editor = document.createElement("span");
    editor.className = "editor";
    const input = field.dataset.k === "choice" ? choices(field, value) : textBox(value);
    const label = field.querySelector(".l").textContent;
    input.setAttribute("aria-label", label);
    const save = document.createElement("button");
    save.type = "button";
    save.className = "good";
    save.textContent = data.save;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = data.cancel;
    editor.append(input, save, cancel);
    shown.hidden = true;
    shown.after(editor);
    const offered = suggestions(data.suggest, field, input, editor);
    const doubt = start.classList.contains("d");
    const close = () => {
      editor.remove();
      shown.hidden = false;
      field.focus();
    };
    const store = async () => {
      const chosen = offered.chosen();
      if (chosen !== null) {
        input.value = chosen;
        offered.hide();
        return;
      }
      const { p } = field.dataset;
      if (await take("set", p, input.value)) select(find(p, doubt));
      else input.focus();
    };
    save.addEventListener("click", store);
    cancel.addEventListener("click", close);
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
        event.preventDefault();
        store();
      }
    });
    input.focus();
    if (input.select) input.select();
    requestAnimationFrame(() => field.scrollIntoView({ block: "nearest" }));
  }

  function textBox(value) {
    const input = document.createElement("textarea");
    input.value = value;
    input.rows = 1;
    input.dir = "auto";
    const fit = () => {
      input.style.height = "auto";
      input.style.height = `${input.scrollHeight + 2}px`;
    };
    input.addEventListener("input", fit);
    requestAnimationFrame(fit);
    return input;
  }

  function choices(field, value) {
    const input = document.createElement("select");
    for (const [choice, label] of JSON.parse(field.dataset.c)) input.append(new Option(label, choice, false, choice === value));
    return input;
  }

  // One key: what is shown is right, and belongs on the names list.
  async function learn() {
    const field = Review.selected();
    if (!field || field.dataset.k !== "name" || field.classList.contains("none")) {
      tell(data.noname, true);
      return;
    }
    const name = field.dataset.v ?? field.querySelector(".v").textContent;
    const { p } = field.dataset;
    const doubt = field.classList.contains("d");
    if (!field.classList.contains("done")) {
      if (!(await take("accept", p))) return;
      select(find(p, doubt));
    }
    const answer = await (await send(data.learn, { name })).json();
    tell(answer.say || answer.error, Boolean(answer.error));
  }

  async function reviewed() {
    const { state, open } = panel().dataset;
    if (state !== "reviewed" && Number(open) > 0 && !sure) {
      tell(data.confirm.replace("#", open), true);
      sure = true;
      return;
    }
    const at = Review.selected()?.dataset.p;
    if (await take(state === "reviewed" ? "unreviewed" : "reviewed", "")) {
      if (at !== undefined) select(find(at, false));
    }
  }

  Object.assign(actions, {
    accept: () => decide("accept"),
    undo: () => decide("undo"),
    edit,
    learn,
    reviewed,
    add: () => onRow("add"),
    resolution: () => {
      const item = Review.selected()?.closest(".item");
      if (item) onRow("add", `${item.dataset.p}/resolutions`);
    },
    remove: () => onRow("remove"),
    up: () => onRow("up"),
    down: () => onRow("down"),
    indent: () => onRow("indent"),
    outdent: () => onRow("outdent"),
    document: () => location.assign(document.getElementById("next-document").href),
  });
  Object.assign(keys, {
    KeyA: "accept", KeyE: "edit", Enter: "edit", NumpadEnter: "edit", KeyU: "undo", KeyL: "learn", KeyR: "reviewed",
    KeyO: "add", KeyM: "resolution", KeyX: "remove", Delete: "remove", KeyD: "document",
    "Alt+ArrowUp": "up", "Alt+ArrowDown": "down", "Alt+ArrowRight": "indent", "Alt+ArrowLeft": "outdent",
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.add[data-at]");
    if (button) onRow("add", button.dataset.at);
  });
  document.addEventListener("dblclick", (event) => {
    const field = event.target.closest(".f");
    if (field && !event.target.closest(".editor")) edit();
  });
  document.addEventListener("toggle", async (event) => {
    const { load } = event.target.dataset;
    if (!load || !event.target.open) return;
    delete event.target.dataset.load;
    const answer = await fetch(`${data.part}?${new URLSearchParams({ at: load })}`);
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    event.target.append(...parsed.body.childNodes);
    Review.watch();
  }, true);
  document.getElementById("reload").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
})();
