// A pad beside the views. Where a view of the piece is given the drawing itself, that view is the pad, and this one
// makes room.

import { make, hide, write } from "../../front/dom.js";
import { pressKey, watchStrokes } from "./strokes.js";
import { sketchOf } from "./sketch.js";
import { Toolbar } from "./toolbar.js";

export default function drawing(control, store) {
  const sketch = sketchOf(store, control.name);
  const pad = makePad(control);
  const said = make("div", { class: "unseen", "aria-live": "polite" });
  const tools = new Toolbar(() => sketch, () => pad.sheet.focus({ preventScroll: true }));
  const head = make("span", { class: "head" }, make("span", { class: "label" }, control.label));
  const parts = [head, pad.sheet, tools.element, said];
  const element = make("div", { class: "control pad", "data-kind": "drawing", "data-control": control.name, title: control.help }, ...parts);
  listen(pad, sketch, { tools, said });
  function show() {
    const elsewhere = store.picture.columns.flat().some((view) => view.draws?.includes(control.name));
    if (elsewhere !== element.hidden) element.replaceChildren(...(elsewhere ? [] : parts));
    hide(element, elsewhere);
    if (elsewhere) return;
    pad.draw(sketch);
    tools.show(sketch, element.closest(".by-keyboard") !== null && pad.focused);
  }
  return { element, show };
}

// A sheet of paper, its ink, and where the keys are.
function makePad({ height, width, label }) {
  const canvas = make("canvas", { width, height });
  const place = make("i", { class: "keys-at", "aria-hidden": "true" });
  const about = `${label}: a drawing of ${height} by ${width} pixels`;
  const sheet = make("div", { class: "sheet", tabindex: 0, role: "application", "aria-label": about }, canvas, place);
  for (const [name, value] of Object.entries({ "--columns": width, "--rows": height })) sheet.style.setProperty(name, value);
  const image = new ImageData(width, height);
  let shown = null;
  return {
    sheet, canvas,
    get focused() {
      return sheet === sheet.getRootNode().activeElement;
    },
    // Black of that strength: the style sheet makes it white where the page is dark.
    draw({ levels, at: [row, column], down }) {
      place.style.translate = `${100 * column}% ${100 * row}%`;
      place.classList.toggle("down", down);
      if (levels === shown) return;
      shown = levels;
      for (let i = 0; i < levels.length; i++) image.data[4 * i + 3] = levels[i];
      canvas.getContext("2d").putImageData(image, 0, 0);
    },
  };
}

function listen({ sheet, canvas }, sketch, { tools, said }) {
  const where = (event) => {
    const box = canvas.getBoundingClientRect();
    const place = [(event.clientY - box.top) / box.height * sketch.height, (event.clientX - box.left) / box.width * sketch.width];
    return { sketch, place };
  };
  watchStrokes(sheet, where, () => sheet.focus({ preventScroll: true }));
  const refresh = () => tools.show(sketch, sheet.closest(".by-keyboard") !== null && sheet === sheet.getRootNode().activeElement);
  sheet.addEventListener("keydown", (event) => {
    if (!pressKey(sketch, event)) return;
    event.preventDefault();
    sketch.store.tell("values");
    write(said, sketch.describe());
  });
  sheet.addEventListener("focus", refresh);
  sheet.addEventListener("blur", () => {
    sketch.lift();
    refresh();
  });
}
