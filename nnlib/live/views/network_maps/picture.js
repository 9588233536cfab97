// How a network of little pictures is drawn: lines, pictures, names, and the numbers of what is pointed at.

import { font, say, sayOver } from "../../front/canvas.js";
import { make } from "../../front/dom.js";
import { fixedNumber } from "../../front/numbers.js";
import { drawTint, layDown } from "../../front/tint.js";

export class MapsPicture {
  constructor(owner) {
    this.owner = owner;
    this.samples = make("canvas");
  }

  draw(pen, palette) {
    this.drawLines(pen, palette);
    this.owner.view.maps.forEach((maps, layer) => this.drawMaps(pen, palette, maps, layer));
    this.drawNames(pen, palette);
    this.drawNumbers(pen, palette);
  }

  drawLines(pen, palette) {
    const unit = this.owner.unitSize;
    for (const line of this.owner.places.lines()) {
      const value = this.owner.value(line);
      const lit = this.isLit(line);
      pen.globalAlpha = lit ? 1 : this.owner.unit || this.owner.line ? 0.15 : 0.5;
      pen.strokeStyle = value < 0 ? palette.blue : value > 0 ? palette.orange : palette.relief;
      pen.lineWidth = (0.05 + 0.3 * Math.min(1, Math.abs(value || 0) / this.owner.view.heaviest)) * unit;
      const [x0, y0, x1, y1] = this.owner.places.ends(line).map((v) => v * unit);
      pen.beginPath();
      pen.moveTo(x0, y0);
      if (line.length === 2) pen.lineTo(x1, y1);
      else pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  isLit(line) {
    if (this.owner.line) return String(line) === String(this.owner.line);
    if (!this.owner.unit) return false;
    const [at, place] = this.owner.unit;
    const [layer, i, j] = line;
    return line.length === 2 ? layer === at && i === place : (layer === at && i === place) || (layer + 1 === at && j === place);
  }

  drawMaps(pen, palette, maps, layer) {
    const { data, shape: [count, rows, columns] } = maps.at(this.owner.piece.store.time);
    const unit = this.owner.unitSize;
    for (let i = 0; i < count; i++) {
      const [x, y, wide, tall] = this.owner.view.boxes[layer][i].map((v) => v * unit);
      const grid = { data: data.subarray(i * rows * columns, (i + 1) * rows * columns), shape: [rows, columns] };
      drawTint(this.samples, grid, [0, 255], palette.table);
      layDown(pen, this.samples, { left: x, top: y, width: wide, height: tall }, true);
      const chosen = String(this.owner.unit) === String([layer, i]);
      pen.strokeStyle = chosen ? palette.ink : palette.relief;
      pen.lineWidth = chosen ? 1.6 : 1;
      pen.strokeRect(x, y, wide, tall);
    }
  }

  drawNames(pen, palette) {
    const unit = this.owner.unitSize;
    const { boxes, names, layers, size } = this.owner.view;
    pen.font = `400 ${0.92 * unit}px ${palette.family}`;
    boxes[0].forEach(([x, y, , tall], i) =>
      say(pen, names[0][i], (x - 0.4) * unit, (y + tall / 2) * unit, { colour: palette.ink, align: "right" }));
    boxes.forEach(([[x, , wide]], k) =>
      say(pen, layers[k], (x + wide / 2) * unit, (size[1] - 0.6) * unit, { colour: palette.muted, align: "center" }));
    pen.font = font(palette);
  }

  // The weights of the chosen unit at its lines' other ends, or the number of the chosen line in its middle.
  drawNumbers(pen, palette) {
    const unit = this.owner.unitSize;
    const put = (line, x, y, align) =>
      sayOver(pen, fixedNumber(this.owner.value(line), 2), x * unit, y * unit, { colour: palette.ink, align }, palette.page);
    if (this.owner.line) {
      const [x0, y0, x1, y1] = this.owner.places.ends(this.owner.line);
      if (this.owner.line.length === 2) put(this.owner.line, x0 - 0.2, y0, "right");
      else put(this.owner.line, (x0 + x1) / 2, (y0 + y1) / 2, "center");
    } else if (this.owner.unit) {
      const bias = this.owner.unit[0] ? this.owner.places.ends(this.owner.unit) : null;
      if (bias) put(this.owner.unit, bias[0] - 0.2, bias[1], "right");
      for (const line of this.owner.places.lines().filter((one) => one.length === 3 && this.isLit(one))) {
        const [x0, y0, x1, y1] = this.owner.places.ends(line);
        const comes = line[0] + 1 === this.owner.unit[0];
        put(line, comes ? x0 + 0.3 : x1 - 0.3, comes ? y0 : y1, comes ? "left" : "right");
      }
    }
  }
}
