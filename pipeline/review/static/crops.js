// Page pictures, loaded once each, and the part of a page that a value stands on.
"use strict";

const Crops = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const AIR = { side: 0.006, above: 0.004, below: 0.002 }; // of the page, around the value: marks stand above it
  const TALL = 0.05; // of the page: a value of several lines shows its crop only while it is selected
  const NARROW = 0.08; // of the page: a number alone says little, it is shown with what stands beside it
  const AROUND = 0.24; // of the page: the width of its crop
  const { dataset } = document.body;
  const loaded = new Map();
  const picture = (n) => dataset.picture.replace("#", n);

  function placeOf(field) {
    if (!field || !field.dataset.b) return null;
    const [n, ...box] = field.dataset.b.split(" ").map(Number);
    return { page: n, box };
  }

  // A page's picture: its size once it is there, or why it is not.
  function load(n) {
    if (!loaded.has(n)) {
      loaded.set(n, new Promise((resolve) => {
        const probe = new Image();
        probe.onload = () => resolve({ href: probe.src, width: probe.naturalWidth, height: probe.naturalHeight });
        probe.onerror = () => whyNot(n).then((text) => resolve({ text }));
        probe.src = picture(n);
      }));
    }
    return loaded.get(n);
  }

  async function whyNot(n) {
    if (!dataset.do) return dataset.nopicture;
    try {
      return await (await fetch(picture(n))).text();
    } catch {
      return dataset.nopicture;
    }
  }

  // The part of the page a value stands on. Its room is kept from the start, so that nothing jumps later.
  function frame(field) {
    const place = placeOf(field);
    if (!place || place.box[2] <= place.box[0] || field.querySelector(".crop")) return;
    const svg = document.createElementNS(SVG, "svg");
    const tall = place.box[3] - place.box[1] > TALL;
    svg.setAttribute("preserveAspectRatio", "xMinYMid meet");
    svg.setAttribute("class", tall ? "crop tall" : "crop");
    svg.setAttribute("aria-hidden", "true");
    svg.dataset.around = field.matches(".d, .header > .f") && place.box[2] - place.box[0] < NARROW ? AROUND : 0;
    cut(svg, place.box, Math.SQRT2); // until the picture is there: most paper is A4
    field.querySelector(".l").after(svg);
  }

  function cut(svg, [x0, y0, x1, y1], ratio) {
    const side = Math.max(AIR.side, (svg.dataset.around - x1 + x0) / 2);
    const left = Math.max(x0 - side, 0);
    const width = Math.min(x1 + side, 1) - left;
    const top = Math.max(y0 - AIR.above, 0) * ratio;
    const height = Math.min(y1 + AIR.below, 1) * ratio - top;
    svg.setAttribute("viewBox", [left, top, width, height].map((edge) => edge * 1000).join(" "));
    svg.style.width = `${width * 1000}px`; // about as large as the text below it
    svg.style.aspectRatio = `${width} / ${height}`;
  }

  async function fill(field) {
    const place = placeOf(field);
    const svg = field.querySelector(".crop");
    if (!svg || svg.firstChild) return;
    const part = document.createElementNS(SVG, "image");
    svg.append(part);
    const found = await load(place.page);
    if (!found.href) {
      svg.remove();
      return;
    }
    const ratio = found.height / found.width;
    cut(svg, place.box, ratio);
    part.setAttribute("href", found.href);
    part.setAttribute("width", 1000);
    part.setAttribute("height", 1000 * ratio);
    if (svg.dataset.around > 0) svg.append(marked(place.box, ratio));
  }

  function marked([x0, y0, x1, y1], ratio) {
    const mark = document.createElementNS(SVG, "rect");
    const shape = { x: x0 - 0.003, y: (y0 - 0.002) * ratio, width: x1 - x0 + 0.006, height: (y1 - y0 + 0.003) * ratio };
    for (const [name, value] of Object.entries(shape)) mark.setAttribute(name, 1000 * value);
    return mark;
  }

  return { SVG, placeOf, load, frame, fill };
})();
