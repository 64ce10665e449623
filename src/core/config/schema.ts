/**
 * The single source for services.json: the parser, the types and the JSON schema for completion and hover are derived from it.
 * Defaults are written in the same form as in the file.
 */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, address, choice, dictionary, duration, linePattern, object } from './fields';
import { commands } from './commands';
import { debug } from './debug';
import { groups } from './groups';
import { count, hourMs } from './limits';
import { portOrChoice } from './portChoice';
import { checkSchema, healthSchema } from './probeSchema';
import { compose } from './composeSchema';
import { backoffSchema, command, dependsOn, envFile, stepSchema, url } from './parts';
import { subject } from './subject';
import { watch } from './watch';

/** The keys of one service. */
export const entries = {
  command: v.exactOptional(
    v.pipe(
      command,
      about({
        description:
          'The command that starts the service. A string runs in your task shell; a list of program and arguments runs without a shell. `${port}` is replaced by the value of `port`.',
        // The extension completes the scripts of package.json.
        examples: ['python -m uvicorn main:app --reload --port ${port}', ['node', 'server.js']],
      }),
    ),
  ),
  compose: v.exactOptional(
    v.pipe(
      compose,
      about({
        description:
          'The service of a Compose file to run in a container, used instead of `command`. The file is found in `cwd` or in a folder above it.',
        // The extension completes the services of the Compose file.
        examples: [{ service: 'postgres', files: ['compose.yaml'], profiles: ['dev'], project: 'shop', build: true }],
      }),
    ),
  ),
  role: v.exactOptional(
    v.pipe(
      choice('backend', 'frontend', 'database', 'worker', 'other'),
      about({
        description: 'What the service is. "Restart Backend" and "Restart Frontend" act on the services with that role.',
        enumDescriptions: [
          'A server that others call, such as an API.',
          'A server whose pages a browser opens.',
          'A data store.',
          'A process without a port.',
          'Anything else.',
        ],
      }),
    ),
    'other',
  ),
  groups,
  cwd: v.exactOptional(
    v.pipe(
      v.string(t('{0} must be the path of a folder.', subject)),
      about({
        description: 'The folder that the service runs in, relative to the workspace folder (the default).',
      }),
    ),
    '',
  ),
  env: v.exactOptional(
    v.pipe(
      dictionary(
        v.pipe(
          v.string(),
          v.regex(
            /^[^=]+$/,
            t('{0} is not a valid name of an environment variable: it must not be empty or contain "=".', subject),
          ),
        ),
        v.string(t('{0} must be a string: put it in quotes.', subject)),
        t('{0} must be an object of strings such as { "LOG_LEVEL": "debug" }.', subject),
      ),
      about({ description: 'Environment variables. They override those from `envFile`.', examples: [{ LOG_LEVEL: 'debug' }] }),
    ),
    {},
  ),
  envFile: v.exactOptional(
    v.pipe(
      envFile,
      about({
        description:
          'One or more files with environment variables, in `cwd` or in the workspace folder. Later files override earlier ones.',
      }),
    ),
    [],
  ),
  port: v.exactOptional(
    v.pipe(
      portOrChoice,
      about({
        description:
          'The port that the service listens on: a number, "auto" for a free port, or a range such as [8000, 8099] for its first free port. A chosen port stays the same for this folder, and the service gets it as `PORT` and `${port}`. Without `health`, the service is ready when this port accepts connections.',
        examples: [3000, 5173, 8000, 'auto', [8000, 8099]],
      }),
    ),
  ),
  url: v.exactOptional(
    v.pipe(
      url(),
      about({
        description: 'The address that "Open in Browser" opens. Without it, `http://localhost:<port>/`.',
        examples: ['http://localhost:8000/docs'],
      }),
    ),
  ),
  health: v.exactOptional(
    v.pipe(
      v.union(
        [address(), healthSchema],
        t('{0} must be a path such as "/health", or an object with one of "http", "tcp" and "exec".', subject),
      ),
      about({
        description:
          'How to check that the service responds: a path on its port, a URL, or an object with fields like those of a Kubernetes probe.',
        snippets: 'health',
      }),
    ),
  ),
  readyLine: v.exactOptional(
    v.pipe(
      linePattern(),
      about({
        description: 'A string, or a /regular expression/, in the output that means the service is ready.',
        examples: ['Application startup complete', '/ready in \\d+ ms/'],
      }),
    ),
  ),
  checks: v.exactOptional(
    v.pipe(
      v.array(checkSchema, t('{0} must be a list of checks.', subject)),
      about({
        description: 'Requests that "Run Checks" sends on demand.',
      }),
    ),
    [],
  ),
  dependsOn: v.exactOptional(
    v.pipe(
      dependsOn,
      about({
        description: 'Services to start first. A list waits until they are healthy; an object states what to wait for.',
      }),
    ),
    [],
  ),
  setup: v.exactOptional(
    v.pipe(
      v.array(stepSchema, t('{0} must be a list of steps.', subject)),
      about({
        description:
          'Commands that run in this order before each start, when they are needed, for example to install dependencies. If a step fails, the service is not started.',
      }),
    ),
    [],
  ),
  commands,
  debug,
  watch,
  restart: v.exactOptional(
    v.pipe(
      choice('no', 'on-failure', 'always'),
      about({
        description: 'What to do when the service exits unexpectedly.',
        enumDescriptions: ['Do not restart it.', 'Restart it after a failure.', 'Restart it whatever the exit code is.'],
      }),
    ),
    'no',
  ),
  maxRestarts: v.exactOptional(v.pipe(count(0), about({ description: 'Number of restarts before giving up.' })), 5),
  backoff: v.exactOptional(
    v.pipe(
      backoffSchema,
      about({ description: 'Delays between restarts.', examples: [{ initial: '1s', max: '30s', resetAfter: '60s' }] }),
    ),
    {},
  ),
  restartUnhealthyAfter: v.exactOptional(
    v.pipe(
      duration({ min: 1000, max: hourMs }),
      about({
        description:
          'Restart the service when it has been unhealthy for this long. Without this key, an unhealthy service is not restarted.',
        examples: ['2m'],
      }),
    ),
  ),
  stopSignal: v.exactOptional(
    v.pipe(
      choice('SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'),
      about({
        description:
          'The signal that asks the service to stop. SIGINT is what Ctrl+C sends. On Windows Ctrl+C is typed into its terminal instead.',
      }),
    ),
    'SIGINT',
  ),
  stopGracePeriod: v.exactOptional(
    v.pipe(
      duration({ min: 0, max: hourMs }),
      about({
        description: 'Time to exit after the stop signal before all processes of the service are killed; 0 kills them at once.',
      }),
    ),
    '10s',
  ),
  stopCommand: v.exactOptional(
    v.pipe(
      v.string(t('{0} must be a command.', subject)),
      about({
        description: 'A command that stops the service, used instead of the signal.',
        examples: ['docker compose stop postgres'],
      }),
    ),
  ),
  onPortConflict: v.exactOptional(
    v.pipe(
      choice('ask', 'stop', 'adopt', 'fail'),
      about({
        description: 'What to do when another process is listening on the port.',
        enumDescriptions: [
          'Ask what to do.',
          'End the other process, after you confirm.',
          'Monitor the other process as if it were this service.',
          'Do not start.',
        ],
      }),
    ),
    'ask',
  ),
  autoStart: v.exactOptional(
    v.pipe(
      v.boolean(t('{0} must be true or false.', subject)),
      about({ description: 'Start the service when the workspace opens, after you have agreed once.' }),
    ),
    false,
  ),
};

