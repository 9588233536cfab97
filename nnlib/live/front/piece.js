// One rendering of a live piece: controls, views, foot; drawn from the store, whole, in one go.

import { hide, make, mark, write } from "./dom.js";
import { beforePaint } from "./clock.js";
import { readPalette, watchTheme } from "./colours.js";
import { makeControls } from "./controls.js";
import { makeRows } from "./rows.js";
import { makeGroups } from "./groups.js";
import { Scene } from "./scene.js";
import { Footer } from "./footer.js";
import { Trouble } from "./trouble.js";

const BAR_AFTER = 150;
const ASK_AFTER = 2500;
const STOP_AFTER = 5000;

const NO_ANSWER = {
  kind: "stopped",
  message: "Python does not answer. If it was restarted, run this cell again (Shift + Enter). If another cell is still running, wait for it.",
};

export class Piece {
  constructor(store, el, style) {
    this.store = store;
    this.controls = makeControls(store);
    this.rows = makeRows(this.controls, store.spec);
    this.groups = makeGroups(this.controls, store.spec);
    this.scene = new Scene(this);
    this.footer = new Footer(this);
    this.trouble = new Trouble();
    this.spoken = make("div", { class: "unseen", "aria-live": "polite" });
    this.words = make("div", { class: "unseen", role: "status" });
    this.redraw = beforePaint(() => this.draw());
    this.root = this.build();
    if (style) this.root.append(make("style", {}, style));
    el.append(this.root);
    this.guardKeys();
    this.watchHand();
    this.stops = [watchTheme(() => this.dress()), store.listen((what) => this.hear(what)), this.watchPlace()];
    this.root.live = this.handle();
    this.dress();
    this.hear("values");
    store.open(this);
    this.hear("status");
  }

  build() {
    const at = (place) => this.controls.filter((control) => control.place === place).map((control) => control.element);
    const cards = this.controls.map((control) => control.card).filter(Boolean);
    const bar = make("div", { class: "bar" }, ...at("bar"));
    // One or two sliders need not be as long as the page is wide.
    const text = this.controls.some(({ wide }) => wide);
    if (at("bar").length < 3) bar.style.setProperty("--widest", `${text ? 64 : 32 * at("bar").length}em`);
    // All that could give the answer away before the guess.
    this.veiled = [bar, this.rows.element, this.groups.element, ...at("above"), this.scene.element, ...at("below"), this.footer.notes, this.footer.output];
    const { name } = this.store.spec;
    const marks = { "data-lm-suppress-shortcuts": "true", "data-name": name, role: "group", "aria-label": name };
    return make("div", { class: "nnlib-live", ...marks },
      make("div", { class: "progress", "aria-hidden": "true" }), bar, ...at("above"), this.rows.element, this.groups.element, ...at("guess"),
      make("div", { class: "scene" }, this.scene.element, this.trouble.element, ...cards),
      ...at("below"), this.footer.row, this.footer.output, this.footer.panel, this.spoken, this.words);
  }

  // JupyterLab hands us an element that is not in the page yet, and colours are known only there; a hidden browser tab
  // has missed its pictures.
  watchPlace() {
    const arrived = new ResizeObserver(() => this.palette || this.dress());
    arrived.observe(this.root);
    const shown = () => document.hidden || this.store.repaint();
    document.addEventListener("visibilitychange", shown);
    return () => {
      arrived.disconnect();
      document.removeEventListener("visibilitychange", shown);
    };
  }

  // What tests and curious people may ask a piece.
  handle() {
    const { store, scene } = this;
    return {
      spec: store.spec,
      values: () => structuredClone(store.values),
      move: (values) => store.change(values),
      toPixels: (index, x, y) => scene.toPixels(index, x, y),
      bounds: (index) => scene.views[index]?.view.view?.bounds ?? null,
      moments: () => store.picture.film,
      placeOf: (index, of) => scene.views[index]?.view.placeOf?.(of) ?? null,
      viewOf: (name) => scene.views.findIndex(({ view }) => view.holds?.(name)),
      get frames() {
        return store.receipts.frames;
      },
    };
  }

