// Values a field may well have, offered while it is edited.
"use strict";

// A list under the editor; arrows choose, Enter takes what is chosen into the editor.
function suggestions(from, field, input, editor) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.id = "suggestions";
  list.hidden = true;
  let place = -1;
  let last = 0;
  const mark = () => [...list.children].forEach((one, n) => one.setAttribute("aria-selected", n === place));
  const hide = () => {
    list.hidden = true;
    place = -1;
    input.setAttribute("aria-expanded", "false");
  };
  async function ask() {
    const turn = ++last;
    const answer = await fetch(`${from}?${new URLSearchParams({ p: field.dataset.p, q: input.value })}`);
    if (turn !== last || !answer.ok) return;
    const found = await answer.json();
    list.replaceChildren(...found.map((text) => {
      const one = document.createElement("li");
      one.setAttribute("role", "option");
      one.textContent = text;
      one.addEventListener("mousedown", (event) => {
        event.preventDefault();
        input.value = text;
        hide();
      });
      return one;
    }));
    place = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) list.scrollIntoView({ block: "nearest" });
  }
  if (field.dataset.k === "text" || field.dataset.k === "name") {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", "suggestions");
    editor.append(list);
    input.addEventListener("input", ask);
    input.addEventListener("keydown", (event) => {
      if (list.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      const count = list.children.length + 1;
      place = ((place + 1 + (event.key === "ArrowDown" ? 1 : -1) + count) % count) - 1;
      mark();
    });
    ask();
  }
  return { hide, chosen: () => (list.hidden || place < 0 ? null : list.children[place].textContent) };
}
