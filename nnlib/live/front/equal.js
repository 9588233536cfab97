// Whether two values of controls are the same.

export function identical(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
