// What is shown: the newest frame, and of the frames before it what it does not bring.

import { filmLength, unpack } from "./wire.js";

export const NOTHING = { n: 0, seq: 0, final: true, columns: [], notes: [], words: "", error: null, output: "", film: 0 };

// An error keeps the last picture. known: the kinds of views, by name.
export function pictureAfter(last, frame, buffers, known) {
  const strange = (frame.views ?? []).flat().find(({ kind }) => !(kind in known));
  if (strange) return pictureAfter(last, { ...frame, ...unknown(strange.kind, known) }, [], known);
  const columns = frame.views ? unpack(frame.views, buffers) : last.columns;
  return {
    n: frame.n, seq: frame.seq, final: frame.final !== false, columns,
    notes: frame.notes ?? last.notes, words: frame.words ?? last.words,
    error: frame.error ?? null, output: frame.output ?? (frame.final === false ? last.output : ""),
    film: frame.views ? filmLength(columns) : last.film,
  };
}

// What a frame brings instead of a picture that nobody here can draw.
function unknown(kind, known) {
  const message = `expected a view that is one of ${Object.keys(known).join(", ")}, got "${kind}". Run this cell again: a piece knows the kinds that were there when it was first shown.`;
  return { views: null, notes: null, words: null, error: { kind: "error", message, traceback: "" } };
}
