/** The keys of a service that hold several values, or one of several forms. */
import * as v from 'valibot';
import type { Dependency } from '../model/service';
import { t } from '../wording/l10n';
import { about, choice, dictionary, duration, object, nonBlankString } from './fields';
import { hourMs } from './limits';
import { subject } from './subject';

export const stepSchema = v.pipe(
  object(
    {
      name: v.exactOptional(
        v.pipe(
          nonBlankString(t('{0} must be a non-empty string.', subject)),
          about({ description: 'The name of the step. Without it, its command.', examples: ['install'] }),
        ),
      ),
      command: v.pipe(
        nonBlankString(t('{0} must be a command such as "npm install".', subject)),
        about({
          description: 'The command to run, in the folder and with the environment of the service.',
          examples: ['npm install'],
        }),
      ),
      unless: v.exactOptional(
        v.pipe(
          v.string(t('{0} must be a path.', subject)),
          about({
            description:
              'Skip the step while this file or folder exists and is not older than the lock file or manifest next to it (node_modules, .venv, venv, vendor). Without it, the step runs before every start.',
            examples: ['node_modules'],
          }),
        ),
      ),
    },
    t('{0} must be an object such as { "name": "install", "command": "npm install", "unless": "node_modules" }.', subject),
  ),
  about({ description: 'A command that runs before the service.', snippets: 'setup' }),
);

export const backoffSchema = v.pipe(
  object(
    {
      initial: v.exactOptional(
        v.pipe(
          duration({ min: 100, max: 24 * hourMs }),
          about({ description: 'Delay before the first restart. It doubles with each further restart.' }),
        ),
        '1s',
      ),
      max: v.exactOptional(
        v.pipe(duration({ min: 100, max: 24 * hourMs }), about({ description: 'The longest delay before a restart.' })),
        '30s',
      ),
      resetAfter: v.exactOptional(
        v.pipe(
          duration({ min: 0, max: 24 * hourMs }),
          about({ description: 'How long the service must run before the count of restarts starts again at zero.' }),
        ),
        '60s',
      ),
    },
    t('{0} must be an object such as { "initial": "1s", "max": "30s", "resetAfter": "60s" }.', subject),
  ),
  v.check(({ initial, max }) => initial <= max, t('{0} must have an "initial" that is not longer than "max".', subject)),
);

const mustBeCommand = t(
  '{0} must be a command such as "npm run dev", or a list such as ["node", "server.js"] with the program first.',
  subject,
);
export const command = v.union(
  [
    nonBlankString(mustBeCommand),
    v.pipe(
      v.array(v.string(mustBeCommand), mustBeCommand),
      v.minLength(1, mustBeCommand),
      v.check(([program]) => /\S/.test(program ?? ''), mustBeCommand),
    ),
  ],
  mustBeCommand,
);

const mustBeEnvFile = t('{0} must be a path such as ".env", or a list of paths.', subject);
export const envFile = v.pipe(
  v.union([nonBlankString(mustBeEnvFile), v.array(nonBlankString(mustBeEnvFile), mustBeEnvFile)], mustBeEnvFile),
  v.transform((files): readonly string[] => (typeof files === 'string' ? [files] : files)),
);

const mustBeDependencies = t(
  '{0} must be a list of services such as ["postgres"], or an object such as { "postgres": "healthy" }.',
  subject,
);
const mustBeCondition = t(
  '{0} must be "started", "healthy" or "completed", or an object such as { "condition": "healthy", "restart": true }.',
  subject,
);
const dependency = nonBlankString(t('{0} must be the name of a service.', subject));
const condition = v.pipe(
  choice('started', 'healthy', 'completed'),
  v.metadata({ enumDescriptions: ['The service is running.', 'Its health probe succeeds.', 'It has exited with code 0.'] }),
);
const conditionObject = object(
  {
    condition: v.exactOptional(v.pipe(condition, about({ description: 'What to wait for.' })), 'healthy'),
    restart: v.exactOptional(
      v.pipe(
        v.boolean(t('{0} must be true or false.', subject)),
        about({ description: 'Restart this service whenever a change of files restarts the other one.' }),
      ),
      false,
    ),
  },
  mustBeCondition,
);
export const dependsOn = v.pipe(
  v.union(
    [
      v.array(dependency, mustBeDependencies),
      dictionary(dependency, v.union([condition, conditionObject], mustBeCondition), mustBeDependencies),
    ],
    mustBeDependencies,
  ),
  v.transform((list): ReadonlyMap<string, Needed> =>
    Array.isArray(list)
      ? new Map(list.map((name) => [name, { condition: 'healthy' }]))
      : new Map(Object.entries(list).map(([name, value]) => [name, neededOf(value)])),
  ),
);

/** What a service needs of another one. */
type Needed = Omit<Dependency, 'id'>;

function neededOf(value: v.InferOutput<typeof condition> | v.InferOutput<typeof conditionObject>): Needed {
  if (typeof value === 'string') return { condition: value };
  return value.restart ? { condition: value.condition, restart: true } : { condition: value.condition };
}

export const url = () => {
  const must = t('{0} must be a URL that starts with "http://" or "https://".', subject);
  return v.pipe(v.string(must), v.regex(/^(?:https?:\/\/.|\$\{)/, must));
};
