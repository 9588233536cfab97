// From binary buffers to typed arrays, and from films to single moments.

const NUMBER_TYPES = { f4: Float32Array, u2: Uint16Array, u1: Uint8Array, i4: Int32Array };
const INTEGER_TOPS = { u2: 65535, u1: 255 };

// One array of a frame. `at(t)` is its moment t: {data, shape}; an array that is no film is the same at all times.
class Packed {
  constructor({ b, shape, dtype, film = false, lo = null, hi = null }, buffers) {
    this.raw = view(buffers[b], NUMBER_TYPES[dtype]);
    this.scale = lo === null || !(dtype in INTEGER_TOPS) ? null : { lo, step: (hi - lo) / INTEGER_TOPS[dtype] };
    this.film = film;
    this.shape = shape;
    this.moments = film ? shape[0] : 1;
    this.kept = { t: null, value: null };
  }

  // Negative or too large: the last moment.
  moment(t) {
    return t < 0 || t >= this.moments ? this.moments - 1 : t;
  }

  at(t) {
    const now = this.film ? this.moment(t) : 0;
    if (this.kept.t !== now) this.kept = { t: now, value: this.read(now) };
    return this.kept.value;
  }

  read(now) {
    const shape = this.film ? this.shape.slice(1) : this.shape;
    const size = shape.reduce((product, side) => product * side, 1);
    return { data: this.unscale(this.raw.subarray(now * size, (now + 1) * size)), shape };
  }

  // All moments at once, for marks that grow with time (a path, a curve).
  whole() {
    this.all ??= { data: this.unscale(this.raw), shape: this.shape };
    return this.all;
  }

  unscale(data) {
    if (!this.scale) return data;
    const { lo, step } = this.scale;
    const numbers = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) numbers[i] = lo + step * data[i];
    return numbers;
  }
}

// Buffers come at any byte offset; typed arrays want a multiple of their item size.
function view(buffer, Type) {
  const bytes = buffer instanceof ArrayBuffer ? new DataView(buffer) : buffer;
  const count = bytes.byteLength / Type.BYTES_PER_ELEMENT;
  if (bytes.byteOffset % Type.BYTES_PER_ELEMENT === 0) return new Type(bytes.buffer, bytes.byteOffset, count);
  return new Type(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

// Replace every array description in a frame's views by a Packed array.
export function unpack(thing, buffers) {
  if (Array.isArray(thing)) return thing.map((part) => unpack(part, buffers));
  if (thing === null || typeof thing !== "object") return thing;
  if ("b" in thing && "dtype" in thing) return new Packed(thing, buffers);
  return Object.fromEntries(Object.entries(thing).map(([key, part]) => [key, unpack(part, buffers)]));
}

// The longest film among the views, or the moments of a graph: what a player can show.
export function filmLength(thing) {
  if (thing instanceof Packed) return thing.film ? thing.moments : 0;
  if (thing === null || typeof thing !== "object") return 0;
  if (Array.isArray(thing.moments)) return thing.moments.length;
  return Math.max(0, ...Object.values(thing).map(filmLength));
}
