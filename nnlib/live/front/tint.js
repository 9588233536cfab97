// A grid of numbers as colours, on a canvas of its own that is laid down where it belongs.

// One canvas pixel per sample.
export function drawTint(canvas, grid, range, table) {
  const [rows, columns] = grid.shape;
  Object.assign(canvas, { width: columns, height: rows });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(columns, rows);
  paintRows(grid, range, table, new Uint32Array(image.data.buffer));
  pen.putImageData(image, 0, 0);
}

// Drawn larger by the browser. Smoothed, the centres of the outermost samples lie on the edges of the box, and half a
// sample falls away all around; where the cells shall be seen, all of them are whole.
export function layDown(pen, samples, box, smooth) {
  const { width, height } = samples;
  pen.imageSmoothingEnabled = smooth;
  pen.imageSmoothingQuality = "high";
  const margin = smooth ? 0.5 : 0;
  pen.drawImage(samples, margin, margin, width - 2 * margin, height - 2 * margin, box.left, box.top, box.width, box.height);
}

// Row 0 of the data is the bottom of the plane and the last row of the image. NaN stays transparent: a gap.
function paintRows({ data, shape: [rows, columns] }, [lo, hi], table, pixels) {
  const scale = 255 / (hi - lo || 1);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const shade = (data[from + column] - lo) * scale + 0.5;
      if (shade === shade) pixels[to + column] = table[shade < 0 ? 0 : shade > 255 ? 255 : shade | 0];
    }
  }
}
