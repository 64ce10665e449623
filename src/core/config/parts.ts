/** The keys of a service that hold more than one value or one of several forms. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, choice, dictionary, duration, object, text } from './fields';
import { hour } from './limits';
import { setupSnippets } from './snippets';

export const stepSchema = v.pipe(
  object(
    {
      name: v.exactOptional(
        v.pipe(
          text(t('must be a text that is not empty')),
          about({ description: 'What the step is called. Without it, its command.', examples: ['install'] }),
        ),
      ),
      command: v.pipe(
        text(t('must be a command such as "npm install"')),
        about({
          description: 'The command to run, in the folder and with the environment of the service.',
          examples: ['npm install'],
        }),
      ),
      unless: v.exactOptional(
        v.pipe(
          v.string(t('must be a path')),
          about({
            description:
              'The step is left out while this file or folder exists and is not older than the lock file or manifest beside it (node_modules, .venv, venv, vendor). Without it, the step runs before every start.',
            examples: ['node_modules'],
          }),
        ),
      ),
    },
    t('must be an object such as { "name": "install", "command": "npm install", "unless": "node_modules" }'),
  ),
  about({ description: 'A command that runs before the service.', defaultSnippets: setupSnippets }),
);

export const backoffSchema = v.pipe(
  object(
    {
      initial: v.exactOptional(
        v.pipe(
          duration({ min: 100, max: 24 * hour }),
          about({ description: 'Pause before the first restart; it doubles with every further one.' }),
        ),
        '1s',
      ),
      max: v.exactOptional(
        v.pipe(duration({ min: 100, max: 24 * hour }), about({ description: 'The longest pause before a restart.' })),
        '30s',
      ),
      resetAfter: v.exactOptional(
        v.pipe(
          duration({ min: 0, max: 24 * hour }),
          about({ description: 'After running this long the count of restarts begins anew.' }),
        ),
        '60s',
      ),
    },
    t('must be an object such as { "initial": "1s", "max": "30s", "resetAfter": "60s" }'),
  ),
  v.check(({ initial, max }) => initial <= max, t('must have an "initial" that is not longer than its "max"')),
);

const mustBeCommand = t(
  'must be a command such as "npm run dev", or a list such as ["node", "server.js"] with the program first',
);
export const command = v.union(
  [
    text(mustBeCommand),
    v.pipe(
      v.array(v.string(mustBeCommand), mustBeCommand),
      v.minLength(1, mustBeCommand),
      v.check(([program]) => /\S/.test(program ?? ''), mustBeCommand),
    ),
  ],
  mustBeCommand,
);

const mustBeEnvFile = t('must be a path such as ".env", or a list of paths');
export const envFile = v.pipe(
  v.union([text(mustBeEnvFile), v.array(text(mustBeEnvFile), mustBeEnvFile)], mustBeEnvFile),
  v.transform((files): readonly string[] => (typeof files === 'string' ? [files] : files)),
);

const mustBeDependencies = t('must be a list of services such as ["postgres"], or an object such as { "postgres": "healthy" }');
const dependency = text(t('must be the name of a service'));
const condition = v.pipe(
  choice('started', 'healthy', 'completed'),
  v.metadata({ enumDescriptions: ['It runs.', 'Its probe succeeds.', 'It has run to its end with exit code 0.'] }),
);
export const dependsOn = v.pipe(
  v.union([v.array(dependency, mustBeDependencies), dictionary(dependency, condition, mustBeDependencies)], mustBeDependencies),
  v.transform((list): ReadonlyMap<string, v.InferOutput<typeof condition>> =>
    Array.isArray(list) ? new Map(list.map((name) => [name, 'healthy' as const])) : new Map(Object.entries(list)),
  ),
);

export const url = () => {
  const must = t('must be a URL that starts with "http://" or "https://"');
  return v.pipe(v.string(must), v.regex(/^(?:https?:\/\/.|\$\{)/, must));
};
