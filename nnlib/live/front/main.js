// Where anywidget comes in: one store a model, one piece a rendering.

import { Piece } from "./piece.js";
import { forgetStore, storeOf } from "./stores.js";

// kinds: {views, controls}, by their kind the module of each.  style: a style sheet that stays within the piece.
export function widget(kinds, style = "") {
  return {
    initialize({ model }) {
      storeOf(model, kinds);
      return () => forgetStore(model);
    },
    render({ model, el }) {
      const piece = new Piece(storeOf(model, kinds), el, style);
      return () => piece.close();
    },
  };
}
