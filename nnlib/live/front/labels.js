// Labels on a line that must not overlap: each as near to its wish as the others allow.

// `wishes` are positions; the result keeps their order, at least `gap` apart, inside [lo, hi] if there is room.
// Neighbours that collide become one block around the mean of their wishes, and blocks may collide again.
export function avoidOverlap(wishes, gap, lo, hi) {
  const order = wishes.map((_, i) => i).sort((i, j) => wishes[i] - wishes[j] || i - j);
  const tight = Math.min(gap, wishes.length > 1 ? (hi - lo) / (wishes.length - 1) : gap);
  const blocks = [];
  for (const i of order) {
    blocks.push({ members: [i], sum: wishes[i], start: 0 });
    place(blocks.at(-1), tight, lo, hi);
    while (blocks.length > 1 && touches(blocks.at(-2), blocks.at(-1), tight)) join(blocks, tight, lo, hi);
  }
  const places = new Array(wishes.length);
  for (const { members, start } of blocks) members.forEach((i, k) => (places[i] = start + k * tight));
  return places;
}

function place(block, gap, lo, hi) {
  const length = (block.members.length - 1) * gap;
  const start = block.sum / block.members.length - length / 2;
  block.start = Math.max(lo, Math.min(start, hi - length));
}

function touches(above, below, gap) {
  return below.start < above.start + above.members.length * gap - 1e-6;
}

function join(blocks, gap, lo, hi) {
  const below = blocks.pop();
  const above = blocks.at(-1);
  above.members.push(...below.members);
  above.sum += below.sum;
  place(above, gap, lo, hi);
}
