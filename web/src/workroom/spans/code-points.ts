/**
 * Turns offsets in UTF-16 units, as the browser counts, into offsets in Unicode code points, as the wire and those who
 * train models in Python count, and back.
 */
export class CodePoints {
  /** Unit offsets of the first halves of surrogate pairs, rising. */
  private readonly pairs: readonly number[];

  constructor(text: string) {
    const pairs: number[] = [];
    for (let unit = 0; unit < text.length; unit++) {
      if (text.codePointAt(unit)! > 0xffff) pairs.push(unit++);
    }
    this.pairs = pairs;
  }

  /** An offset inside a pair counts as the pair's own. */
  toPoints(unit: number): number {
    return unit - this.before((pair) => pair < unit);
  }

  toUnits(point: number): number {
    return point + this.before((pair, index) => pair - index < point);
  }

  /** How many pairs, from the first, satisfy a condition that holds up to some pair and no further. */
  private before(holds: (pair: number, index: number) => boolean): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.pairs[middle]!, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
