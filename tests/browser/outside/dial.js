// A wheel: dragged sideways, or turned with the arrow keys.

import { cell } from "nnlib/live/front/cell.js";
import { make, mark, write } from "nnlib/live/front/dom.js";

export default function dial(control, store) {
  const hand = make("i", { class: "hand" });
  const wheel = make("span", { class: "wheel", role: "slider", tabindex: 0, "aria-label": control.label, "aria-valuemin": 0, "aria-valuemax": 360 }, hand);
  const { element, value } = cell(control, [wheel], "div");
  const turn = (degrees, at) => {
    const whole = Math.round(degrees / control.step) * control.step;
    store.change({ [control.name]: ((whole % 360) + 360) % 360 }, at);
  };
  let from = null;
  wheel.addEventListener("pointerdown", (event) => {
    wheel.setPointerCapture(event.pointerId);
    from = { x: event.clientX, degrees: store.values[control.name] };
  });
  wheel.addEventListener("pointermove", (event) => from && turn(from.degrees + event.clientX - from.x, event.timeStamp));
  for (const name of ["pointerup", "pointercancel"]) wheel.addEventListener(name, () => (from = null));
  wheel.addEventListener("keydown", (event) => {
    const sign = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!sign) return;
    event.preventDefault();
    turn(store.values[control.name] + sign * control.step, event.timeStamp);
  });
  const show = (degrees) => {
    hand.style.transform = `rotate(${-degrees}deg)`;
    mark(wheel, "aria-valuenow", degrees);
    write(value, `${degrees}°`);
  };
  return { element, show };
}
