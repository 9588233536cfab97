// Small helpers: elements are made, never parsed from text.

const SVG = "http://www.w3.org/2000/svg"; // a name, not an address: nothing is fetched from it

// make("button", {class: "pill", onclick: press}, "good"): an element with attributes, listeners and children.
export function make(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

// The same for what is drawn as SVG.
export function svg(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

function dressed(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Touch an attribute only when it is another.
export function mark(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

// The same for whether it is there at all.
export function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

// A button that submits nothing.
export function button(attributes, press, ...children) {
  return make("button", { type: "button", ...attributes, onclick: press }, ...children);
}

// Touch the document only when the text is another: screen readers and layout stay quiet.
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A name nobody else in the page has: radio groups need one, and several widgets share the document.
export function unique(prefix) {
  return `${prefix}-${Math.random().toString(36).slice(2, 10)}`;
}

// Room once taken is kept: a text that grows and shrinks must not make the page jump.
export function keepRoom(node) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (node.offsetWidth !== width) node.style.minHeight = "";
    width = node.offsetWidth;
    const tall = node.offsetHeight;
    if (tall > (parseFloat(node.style.minHeight) || 0)) node.style.minHeight = `${tall}px`;
  });
  observer.observe(node);
  return () => observer.disconnect();
}
