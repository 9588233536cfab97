// Where anywidget comes in: one store a model, one stage a rendering.

import { forgetStore, storeOf } from "./store.js";
import { Stage } from "./stage.js";

function initialize({ model }) {
  storeOf(model);
  return () => forgetStore(model);
}

function render({ model, el }) {
  const stage = new Stage(storeOf(model), el);
  return () => stage.close();
}

export default { initialize, render };