export const serviceSchema = v.pipe(
  object(entries, t('{0} must be an object such as { "command": "npm run dev" }.', subject)),
  about({
    description: 'A service: a process, or a container, with its own terminal.',
    snippets: 'service',
  }),
);

export const fileSchema = v.pipe(
  object(
    {
      $schema: v.exactOptional(
        v.pipe(
          v.string(t('{0} must be a string.', subject)),
          about({ description: 'The address of a JSON schema for this file.' }),
        ),
      ),
      services: v.pipe(
        dictionary(
          v.pipe(v.string(), v.regex(/^[^/]*[^/\s][^/]*$/, t('{0} must not be empty or contain "/".', subject))),
          serviceSchema,
          t('{0} must be an object of services.', subject),
        ),
        about({ description: 'The services by name.', examples: [{ backend: { command: 'npm start', port: 3000 } }] }),
      ),
    },
    t('{0} must be an object such as { "services": {} }.', subject),
  ),
  about({ description: 'The local servers of this workspace folder, run by Service Lifecycle.' }),
);

/** One entry of services.json, as written in the file. */
export type ServiceConfig = v.InferInput<typeof serviceSchema>;

/** One entry with defaults, durations in ms, and short forms of one or more values read into lists. */
export type ReadService = v.InferOutput<typeof serviceSchema>;
