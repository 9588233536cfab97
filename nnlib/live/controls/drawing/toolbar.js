// The quiet line below a drawing: what the hand takes, and the way back; and what the keys mean, while they are in use.

import { button, hide, make, mark } from "../../front/dom.js";
import { KEYS } from "./strokes.js";

export class Toolbar {
  // sketch(): the drawing that they are for.  pressed(): what to do after a press.
  constructor(sketch, pressed) {
    const act = (task) => (event) => {
      task(sketch(), event.timeStamp);
      pressed();
    };
    this.buttons = {
      pen: tool("pen", "p", "draw", act((own) => own.take(false))),
      rubber: tool("rubber", "r", "rub out", act((own) => own.take(true))),
      undo: tool("undo", "z", "take the last stroke back", act((own, time) => own.undo(time))),
      clear: tool("clear", "⌫", "begin with a blank sheet", act((own, time) => own.clear(time))),
    };
    this.row = make("div", { class: "tool-row", role: "group", "aria-label": "draw" }, ...Object.values(this.buttons));
    this.keys = make("span", { class: "hint by-hand" }, KEYS);
    this.element = make("div", { class: "drawing-tools" }, this.row, this.keys);
  }

  show(sketch, byKeyboard) {
    hide(this.element, !sketch);
    if (!sketch) return;
    mark(this.buttons.pen, "aria-pressed", !sketch.rubber);
    mark(this.buttons.rubber, "aria-pressed", sketch.rubber);
    this.element.classList.toggle("by-keys", byKeyboard);
  }
}

// Out of the tab order: on the pad every one of them has a key, which stands beside its name while the keys are in use.
function tool(name, key, title, press) {
  const marks = { "data-tool": name, title: `${title} (key ${key})`, "aria-label": title, tabindex: -1 };
  return button(marks, press, name, make("kbd", { class: "by-hand", "aria-hidden": "true" }, key));
}
