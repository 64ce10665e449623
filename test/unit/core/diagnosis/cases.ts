/** For every code a sick case, whose verdict must have it, and a healthy twin, for which nothing must be found. */
import { actionCases, situationCases } from './actionCases';
import type { Case } from './caseParts';
import { platformCases } from './platformCases';
import { containerCases } from './containerCases';
import { runtimeCases } from './runtimeCases';
import { stateCases } from './stateCases';
import { wordCases } from './wordCases';

export const cases: readonly Case[] = [
  ...stateCases,
  ...wordCases,
  ...actionCases,
  ...runtimeCases,
  ...situationCases,
  ...platformCases,
  ...containerCases,
];
