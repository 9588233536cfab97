// The quiet line below a plane that can be edited: buttons for whoever cannot or will not drag, and a hint.

import { button, hide, make, mark, write } from "../../front/dom.js";

export class Toolbar {
  constructor(editor, interaction) {
    // Back to the plane after each press: its ring shows which point the next press is about.
    const act = (task) => (event) => {
      task(event.timeStamp);
      interaction.focus();
      interaction.refresh();
    };
    this.buttons = [
      tool("add0", "add blue squares where you click", () => interaction.arm(0), shape("square"), "add"),
      tool("add1", "add orange circles where you click", () => interaction.arm(1), shape("circle"), "add"),
      tool("flip", "change the class of the chosen point", act((at) => editor.flip(editor.chosen, at)), null, "flip"),
      tool("move", "move the chosen point to where you click next", () => interaction.carry(!interaction.gestures.carrying), null, "move"),
      tool("delete", "delete the chosen point", act((at) => editor.remove(editor.chosen, at)), null, "delete"),
    ];
    this.hint = make("span", { class: "hint" });
    this.row = make("div", { class: "tool-row", role: "group", "aria-label": "edit points" }, ...this.buttons);
    this.mouse = make("div", { class: "for-mouse" }, this.row, this.hint);
    this.keys = make("div", { class: "for-keys" });
    this.element = make("div", { class: "tools" }, this.mouse, this.keys);
  }

  // Handles alone need no buttons: a click already brings them.
  show(movable, points) {
    hide(this.element, !movable);
    hide(this.row, !points);
  }

  // Buttons and a hint for the mouse, or the keys: on one spot, so that nothing moves when the focus comes.
  help({ mouse, keys }, byKeyboard, { carrying, adding }) {
    write(this.hint, carrying || adding !== null ? "click where it should go" : mouse);
    write(this.keys, keys);
    this.element.classList.toggle("by-keys", byKeyboard);
    [adding === 0, adding === 1, null, carrying].forEach((on, i) => {
      if (on !== null) mark(this.buttons[i], "aria-pressed", on);
    });
  }
}

// Out of the tab order: inside the plane every one of them has a key.
function tool(name, title, press, mark, text) {
  return button({ "data-tool": name, title, "aria-label": title, tabindex: -1 }, press, mark, text);
}

function shape(name) {
  return make("i", { class: `mark ${name}`, "aria-hidden": "true" });
}
