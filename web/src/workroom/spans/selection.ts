import type { Range } from './layers';

/** The offset in the text of a place in the page; null outside of the text. Each paragraph says where it begins. */
export function offsetOf(root: HTMLElement, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  if (node === root) {
    const child = root.children[Math.min(offset, root.children.length - 1)] as HTMLElement | undefined;
    if (!child) return null;
    const start = Number(child.dataset.at);
    return offset < root.children.length ? start : start + (child.textContent?.length ?? 0);
  }
  const paragraph = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-at]');
  if (!paragraph) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.at) + before.toString().length;
}

/** What the browser has selected of the text; null where nothing of it is. */
export function selectedIn(root: HTMLElement): Range | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const start = offsetOf(root, startContainer, startOffset);
  const end = offsetOf(root, endContainer, endOffset);
  return start === null || end === null ? null : { start, end };
}

/** Lets the browser select a range of the text, and says where that lies in the page. */
export function select(root: HTMLElement, range: Range): globalThis.Range | null {
  const from = placeOf(root, range.start, false);
  const to = placeOf(root, range.end, true);
  if (!from || !to) return null;
  const made = document.createRange();
  made.setStart(...from);
  made.setEnd(...to);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(made);
  return made;
}

function placeOf(root: HTMLElement, offset: number, end: boolean): [Node, number] | null {
  const paragraph = paragraphAt(root, offset);
  if (!paragraph) return null;
  let left = offset - Number(paragraph.dataset.at);
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let last: Text | null = null;
  while (texts.nextNode()) {
    last = texts.currentNode as Text;
    if (left < last.length || (end && left === last.length)) return [last, left];
    left -= last.length;
  }
  return last ? [last, last.length] : [paragraph, 0];
}

function paragraphAt(root: HTMLElement, offset: number): HTMLElement | null {
  const all = root.children;
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (Number((all[middle] as HTMLElement).dataset.at) <= offset) low = middle;
    else high = middle - 1;
  }
  return (all[low] as HTMLElement | undefined) ?? null;
}

/** Scrolls the pane around a place no further than needed. */
export function bringIntoView(pane: HTMLElement, place: globalThis.Range) {
  const at = place.getBoundingClientRect();
  const view = pane.getBoundingClientRect();
  if (at.top < view.top) pane.scrollTop -= view.top - at.top + 24;
  else if (at.bottom > view.bottom) pane.scrollTop += at.bottom - view.bottom + 24;
}
