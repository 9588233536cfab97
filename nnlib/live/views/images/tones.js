// From levels to colours: a table for each scale, and the pixels of all pictures on one canvas, one below the other.

import { channels } from "../../front/colours.js";

const MISSING = 255;

// 256 colours for a scale, the level `top` the last of them; what is not a number is the page's line colour.
export function toneTable(palette, scale, top, missing) {
  const table = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(table.buffer);
  if (scale === "classes") table.set(palette.table.map((_, level) => palette.table[Math.round((255 * Math.min(level, top)) / top)]));
  else spread(bytes, stops(palette, scale), top);
  if (missing) bytes.set([...channels(palette.line).slice(0, 3), 255], 4 * MISSING);
  return table;
}

// The colours on the way from stop to stop, `top` the last of them.
function spread(bytes, [from, middle, to], top) {
  for (let level = 0; level < 256; level++) {
    const share = 2 * Math.min(1, level / top);
    const [a, b, weight] = share < 1 ? [from, middle, share] : [middle, to, share - 1];
    bytes.set([...mix(a, b, weight), 255], 4 * level);
  }
}

// Both ends of a scale and its middle, as [red, green, blue].
function stops(palette, scale) {
  const [page, ink, blue, orange] = ["page", "ink", "blue", "orange"].map((name) => channels(palette[name]).slice(0, 3));
  if (scale === "signed") return [blue, page, orange];
  const [from, to] = scale === "grey" ? [page, ink] : [[0, 0, 0], [255, 255, 255]];
  return [from, mix(from, to, 0.5), to];
}

function mix(from, to, weight) {
  return from.map((value, i) => Math.round(value + (to[i] - value) * weight));
}

// The same as a CSS gradient, for the key.
export function ramp(palette, scale) {
  const table = new Uint8ClampedArray(toneTable(palette, scale, 255, false).buffer);
  const colours = Array.from({ length: 16 }, (_, i) => `rgb(${table.slice(68 * i, 68 * i + 3).join(" ")})`);
  return `linear-gradient(to right, ${colours.join(", ")})`;
}

// data: levels, three a pixel in colour; the canvas gets one pixel for each.
export function paint(canvas, { data, width, height, colour, missing, line }, table) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  if (!colour) for (let i = 0; i < pixels.length; i++) pixels[i] = table[data[i]];
  else paintColours(image.data, data, missing, line);
  pen.putImageData(image, 0, 0);
}

function paintColours(bytes, data, missing, line) {
  const top = missing ? 254 : 255;
  const none = channels(line).slice(0, 3);
  for (let i = 0; i < bytes.length / 4; i++) {
    const gone = missing && [0, 1, 2].some((k) => data[3 * i + k] === MISSING);
    for (let k = 0; k < 3; k++) bytes[4 * i + k] = gone ? none[k] : (255 * data[3 * i + k]) / top;
    bytes[4 * i + 3] = 255;
  }
}
