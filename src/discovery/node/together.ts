/** Proposes the script that starts a server together with what it needs, such as a compiler: developers run that script. */
import { defined } from '../../core/model/defined';
import type { Candidate } from '../candidate';
import { runScript, whereScript } from './packages';
import type { Package } from './packages';

const runner = /\b(?:concurrently|conc|npm-run-all2?|run-p)\b/;
/** Such a line reaches into other packages, which have their own candidates. */
const elsewhere = /(?:^|\s)(?:cd|--prefix|-C|--cwd|-w|--workspace\S*|--filter|-F)(?:[\s=])/;

/** Treats `concurrently "npm:watch" "npm:serve"`, `run-p watch serve` and `npm run watch & npm run serve` alike. */
function startedBy(line: string, one: Package): readonly string[] {
  const words = line.match(/[\w:.-]+/g) ?? [];
  return [...new Set(words.map((word) => word.replace(/^npm:/, '')))].filter((name) => one.scripts.has(name));
}

/** A package that is written by hand has fewer. */
const maxRunners = 50;

export function startedWhole(found: readonly Candidate[], one: Package): readonly Candidate[] {
  const whole = [...one.scripts].filter(([, line]) => runner.test(line) && !elsewhere.test(line)).slice(0, maxRunners);
  return found.map((candidate) => {
    const [own = ''] = candidate.scripts ?? [];
    for (const [name, line] of whole) {
      const started = startedBy(line, one);
      const others = found.filter((other) => other !== candidate && other.scripts?.some((script) => started.includes(script)));
      if (name !== own && started.includes(own) && started.length > 1 && others.length === 0)
        return byScript(candidate, one, { name, line });
    }
    return candidate;
  });
}

function byScript(candidate: Candidate, one: Package, { name, line }: { name: string; line: string }): Candidate {
  const { port, evidence, scripts = [] } = candidate;
  return {
    ...candidate,
    // Without `move`: an option at the end of the line would reach the runner. A variable reaches every program.
    ...defined({ port: port && { number: port.number, from: port.from, ...defined({ variable: port.variable }) } }),
    command: runScript(one.manager, name),
    evidence: [`"${name}": "${line}" in ${whereScript(one, name)}`, ...evidence],
    scripts: [...scripts, name],
  };
}