  // JupyterLab listens for keys on the whole page; none of ours may get there (an "x" would cut the cell).
  guardKeys() {
    const keep = (event) => event.stopPropagation();
    for (const name of ["keydown", "keyup", "keypress"]) this.root.addEventListener(name, keep);
  }

  // Whether the hand is on the keyboard: only then do planes show the focus frame and the keys. The browser's own guess
  // (:focus-visible) takes a focus that follows a click for a keyboard's.
  watchHand() {
    let pointed = -Infinity;
    const tell = (byKeyboard) => {
      this.byKeyboard = byKeyboard;
      this.root.classList.toggle("by-keyboard", byKeyboard);
    };
    const point = () => {
      pointed = performance.now();
      tell(false);
    };
    for (const name of ["pointerdown", "pointerup"]) this.root.addEventListener(name, point, true);
    this.root.addEventListener("keydown", () => tell(true), true);
    this.root.addEventListener("focusin", () => tell(performance.now() - pointed > 100), true);
  }

  hear(what) {
    if (what === "values" || what === "drawn") this.showValues();
    if (what === "code") this.footer.showCode(this.store.code);
    if (what === "scale") this.dress();
    this.showStatus();
    this.watchWork();
  }

  showValues() {
    const { values } = this.store;
    for (const control of this.controls) {
      control.show(values[control.name]);
      if (control.needs) hide(control.element, !Object.entries(control.needs).every(([name, value]) => values[name] === value));
    }
    this.rows.show(this.store.values);
    this.groups.show(this.store.values);
  }

  // Colours and sizes of the page, anew.
  dress() {
    this.root.style.setProperty("--scale", this.store.scale);
    this.palette = this.root.isConnected ? readPalette(this.root) : null;
    this.draw();
  }

  draw() {
    const { picture } = this.store;
    this.scene.draw(picture.columns);
    this.trouble.draw(this.store.heartbeat.lost ? NO_ANSWER : this.store.trouble);
    for (const control of this.controls) control.refuse?.(this.store.refusals[control.name] ?? "");
    this.footer.draw(picture);
    this.speak(picture);
    this.showStatus();
  }

  showStatus() {
    const { store, root } = this;
    const { picture, talk } = store;
    const veiled = store.status === "veiled";
    const state = {
      n: picture.n, sent: talk.sent, drawn: talk.drawn, final: picture.final,
      status: store.status, dimmed: store.trouble !== null || store.heartbeat.lost, refused: picture.error !== null && store.trouble === null,
    };
    for (const [name, value] of Object.entries(state)) mark(root, `data-${name}`, value);
    for (const part of this.veiled) if (part.inert !== veiled) part.inert = veiled;
  }

  // The bar after a moment, so that quick answers do not flicker; *stop* when it takes long.
  watchWork() {
    clearTimeout(this.timer);
    const { root, store } = this;
    const passed = store.busy && !store.heartbeat.lost ? performance.now() - store.talk.since : -1;
    root.classList.toggle("working", passed >= BAR_AFTER);
    root.classList.toggle("stoppable", passed >= STOP_AFTER);
    if (passed >= ASK_AFTER) store.heartbeat.ask();
    const next = [BAR_AFTER, ASK_AFTER, STOP_AFTER].find((limit) => passed >= 0 && passed < limit);
    if (next) this.timer = setTimeout(() => this.watchWork(), next - passed + 1);
  }

  announce(text) {
    write(this.spoken, text);
  }

  // The picture in words, once it has come to rest: nobody can listen to every frame of a drag.
  speak({ words, error }) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => write(this.words, error || this.store.question ? "" : words), 800);
  }

  close() {
    for (const stop of this.stops) stop();
    clearTimeout(this.timer);
    clearTimeout(this.speaking);
    this.store.leave(this);
    this.scene.close();
    this.footer.close();
    this.root.remove();
  }
}
