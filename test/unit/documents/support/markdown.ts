/** As much of Markdown as the checks of our documents need. */

export interface Link {
  readonly kind: 'link' | 'picture';
  readonly target: string;
}

/** Links and pictures outside of code, in their order. */
export function linksIn(markdown: string): readonly Link[] {
  const links = withoutCode(markdown).matchAll(/(!?)\[(?:[^[\]]|!\[[^\]]*\]\([^)]*\)|\[[^\]]*\])*\]\(([^)\s]+)\)/g);
  return [...links].map(([, mark, target = '']) => ({ kind: mark === '!' ? 'picture' : 'link', target }));
}

/** The anchors that GitHub gives to the headings. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutFences(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const anchor = anchorOf(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** The cells of each row whose first cell is code, without the backticks around that cell. */
export function rowsOf(markdown: string): ReadonlyMap<string, readonly string[]> {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.map((line) => {
      const [first = '', ...others] = line.split('|').slice(1, -1);
      return [first.trim().replaceAll('`', ''), others.map((cell) => cell.trim())] as const;
    }),
  );
}

/** The text under a heading, up to the next heading of its level or above. */
export function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  const level = heading.indexOf(' ');
  const length = lines.slice(start + 1).findIndex((line) => new RegExp(`^#{1,${level}} `).test(line));
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}

const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const withoutFences = (markdown: string): string => markdown.replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
const withoutCode = (markdown: string): string => withoutFences(markdown).replaceAll(/`[^`\n]*`/g, '');
