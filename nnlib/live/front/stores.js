// One store a model, made when it is first asked for.

import { Store } from "./store.js";

// anywidget hands every caller its own wrapper of the model; the spec inside is one and the same object.
const stores = new WeakMap();

export function storeOf(model, kinds) {
  const key = model.get("spec") ?? model;
  if (!stores.has(key)) stores.set(key, new Store(model, kinds));
  return stores.get(key);
}

export function forgetStore(model) {
  const key = model.get("spec") ?? model;
  stores.get(key)?.close();
  stores.delete(key);
}
