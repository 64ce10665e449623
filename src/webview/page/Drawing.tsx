/** A drawing of lines in the colour of the text around it, which a screen reader passes over. */
interface Props {
  readonly path: string;
  readonly class?: string;
  /** How lines end and meet. */
  readonly ends?: 'round';
}

export const Drawing = ({ path, ends, ...more }: Props) => (
  <svg
    {...more}
    {...(ends !== undefined && { 'stroke-linecap': ends, 'stroke-linejoin': ends })}
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.3"
    aria-hidden="true"
    focusable="false"
  >
    <path d={path} />
  </svg>
);
