// Pixels as a short text, as ink.py has it: two hexadecimal digits each, several alike once, with their number.

const RUN = /([0-9a-f]{2})(?:\((\d+)\))?/g;
const HEX = Array.from({ length: 256 }, (_, level) => level.toString(16).padStart(2, "0"));

export function unpackInk(text, size) {
  const levels = new Uint8Array(size);
  let at = 0;
  for (const [, level, count] of text.matchAll(RUN)) {
    const end = at + Number(count ?? 1);
    levels.fill(parseInt(level, 16), at, end);
    at = end;
  }
  return levels;
}

export function packInk(levels) {
  let text = "";
  for (let from = 0, to = 0; from < levels.length; from = to) {
    while (to < levels.length && levels[to] === levels[from]) to += 1;
    text += to - from > 1 ? `${HEX[levels[from]]}(${to - from})` : HEX[levels[from]];
  }
  return text;
}
