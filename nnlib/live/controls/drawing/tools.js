// The quiet line below a drawing: what the hand takes, and the way back; for the keyboard, what the keys mean.

import { button, hide, make, mark } from "../../front/dom.js";
import { KEYS } from "./hand.js";

export class Tools {
  // sketch(): the drawing that they are for.  pressed(): what to do after a press.
  constructor(sketch, pressed) {
    const act = (task) => (event) => {
      task(sketch(), event.timeStamp);
      pressed();
    };
    this.buttons = {
      pen: tool("pen", "draw (p)", act((own) => own.take(false))),
      rubber: tool("rubber", "rub out (r)", act((own) => own.take(true))),
      undo: tool("undo", "take the last stroke back (z)", act((own, time) => own.undo(time))),
      clear: tool("clear", "a blank sheet (Delete)", act((own, time) => own.clear(time))),
    };
    this.row = make("div", { class: "tool-row", role: "group", "aria-label": "draw" }, ...Object.values(this.buttons));
    this.keys = make("div", { class: "for-keys" }, KEYS);
    this.element = make("div", { class: "tools drawing-tools" }, make("div", { class: "for-mouse" }, this.row), this.keys);
  }

  show(sketch, byKeyboard) {
    hide(this.element, !sketch);
    if (!sketch) return;
    mark(this.buttons.pen, "aria-pressed", !sketch.rubber);
    mark(this.buttons.rubber, "aria-pressed", sketch.rubber);
    this.element.classList.toggle("by-keys", byKeyboard);
  }
}

// Out of the tab order: on the pad every one of them has a key.
function tool(name, title, press) {
  return button({ "data-tool": name, title, "aria-label": title, tabindex: -1 }, press, name);
}
