// What was changed on the way through a run: at which moment, and what it was before. The controls show the newest only.

import { identical } from "../front/equal.js";

// What stands in the history of a run that was to go on, and had to begin anew: a change at 0 that says nothing.
const ANEW = [{ at: 0, before: {}, set: {} }];

// What becomes of the history when `moved` values come in: it is as it was where only time goes on or the same run is
// seen in another way, and empty where the run begins anew.
export function follow(control, store, moved) {
  const beside = [control.when, ...control.besides];
  const names = Object.keys(moved).filter((name) => !beside.includes(name) && !store.control(name)?.browser);
  const before = store.values[control.name];
  const after = names.length ? changed(control, store, moved, names) : before;
  return identical(before, after) ? before : after;
}

function changed(control, store, moved, names) {
  if (!store.values[control.when]) return [];
  return names.every((name) => control.of.includes(name)) ? fromHere(store, control, moved) : ANEW;
}

// From this moment on; what was changed later is no more.
function fromHere(store, control, moved) {
  const changes = store.values[control.name];
  const at = store.moment;
  const now = { ...store.values, ...moved };
  const later = changes.filter((change) => change.at >= at);
  const held = Object.assign({ ...store.values }, ...later.reverse().map(({ before }) => before));
  const others = at > 0 ? control.of.filter((name) => !identical(held[name], now[name])) : [];
  const before = Object.fromEntries(others.map((name) => [name, held[name]]));
  const set = changes.find((change) => change.at === at)?.set ?? {};
  return [...changes.filter((change) => change.at < at), { at, before, set }].filter(tells);
}

// A number of the network, set by hand at the player's moment.
export function setByHand(store, name, key, number) {
  const changes = store.values[name];
  const at = store.moment;
  const here = changes.find((change) => change.at === at) ?? { at, before: {}, set: {} };
  const others = changes.filter((change) => change.at !== at);
  const now = { ...here, set: { ...here.set, [key]: number } };
  store.change({ [name]: [...others, now].sort((a, b) => a.at - b.at) });
}

function tells({ before, set }) {
  return Object.keys(before).length + Object.keys(set).length > 0;
}
