// The keyboard in a plane. One tab stop a view; inside it these keys, and only these, mean something.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// True when the key meant something here, and the page must not scroll.
export function pressKey(editor, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow) editor.nudge(...arrow, event.shiftKey ? 0.1 : 0.02, event.timeStamp);
  else if (event.key === "PageDown" || event.key === "n") editor.choose(editor.chosen + 1);
  else if (event.key === "PageUp" || event.key === "p") editor.choose(editor.chosen - 1);
  else return editor.points !== null && changePoints(editor, event);
  return true;
}

function changePoints(editor, event) {
  const { chosen } = editor;
  const kind = editor.count && editor.isPoint(chosen) ? editor.kind(chosen) : undefined;
  if (event.key === "a" || event.key === "Enter") editor.add(editor.freeSpot(), kind, event.timeStamp);
  else if (event.key === "Delete" || event.key === "Backspace") editor.remove(chosen, event.timeStamp);
  else if (event.key === " ") editor.flip(chosen, event.timeStamp);
  else return false;
  return true;
}

export function keyHint(editor) {
  const walk = editor.count > 1 ? " · n p next" : "";
  return `arrow keys move${walk}${editor.points ? " · a add · ⌫ delete · space flips" : ""}`;
}

export function mouseHint(editor, titles) {
  if (editor.points) return "drag, or double-click to add";
  return titles.length ? `drag ${titles.join(" or ")}, or click anywhere` : "";
}
