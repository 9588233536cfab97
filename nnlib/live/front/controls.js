// Which control is made by whom, and where it stands.

import { slider } from "./slider.js";
import { choice, pushButton, textInput, toggle } from "./choice.js";
import { presets } from "./presets.js";
import { predict } from "./predict.js";
import { player } from "./player.js";

const BAR = { slider, choice, toggle, button: pushButton, text: textInput };

// {name, place, element, card?, show(value)} for every control that has an element of its own;
// points and handles live in their planes.
export function makeControls(store) {
  const makers = { ...BAR, presets, predict, player };
  return store.spec.controls.filter((control) => control.kind in makers).map((control) => {
    const made = makers[control.kind](control, store);
    const place = control.row ? "row" : control.kind in BAR ? "bar" : control.kind;
    return { name: control.name, row: control.row, place, ...made };
  });
}
