/** Ranges that several keys of services.json share. */
import { t } from '../wording/l10n';
import { wholeNumber } from './fields';

/** In ms. */
export const hour = 3_600_000;

export const port = () => wholeNumber(1, 65535, t('must be a whole number from 1 to 65535'));

export const count = (min: number) => wholeNumber(min, 1_000_000, t('must be a whole number that is at least {0}', min));
