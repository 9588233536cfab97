// The hand on a drawing: mouse, pen and finger by their pointers, and the keys.

import { ARROWS } from "../../front/keys.js";

// Listens on `target` for strokes. `where(event)` tells whose drawing lies under it, {sketch, place}, or null; with a
// sketch, the place on that one, also beyond its edge. A finger on a drawing draws; elsewhere it scrolls the page.
export function watchStrokes(target, where, drawnOn = () => {}) {
  let held = null;
  target.addEventListener("touchstart", (event) => {
    const touched = event.touches.length === 1 && where(event.touches[0]);
    if ((touched || held) && event.cancelable) event.preventDefault();
  }, { passive: false });
  target.addEventListener("pointerdown", (event) => {
    const found = event.button === 0 && !held && where(event);
    if (!found) return;
    target.setPointerCapture(event.pointerId);
    held = { ...found, pointer: event.pointerId };
    drawnOn(held.sketch, held.place);
    held.sketch.remember();
    held.sketch.stroke([held.place], event.timeStamp);
  });
  target.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    // A quick hand moves several times between two pictures: each of its places lies on the line.
    const passed = event.getCoalescedEvents?.() ?? [];
    const places = (passed.length ? passed : [event]).map((one) => where(one, held.sketch).place);
    held.sketch.stroke([held.place, ...places], event.timeStamp);
    held.place = places.at(-1);
    drawnOn(held.sketch, held.place);
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    target.addEventListener(name, (event) => held?.pointer === event.pointerId && (held = null));
  }
}

// True when the key meant something here, and the page must not scroll.
export function pressKey(sketch, event) {
  const arrow = ARROWS[event.key];
  const undo = event.key === "z" && !event.altKey && !event.shiftKey;
  if (event.altKey || ((event.ctrlKey || event.metaKey) && !undo)) return false;
  if (arrow && event.shiftKey) sketch.shift(arrow, event.timeStamp);
  else if (arrow) sketch.step(arrow, event.timeStamp);
  else if (event.key === " ") sketch.toggle(event.timeStamp);
  else if (undo) sketch.undo(event.timeStamp);
  else if (event.key === "Delete" || event.key === "Backspace") sketch.clear(event.timeStamp);
  else if (event.key === "p" || event.key === "r") sketch.take(event.key === "r");
  else return false;
  return true;
}

export const KEYS = "space draws · ⇧ arrows shift";
