/** Ranges that several keys of services.json share. */
import { t } from '../wording/l10n';
import { wholeNumber } from './fields';
import { subject } from './subject';

export const hourMs = 3_600_000;

export const port = () => wholeNumber(1, 65535, t('{0} must be a whole number from 1 to 65535.', subject));

export const count = (min: number) => wholeNumber(min, 1_000_000, t('{0} must be a whole number of at least {1}.', subject, min));
