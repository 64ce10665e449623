/**
 * The one source of services.json: parser, types and the JSON schema for completion and hover all come from here.
 * Defaults stand here as well, in the form a person would write them.
 */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, address, choice, dictionary, duration, linePattern, object } from './fields';
import { count, hour, port } from './limits';
import { checkSchema, healthSchema } from './probeSchema';
import { healthSnippets, serviceSnippets } from './snippets';
import { backoffSchema, command, dependsOn, envFile, stepSchema, url } from './parts';

/** The keys of one service. */
export const entries = {
  command: v.pipe(
    command,
    about({
      description:
        'How it is started. A string runs in your task shell; a list is the program and its arguments and runs as it stands. `${port}` is the port below.',
      // Scripts of package.json are offered by the extension.
      examples: ['python -m uvicorn main:app --reload --port ${port}', ['node', 'server.js']],
    }),
  ),
  role: v.exactOptional(
    v.pipe(
      choice('backend', 'frontend', 'database', 'worker', 'other'),
      about({
        description: 'What it is. "Restart Backend" and "Restart Frontend" act on the services with that role.',
        enumDescriptions: [
          'A server that others ask, such as an API.',
          'What a browser opens.',
          'A store of data.',
          'A process that serves no port.',
          'Anything else.',
        ],
      }),
    ),
    'other',
  ),
  cwd: v.exactOptional(
    v.pipe(
      v.string(t('must be the path of a folder')),
      about({
        description: 'The folder it runs in, relative to the workspace folder, which is the default.',
      }),
    ),
    '',
  ),
  env: v.exactOptional(
    v.pipe(
      dictionary(
        v.pipe(
          v.string(),
          v.regex(/^[^=]+$/, t('is not a name of an environment variable: it must not be empty or contain "="')),
        ),
        v.string(t('must be a text: write it in quotes')),
        t('must be an object of texts such as { "LOG_LEVEL": "debug" }'),
      ),
      about({ description: 'Environment variables, over those of `envFile`.', examples: [{ LOG_LEVEL: 'debug' }] }),
    ),
    {},
  ),
  envFile: v.exactOptional(
    v.pipe(
      envFile,
      about({
        description: 'One or several files of environment variables, in `cwd` or in the workspace folder; later files win.',
      }),
    ),
    [],
  ),
  port: v.exactOptional(
    v.pipe(
      port(),
      about({
        description: 'The port it listens on. Without `health`, an open port means that it is ready.',
        examples: [3000, 5173, 8000],
      }),
    ),
  ),
  url: v.exactOptional(
    v.pipe(
      url(),
      about({
        description: 'What "Open" opens. Without it `http://localhost:<port>/`.',
        examples: ['http://localhost:8000/docs'],
      }),
    ),
  ),
  health: v.exactOptional(
    v.pipe(
      v.union([address(), healthSchema], t('must be a path such as "/health" or an object with one of "http", "tcp" and "exec"')),
      about({
        description: 'How to see that it really answers: a path on its port, a URL, or an object in the words of Kubernetes.',
        defaultSnippets: healthSnippets,
      }),
    ),
  ),
  readyLine: v.exactOptional(
    v.pipe(
      linePattern(),
      about({
        description: 'A text, or a /regular expression/, in its output that says it is ready.',
        examples: ['Application startup complete', '/ready in \\d+ ms/'],
      }),
    ),
  ),
  checks: v.exactOptional(
    v.pipe(
      v.array(checkSchema, t('must be a list of checks')),
      about({
        description: 'Requests that "Run Checks" tries on demand.',
      }),
    ),
    [],
  ),
  dependsOn: v.exactOptional(
    v.pipe(
      dependsOn,
      about({
        description: 'Services that are started first. A list waits until they are healthy; an object says what to wait for.',
      }),
    ),
    [],
  ),
  setup: v.exactOptional(
    v.pipe(
      v.array(stepSchema, t('must be a list of steps')),
      about({
        description:
          'Commands that run before each start when they are needed, in their order, such as installing what it needs. A step that fails is the reason why it is not started.',
      }),
    ),
    [],
  ),
  restart: v.exactOptional(
    v.pipe(
      choice('no', 'on-failure', 'always'),
      about({
        description: 'What to do when it ends without being asked to.',
        enumDescriptions: ['Leave it.', 'Start it again when it failed.', 'Start it again however it ended.'],
      }),
    ),
    'no',
  ),
  maxRestarts: v.exactOptional(v.pipe(count(0), about({ description: 'Restarts before giving up.' })), 5),
  backoff: v.exactOptional(
    v.pipe(
      backoffSchema,
      about({ description: 'Pauses between restarts.', examples: [{ initial: '1s', max: '30s', resetAfter: '60s' }] }),
    ),
    {},
  ),
  restartUnhealthyAfter: v.exactOptional(
    v.pipe(
      duration({ min: 1000, max: hour }),
      about({
        description: 'Restart it when it has been unhealthy for so long; without this key, being unhealthy restarts nothing.',
        examples: ['2m'],
      }),
    ),
  ),
  stopSignal: v.exactOptional(
    v.pipe(
      choice('SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'),
      about({ description: 'The signal that asks it to stop. SIGINT is what Ctrl+C sends.' }),
    ),
    'SIGINT',
  ),
  stopGracePeriod: v.exactOptional(
    v.pipe(
      duration({ min: 0, max: hour }),
      about({ description: 'Time to stop by itself before all its processes are killed; 0 kills at once.' }),
    ),
    '10s',
  ),
  stopCommand: v.exactOptional(
    v.pipe(
      v.string(t('must be a command')),
      about({ description: 'A command that stops it, instead of the signal.', examples: ['docker compose stop postgres'] }),
    ),
  ),
  onPortConflict: v.exactOptional(
    v.pipe(
      choice('ask', 'stop', 'adopt', 'fail'),
      about({
        description: 'What to do when something else listens on its port.',
        enumDescriptions: [
          'Ask what to do.',
          'Stop the other process, after you agreed.',
          'Watch the other process as if it were this service.',
          'Do not start.',
        ],
      }),
    ),
    'ask',
  ),
  autoStart: v.exactOptional(
    v.pipe(v.boolean(t('must be true or false')), about({ description: 'Start it when the workspace opens, once you agreed.' })),
    false,
  ),
};

export const serviceSchema = v.pipe(
  object(entries, t('must be an object such as { "command": "npm run dev" }')),
  about({
    description: 'One service: a process that runs in a terminal of its own.',
    defaultSnippets: serviceSnippets.map(({ label, description, body }) => ({ label, description, body })),
  }),
);

export const fileSchema = v.pipe(
  object(
    {
      $schema: v.exactOptional(
        v.pipe(v.string(t('must be a text')), about({ description: 'The address of a JSON schema for this file.' })),
      ),
      services: v.pipe(
        dictionary(
          v.pipe(v.string(), v.regex(/^[^/]*[^/\s][^/]*$/, t('must not be empty or contain "/"'))),
          serviceSchema,
          t('must be an object of services'),
        ),
        about({ description: 'The services by name.', examples: [{ backend: { command: 'npm start', port: 3000 } }] }),
      ),
    },
    t('must be an object such as { "services": {} }'),
  ),
  about({ description: 'The local servers of this workspace folder, run by Service Lifecycle.' }),
);

/** One entry of services.json as a person writes it. */
export type ServiceConfig = v.InferInput<typeof serviceSchema>;

/** One entry with defaults, durations in ms, and short forms that hold one thing or several read into lists. */
export type ReadService = v.InferOutput<typeof serviceSchema>;
