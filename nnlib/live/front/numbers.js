// Numbers as a person writes them: three digits, a true minus sign, 10⁻⁴ rather than 1e-4.

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function powerOfTen(exponent) {
  return "10" + [...String(exponent)].map((sign) => RAISED[sign] ?? "⁻").join("");
}

// Three significant digits, for values that have no text of their own.
export function shortNumber(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 1e-3)) return scientific(value);
  return minus(String(Number(value.toPrecision(3))));
}

// At most seven signs, for a box that cannot grow.
export function boxedNumber(value) {
  const text = shortNumber(value);
  return text.length <= 7 && Math.abs(value) < 1e5 ? text : minus(String(Number(value.toPrecision(2)).toExponential()).replace("+", ""));
}

// A fixed number of decimals, so that columns of numbers do not jitter.
export function fixedNumber(value, digits) {
  if (!Number.isFinite(value)) return shortNumber(value);
  const text = value.toFixed(digits);
  return minus(Number(text) === 0 ? text.replace("-", "") : text);
}

// A tick: as short as the step between ticks allows.
export function tickText(value, step) {
  if (value === 0) return "0";
  if (step >= 1e9 || step < 1e-3) return scientific(value);
  if (step >= 1e6) return minus(`${Number((value / 1e6).toPrecision(3))}M`);
  if (step >= 1e4) return minus(`${Number((value / 1e3).toPrecision(3))}k`);
  return minus(String(Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))))));
}

function scientific(value) {
  const [digits, exponent] = value.toExponential(2).split("e");
  const mantissa = String(Number(digits));
  const power = powerOfTen(Number(exponent));
  return minus(mantissa === "1" ? power : mantissa === "-1" ? `-${power}` : `${mantissa}·${power}`);
}

function minus(text) {
  return text.replaceAll("-", "−");
}
