/**
 * The little of the DOM that our functions use inside the page. Not TypeScript's own "dom" library, which would make the
 * browser's globals known to the extension as well.
 */
export interface DrawnElement {
  readonly textContent: string | null;
  /** As drawn, with line breaks. */
  readonly innerText: string;
  readonly className: string;
  /** In CSS pixels: of the whole content, and of what has room. */
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly classList: { contains(name: string): boolean };
  getAttribute(name: string): string | null;
  querySelector(selector: string): DrawnElement | null;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
}

declare global {
  /** Known in the page only. */
  function getComputedStyle(element: DrawnElement): {
    readonly color: string;
    readonly backgroundColor: string;
    readonly unicodeBidi: string;
  };
}
