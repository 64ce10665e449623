/** Icons in the colour of the text around them; each button that has one has a name as well. */
import { Drawing } from './Drawing';

const paths = {
  start: 'M4 2.5v11l9-5.5z',
  stop: 'M3.5 3.5h9v9h-9z',
  restart: 'M13 8a5 5 0 1 1-1.5-3.5M13 1.5v3.5H9.5',
  showTerminal: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8 10.5h3.5',
  previous: 'M3.5 10 8 5.5 12.5 10',
  next: 'M3.5 6 8 10.5 12.5 6',
} as const;

export type IconName = keyof typeof paths;

export const Icon = ({ name }: { readonly name: IconName }) => <Drawing path={paths[name]} ends="round" />;
