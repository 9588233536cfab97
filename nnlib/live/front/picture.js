// What is shown: the newest frame, and of the frames before it what it does not bring.

import { filmLength, unpack } from "./wire.js";

export const NOTHING = { n: 0, seq: 0, final: true, columns: [], notes: [], words: "", error: null, output: "", film: 0 };

// An error keeps the last picture. known: the kinds of views, by name.
export function pictureAfter(last, frame, buffers, known) {
  const strange = (frame.views ?? []).flat().find(({ kind }) => !(kind in known));
  const views = strange ? null : frame.views;
  const columns = views ? unpack(views, buffers) : last.columns;
  return {
    n: frame.n, seq: frame.seq, final: frame.final !== false, columns,
    notes: frame.notes ?? last.notes, words: frame.words ?? last.words,
    error: strange ? unknown(strange.kind, known) : (frame.error ?? null),
    output: frame.output ?? (frame.final === false ? last.output : ""),
    film: views ? filmLength(columns) : last.film,
  };
}

function unknown(kind, known) {
  const message = `expected a view that is one of ${Object.keys(known).join(", ")}, got "${kind}". Run this cell again: a piece knows the kinds that were there when it was first shown.`;
  return { kind: "error", message, traceback: "" };
}
