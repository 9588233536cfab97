// Room at the left and right of curves. It only ever grows, since a number that loses a digit must not shift the
// picture, and curves in one stack share it, so that their axes stand one above the other.
export class Margins {
  constructor() {
    this.size = this.left = this.right = 0;
  }

  need(left, right, size) {
    if (size !== this.size) this.left = this.right = 0;
    this.size = size;
    this.left = Math.max(this.left, left);
    this.right = Math.max(this.right, right);
  }

  get total() {
    return this.left + this.right;
  }
}
