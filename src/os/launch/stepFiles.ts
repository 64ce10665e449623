/** When what a step makes, and what it is made from, changed. */
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { StepFiles } from '../../app/ports';
import { recipeOf } from '../../core/lifecycle/setupNeed';

export const stepFiles: StepFiles = {
  async look(unless) {
    const recipe = recipeOf(path.basename(unless));
    const inside = (recipe?.stamps ?? []).map((name) => path.join(unless, name));
    const beside = (recipe?.manifests ?? []).map((name) => path.join(path.dirname(unless), name));
    const [folder, stamp, from] = await Promise.all([changed([unless]), changed(inside), changed(beside)]);
    return { at: folder === undefined ? undefined : (stamp ?? folder), from };
  },
};

/** The newest of those that are there, in ms since the epoch. */
async function changed(files: readonly string[]): Promise<number | undefined> {
  const times = await Promise.all(files.map(async (file) => (await stat(file).catch(() => undefined))?.mtimeMs));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
