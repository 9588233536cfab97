// Which control is made by whom, and where it stands.

import { slider } from "./slider.js";
import { choice, pushButton, textInput, toggle } from "./choice.js";
import { typedPlace } from "./typed.js";
import { pasted } from "./pasted.js";
import { presets } from "./presets.js";
import { predict } from "./predict.js";
import { player } from "./player.js";

const BAR = { slider, choice, toggle, button: pushButton, text: textInput, pasted };

// {name, place, element, card?, show(value)} for every control that has an element of its own;
// points and handles live in their planes, and a handle may be typed as well.
export function makeControls(store) {
  const makers = { ...BAR, presets, predict, player };
  const makerOf = (control) => (control.typed ? typedPlace : makers[control.kind]);
  return store.spec.controls.filter(makerOf).map((control) => {
    const made = makerOf(control)(control, store);
    const place = control.group ? "group" : control.row ? "row" : control.typed || control.kind in BAR ? "bar" : control.kind;
    const { name, row, group = "", needs } = control;
    return { name, row, group, needs, place, ...made };
  });
}
