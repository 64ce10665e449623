/** VS Code draws spaces as no-break spaces here and there. */
export function text(drawn: string | null): string {
  return (drawn ?? '').replaceAll('\u00a0', ' ').trim();
}
