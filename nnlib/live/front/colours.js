// The palette of a rendering, read from the page it stands in; and the tables that turn numbers into colours.

const CHANNELS = /[\d.]+/g;
const COLOUR_NAMES = ["ink", "muted", "line", "relief", "blue", "orange", "teal", "purple", "rose", "olive", "grey"];
const THEME_MARKS = ["class", "style", "data-theme", "data-jp-theme-light", "data-jp-theme-name"];

// "rgb(24, 25, 28)" or "#18191c" -> [24, 25, 28, alpha].
export function channels(colour) {
  if (colour.startsWith("#")) {
    const hex = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
    return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)).concat(1);
  }
  const found = (colour.match(CHANNELS) ?? [255, 255, 255]).map(Number);
  return found.length > 3 ? found : [...found, 1];
}

function mix(from, to, weight) {
  return [0, 1, 2].map((i) => Math.round(from[i] + (to[i] - from[i]) * weight));
}

// The colour behind `node`: the nearest ancestor that paints one; null if none does.
function background(node) {
  for (let here = node.parentElement; here; here = here.parentElement) {
    const colour = channels(getComputedStyle(here).backgroundColor);
    if (colour[3] > 0.5) return colour;
  }
  return null;
}

function isDark(page) {
  if (page) return 0.2126 * page[0] + 0.7152 * page[1] + 0.0722 * page[2] < 128;
  const told = document.body?.dataset.jpThemeLight;
  return told ? told === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// Mark the root light or dark (the style sheet does the rest) and read the colours back for the canvases.
export function readPalette(root) {
  const behind = background(root);
  const dark = isDark(behind);
  const page = behind ?? (dark ? [24, 25, 28, 1] : [255, 255, 255, 1]);
  root.dataset.theme = dark ? "dark" : "light";
  // On a page that paints nothing itself we paint our own ground: never pale text on white.
  root.classList.toggle("own-ground", !behind);
  root.style.setProperty("--page", `rgb(${page.slice(0, 3).join(" ")})`);
  const style = getComputedStyle(root);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  const palette = { page: `rgb(${page.slice(0, 3).join(",")})`, family: style.fontFamily, size: parseFloat(style.fontSize) };
  for (const name of COLOUR_NAMES) palette[name] = named(name);
  palette.table = divergingTable(page, channels(palette.blue), channels(palette.orange));
  return palette;
}

// 256 colours from blue by the page's own colour to orange; flat towards the ends, as a calm tint under the points.
function divergingTable(page, low, high) {
  const table = new Uint32Array(256);
  const littleEndian = new Uint8ClampedArray(table.buffer);
  for (let i = 0; i < 256; i++) {
    const t = i / 127.5 - 1;
    const weight = 0.42 * (1 - (1 - Math.abs(t)) ** 1.5);
    littleEndian.set([...mix(page, t < 0 ? low : high, weight), 255], 4 * i);
  }
  return table;
}

// 256 colours by way of all `stops`, each [red, green, blue]; of the whole way only from one share to another.
export function ramp(stops, from = 0, to = 1) {
  const table = new Uint32Array(256);
  const littleEndian = new Uint8ClampedArray(table.buffer);
  for (let i = 0; i < 256; i++) {
    const at = (from + ((to - from) * i) / 255) * (stops.length - 1);
    const stop = Math.min(Math.floor(at), stops.length - 2);
    littleEndian.set([...mix(stops[stop], stops[stop + 1], at - stop), 255], 4 * i);
  }
  return table;
}

// The table's colour for a value, as CSS; for the few cells of a matrix.
export function tint(table, value, lo, hi) {
  const i = Math.max(0, Math.min(255, Math.round((255 * (value - lo)) / (hi - lo || 1))));
  const [red, green, blue] = new Uint8ClampedArray(table.buffer, 4 * i, 3);
  return `rgb(${red},${green},${blue})`;
}

// The ground of a matrix cell. The tints are pale enough that the ink itself stays legible on all of them.
export function cellColour(palette, value, [lo, hi]) {
  return Number.isFinite(value) ? tint(palette.table, value, lo, hi) : palette.page;
}

export function colourOf(palette, name, otherwise = "ink") {
  return palette[name] ?? palette[otherwise];
}

// Call `change` when the theme may have changed; returns how to stop.
export function watchTheme(change) {
  // Themes arrive in two steps, the mark on the body and the style sheet: look again a little later.
  let later = 0;
  const twice = () => {
    change();
    clearTimeout(later);
    later = setTimeout(change, 400);
  };
  const observer = new MutationObserver(twice);
  const options = { attributes: true, attributeFilter: THEME_MARKS };
  for (const node of [document.documentElement, document.body]) observer.observe(node, options);
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", twice);
  return () => {
    clearTimeout(later);
    observer.disconnect();
    media.removeEventListener("change", twice);
  };
}
