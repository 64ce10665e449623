/**
 * The service runs on another version of Node or Python than its project asks for. A failure counts as its consequence only when a tool
 * says so, or when the output names what the version does not have.
 */
import { brief } from '../../wording/brief';
import { lastPart } from '../../wording/briefFailure';
import { withoutTrailing } from '../../model/withoutTrailing';
import { t } from '../../wording/l10n';
import { changeConfig, openConfig, openFile, runInTerminal, showTerminal } from '../actions';
import type { Facts, RuntimeFacts } from '../facts';
import type { FindingAction } from '../finding';
import { latestMatch, quoted } from '../output';
import { alive, isTroubled, value } from '../queries';
import type { Rule, Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';

export const runtimeVersion: Rule = {
  code: 'runtime-version',
  explains: [
    'native-module',
    'missing-command',
    'missing-dependency',
    'syntax-error',
    'crashed',
    'crash-loop',
    'reloader-alone',
    'not-listening',
  ],
  find(facts) {
    const runtime = facts.runtime === undefined ? undefined : value(facts.runtime);
    const unfit = runtime?.fits === false ? runtime : undefined;
    if (!isTroubled(facts)) return unfit === undefined || alive(facts) === undefined ? [] : [mismatch(facts, unfit)];
    const refused = latestMatch(facts, 'runtimeRefused');
    if (refused !== undefined) return [refusal(facts, refused, unfit)];
    const lacks =
      unfit === undefined ? undefined : (latestMatch(facts, 'runtimeFeature', 'nativeModule') ?? newSyntax(facts, unfit));
    return unfit === undefined || lacks === undefined ? [] : [{ ...mismatch(facts, unfit, lacks), severity: 'error' }];
  },
};

type Place = Pick<Facts, 'spec' | 'cwd' | 'host'>;

/** An old Node calls an operator or a keyword that it does not know an error. Any other syntax error is one of the program. */
function newSyntax(facts: Facts, { program, used, wanted }: RuntimeFacts): SignatureMatch | undefined {
  const match = latestMatch(facts, 'syntax');
  const major = (text: string): number => Number(/\d{1,6}/.exec(text)?.[0] ?? 0);
  const isOld = program === 'node' && major(used) < major(wanted);
  return isOld && match !== undefined && newWord.test(match.line) ? match : undefined;
}

const newWord = /Unexpected (?:token|identifier) '?(?:\?\?=|\|\|=|&&=|\?\.|\?|with|using)(?:'|$)/;

/** The tool itself says that it does not run on this version. */
function refusal(facts: Facts, { line, groups, tool }: SignatureMatch, runtime: RuntimeFacts | undefined): Verdict {
  const program = /pip|Poetry|pyenv/.test(tool) ? 'Python' : 'Node';
  const used = groups['used'] ?? runtime?.used;
  const written = groups['wanted'] ?? runtime?.wanted;
  const wanted = written === undefined ? undefined : withoutTrailing(written.trim(), '.');
  return {
    severity: 'error',
    title: refusalTitle(facts.spec.key, { program, used, wanted }),
    short:
      wanted === undefined ? brief(() => t('{0}: wrong version', program)) : brief((v) => t('Needs {0} {1}', program, v), wanted),
    detail: advice(program, runtime),
    evidence: [quoted(line), ...(runtime === undefined ? [] : evidenceOf(runtime))],
    actions: actionsFor(facts, runtime),
  };
}

function refusalTitle(
  key: string,
  {
    program,
    used,
    wanted,
  }: { readonly program: string; readonly used?: string | undefined; readonly wanted?: string | undefined },
): string {
  if (wanted === undefined)
    return used === undefined
      ? t('{0} does not support this version of {1}.', key, program)
      : t('{0} does not support {1} {2}.', key, program, used);
  return used === undefined
    ? t('{0} needs {1} {2}, and another version runs.', key, program, wanted)
    : t('{0} needs {1} {2}, and {3} runs.', key, program, wanted, used);
}

/** A version that does not fit, also before the service is started. */
export function mismatch(facts: Place, runtime: RuntimeFacts, lacks?: SignatureMatch): Verdict {
  const { used, wanted } = runtime;
  const program = nameOf(runtime);
  return {
    severity: 'warning',
    title: t('{0} runs with {1} {2}, but {3} asks for {4}.', facts.spec.key, program, used, lastPart(runtime.file), wanted),
    short: brief((v) => t('Needs {0} {1}', program, v), wanted),
    detail: advice(program, runtime),
    evidence: [...(lacks === undefined ? [] : [quoted(lacks.line)]), ...evidenceOf(runtime)],
    actions: actionsFor(facts, runtime),
  };
}

const nameOf = ({ program }: RuntimeFacts): string => (program === 'node' ? 'Node' : 'Python');

function advice(program: string, runtime: RuntimeFacts | undefined): string {
  if (runtime?.right !== undefined)
    return t('{0} {1} is installed: it is used when its folder comes first in PATH.', program, runtime.right.version);
  return runtime?.install === undefined
    ? t('Install a version of {0} that fits, and start the service again.', program)
    : t('Install it with the version manager, then start the service again.');
}

const evidenceOf = (runtime: RuntimeFacts): readonly string[] => [
  t('{0} in PATH: {1}', nameOf(runtime), runtime.used),
  t('{0}: {1}', runtime.file, runtime.wanted),
  ...(runtime.right === undefined ? [] : [t('Installed: {0}', runtime.right.version)]),
];

function actionsFor({ spec, cwd, host }: Place, runtime: RuntimeFacts | undefined): readonly FindingAction[] {
  const { right, install, file } = runtime ?? {};
  const separator = host.platform === 'windows' ? ';' : ':';
  const use =
    runtime === undefined || right === undefined
      ? []
      : [
          changeConfig(t('Use {0} {1}', nameOf(runtime), right.version), spec.id, {
            path: ['env', 'PATH'],
            value: `${right.folder}${separator}${spec.env['PATH'] ?? '${env:PATH}'}`,
          }),
        ];
  return [
    ...use,
    ...(install === undefined ? [] : [runInTerminal(install, cwd)]),
    ...(file === undefined ? [openConfig(spec.id)] : [openFile(file)]),
    showTerminal(spec.id),
  ];
}
