// Which entries of matrices meet: the lights that a pointed-at entry throws on the other matrices of its piece.

const RULES = {
  "row i": ([i], row) => row === i,
  "row j": ([, j], row) => row === j,
  "column i": ([i], row, column) => column === i,
  "column j": ([, j], row, column) => column === j,
  entry: ([i, j], row, column) => row === i && column === j,
  all: () => true,
};

// The matrices of a piece, and the entry that somebody points at: {matrix, entry: [i, j]}, or null.
export class Highlights {
  constructor() {
    this.matrices = new Set();
    this.pointed = null;
  }

  // True when it is another entry than before.
  point(matrix, entry) {
    const { pointed } = this;
    const same = entry ? pointed?.matrix === matrix && String(pointed.entry) === String(entry) : pointed?.matrix !== matrix;
    if (!same) this.pointed = entry && { matrix, entry };
    return !same;
  }

  // Whether any table here answers to the hand.
  get active() {
    return [...this.matrices].some(({ movable }) => movable);
  }

  // Where the light comes from: the hand, or the entries that the views themselves name.
  sources() {
    if (this.pointed) return [this.pointed];
    return [...this.matrices].filter(({ view }) => view?.at).map((matrix) => ({ matrix, entry: matrix.view.at }));
  }

  // lit(row, column) for one matrix; null if nothing lights it.
  lights(matrix) {
    const rules = this.sources().map(({ matrix: source, entry }) => {
      const rule = source === matrix ? "entry" : source.view.meets?.[matrix.view.name];
      return rule && ((row, column) => RULES[rule](entry, row, column));
    });
    const found = rules.filter(Boolean);
    return found.length ? (row, column) => found.some((rule) => rule(row, column)) : null;
  }

  // The entry of this matrix that is looked at: pointed at, or its own `at`.
  entryOf(matrix) {
    return this.sources().find((source) => source.matrix === matrix)?.entry ?? null;
  }
}
