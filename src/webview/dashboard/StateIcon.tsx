/** The icon of a state: its shape shows it as well as its colour. Words stand beside it. */
import type { Severity } from '../../core/views/icon';
import { Drawing } from '../page/Drawing';

const paths: Readonly<Record<Severity, string>> = {
  fine: 'M8 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4M5 8.2l2 2 4-4.4',
  idle: 'M8 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4',
  busy: 'M4 2h8M4 14h8M5 2c0 3.5 3 4.5 3 6s-3 2.5-3 6M11 2c0 3.5-3 4.5-3 6s3 2.5 3 6',
  warning: 'M8 2 14.5 13.5h-13zM8 6v4M8 11.5v.5',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4M5.5 5.5l5 5M10.5 5.5l-5 5',
};

export const StateIcon = ({ severity }: { readonly severity: Severity }) => (
  <Drawing class={`dash-icon dash-${severity}`} path={paths[severity]} />
);
