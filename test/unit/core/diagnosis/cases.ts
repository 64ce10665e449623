/** For every code a sick case, of which it must be the first verdict, and a healthy twin, which must have none. */
import type { Case } from './caseParts';
import { stateCases } from './stateCases';
import { wordCases } from './wordCases';

export const cases: readonly Case[] = [...stateCases, ...wordCases];
