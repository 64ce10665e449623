import assert from 'node:assert/strict';
import type { Case } from './marked';
import { check, file, keysOf } from './marked';

const needsDuration = (limits: string) =>
  `must be a duration from ${limits}, as a number of seconds or a string such as "500ms" or "1m30s"`;
const needsAddress = 'must be a path that starts with "/" or a URL that starts with "http://" or "https://"';
const needsCommand = 'must be a command such as "npm run dev", or a list such as ["node", "server.js"] with the program first';
const needsCompose =
  'must be the name of a service in the Compose file, or an object such as { "service": "postgres", "files": ["compose.yaml"] }';
const needsService = 'must be the name of a service in the Compose file';
const needsNumber = 'must be a whole number from 1 to 65535';
const needsPort = `${needsNumber}, "auto", or a range such as [8000, 8099]`;

/** Members of service `a`, each with one error. */
const members: readonly Case[] = [
  ['"command": ⟦""⟧', 'invalidValue', `"command" ${needsCommand}. Found: "".`],
  ['"command": ⟦"  "⟧', 'invalidValue', `"command" ${needsCommand}. Found: "  ".`],
  ['⟦"command"⟧: []', 'invalidValue', `"command" ${needsCommand}.`],
  ['⟦"command"⟧: ["", "b"]', 'invalidValue', `"command" ${needsCommand}.`],
  ['"command": ["node", ⟦1⟧]', 'invalidValue', `"command[1]" ${needsCommand}. Found: 1.`],
  ['"command": ⟦7⟧', 'invalidValue', `"command" ${needsCommand}. Found: 7.`],
  ['⟦"command"⟧: "x", "compose": "y"', 'unusedKey', '"command" and "compose" exclude each other: remove one of them.'],
  ['"compose": ⟦1⟧', 'invalidValue', `"compose" ${needsCompose}. Found: 1.`],
  ['"compose": ⟦"-p"⟧', 'invalidValue', `"compose" ${needsService}. Found: "-p".`],
  ['"compose": ⟦"a b"⟧', 'invalidValue', `"compose" ${needsService}. Found: "a b".`],
  ['⟦"compose"⟧: []', 'invalidValue', `"compose" ${needsCompose}.`],
  ['⟦"compose"⟧: {}', 'missingKey', '"compose" has no "service": add it.'],
  ['"compose": { "service": ⟦"$x"⟧ }', 'invalidValue', `"compose.service" ${needsService}. Found: "$x".`],
  [
    '"compose": { "service": "a", "files": ⟦"compose.yaml"⟧ }',
    'invalidValue',
    '"compose.files" must be a list of paths such as ["compose.yaml"]. Found: "compose.yaml".',
  ],
  [
    '"compose": { "service": "a", ⟦"profiles"⟧: [] }',
    'invalidValue',
    '"compose.profiles" must be a list of profiles such as ["dev"].',
  ],
  [
    '"compose": { "service": "a", "project": ⟦"Shop"⟧ }',
    'invalidValue',
    '"compose.project" must begin with a lower-case letter or a digit, and contain only those, "-" and "_". Found: "Shop".',
  ],
  ['"compose": { "service": "a", "build": ⟦"yes"⟧ }', 'invalidValue', '"compose.build" must be true or false. Found: "yes".'],
  ['"command": "x", "port": ⟦70000⟧', 'invalidValue', `"port" ${needsPort}. Found: 70000.`],
  ['"command": "x", "port": ⟦0⟧', 'invalidValue', `"port" ${needsPort}. Found: 0.`],
  ['"command": "x", "port": ⟦80.5⟧', 'invalidValue', `"port" ${needsPort}. Found: 80.5.`],
  ['"command": "x", "port": ⟦"8000"⟧', 'invalidValue', `"port" ${needsPort}. Found: "8000".`],
  ['"command": "x", "port": ⟦"autp"⟧', 'invalidValue', `"port" ${needsPort}. Did you mean "auto"?`],
  ['"command": "x", ⟦"port"⟧: [8000]', 'invalidValue', `"port" ${needsPort}.`],
  ['"command": "x", ⟦"port"⟧: [8000, 8001, 8002]', 'invalidValue', `"port" ${needsPort}.`],
  ['"command": "x", "port": [8000, ⟦"x"⟧]', 'invalidValue', `"port[1]" ${needsPort}. Found: "x".`],
  ['"command": "x", ⟦"port"⟧: [8099, 8000]', 'invalidValue', `"port" ${needsPort}.`],
  ['"command": "x", "port": ⟦null⟧', 'invalidValue', `"port" ${needsPort}. Found: null.`],
  [
    '"command": "x", "role": ⟦"backed"⟧',
    'invalidValue',
    '"role" must be one of "backend", "frontend", "database", "worker", or "other". Did you mean "backend"?',
  ],
  [
    '"command": "x", "restart": ⟦"unless-stopped"⟧',
    'invalidValue',
    '"restart" must be one of "no", "on-failure", or "always". Found: "unless-stopped".',
  ],
  [
    '"command": "x", "stopSignal": ⟦9⟧',
    'invalidValue',
    '"stopSignal" must be one of "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", or "SIGKILL". Found: 9.',
  ],
  [
    '"command": "x", "groups": ⟦"core"⟧',
    'invalidValue',
    '"groups" must be a list of group names such as ["core"]. Found: "core".',
  ],
  [
    '"command": "x", "groups": ["a", ⟦1⟧]',
    'invalidValue',
    '"groups[1]" must be a list of group names such as ["core"]. Found: 1.',
  ],
  ...['', ' ', '@core', 'a/b', ' a', 'a '].map(
    (name) =>
      [
        `"command": "x", "groups": [⟦${JSON.stringify(name)}⟧]`,
        'invalidValue',
        `"groups[0]" is not a valid group name: it must not be empty, contain "@" or "/", or begin or end with a space. Found: ${JSON.stringify(name)}.`,
      ] as const,
  ),
  [
    '"command": "x", "watch": ⟦"src"⟧',
    'invalidValue',
    '"watch" must be a list of patterns such as ["src/**/*.py"], or an object with "paths". Found: "src".',
  ],
  [
    '"command": "x", ⟦"watch"⟧: []',
    'invalidValue',
    '"watch" must be a list of patterns such as ["src/**/*.py"], or an object with "paths".',
  ],
  ['"command": "x", ⟦"watch"⟧: { "ignore": ["a"] }', 'missingKey', '"watch" has no "paths": add it.'],
  [
    '"command": "x", "watch": [⟦"/src"⟧]',
    'invalidValue',
    '"watch[0]" must be a path or a pattern such as "src/**/*.py", relative to the folder of the service. Found: "/src".',
  ],
  [
    '"command": "x", "watch": { "paths": ["a"], "debounce": ⟦"1ms"⟧ }',
    'invalidValue',
    '"watch.debounce" must be a duration from 50ms to 1m, as a number of seconds or a string such as "500ms" or "1m30s". Found: "1ms".',
  ],
  [
    '"command": "x", "dependsOn": { "b": { "restart": ⟦"yes"⟧ } }',
    'invalidValue',
    '"dependsOn.b.restart" must be true or false. Found: "yes".',
  ],
  [
    '"command": "x", "dependsOn": { "b": { "condition": ⟦"health"⟧ } }',
    'invalidValue',
    '"dependsOn.b.condition" must be one of "started", "healthy", or "completed". Did you mean "healthy"?',
  ],
  [
    '"command": "x", "dependsOn": { "b": ⟦true⟧ }',
    'invalidValue',
    '"dependsOn.b" must be "started", "healthy" or "completed", or an object such as { "condition": "healthy", "restart": true }. Found: true.',
  ],
  [
    '"command": "x", "commands": ⟦"seed"⟧',
    'invalidValue',
    '"commands" must be an object of commands such as { "Seed data": "python seed.py" }. Found: "seed".',
  ],
  [
    '"command": "x", "commands": { ⟦"Seed"⟧: ["python"] }',
    'invalidValue',
    '"commands.Seed" must be a command such as "python seed.py".',
  ],
  [
    '"command": "x", "commands": { "Seed": ⟦" "⟧ }',
    'invalidValue',
    '"commands.Seed" must be a command such as "python seed.py". Found: " ".',
  ],
  ['"command": "x", "commands": { ⟦" "⟧: "x" }', 'invalidValue', '"commands. " must have a name: write one between the quotes.'],
  ['"command": "x", "autoStart": ⟦"yes"⟧', 'invalidValue', '"autoStart" must be true or false. Found: "yes".'],
  ['"command": "x", "cwd": ⟦1⟧', 'invalidValue', '"cwd" must be the path of a folder. Found: 1.'],
  ['"command": "x", "env": { "PORT": ⟦8000⟧ }', 'invalidValue', '"env.PORT" must be a string: put it in quotes. Found: 8000.'],
  ['"command": "x", ⟦"env"⟧: ["A=b"]', 'invalidValue', '"env" must be an object of strings such as { "LOG_LEVEL": "debug" }.'],
  [
    '"command": "x", "env": { ⟦"A=B"⟧: "c" }',
    'invalidValue',
    '"env.A=B" is not a valid name of an environment variable: it must not be empty or contain "=".',
  ],
  [
    '"command": "x", "envFile": [".env", ⟦""⟧]',
    'invalidValue',
    '"envFile[1]" must be a path such as ".env", or a list of paths. Found: "".',
  ],
  [
    '"command": "x", "url": ⟦"localhost:8000"⟧',
    'invalidValue',
    '"url" must be a URL that starts with "http://" or "https://". Found: "localhost:8000".',
  ],
  ['"command": "x", "port": 1, "health": ⟦"health"⟧', 'invalidValue', `"health" ${needsAddress}. Found: "health".`],
  ['"command": "x", ⟦"health"⟧: {}', 'invalidValue', '"health" must have exactly one of "http", "tcp" and "exec".'],
  [
    '"command": "x", "port": 1, ⟦"health"⟧: { "http": "/", "tcp": 1 }',
    'invalidValue',
    '"health" must have exactly one of "http", "tcp" and "exec".',
  ],
  [
    '"command": "x", ⟦"health"⟧: [1]',
    'invalidValue',
    '"health" must be a path such as "/health", or an object with one of "http", "tcp" and "exec".',
  ],
  [
    '"command": "x", "health": ⟦true⟧',
    'invalidValue',
    '"health" must be a path such as "/health", or an object with one of "http", "tcp" and "exec". Found: true.',
  ],
  ['"command": "x", "health": { "tcp": ⟦99999⟧ }', 'invalidValue', `"health.tcp" ${needsNumber}. Found: 99999.`],
  [
    '"command": "x", "health": { "tcp": 1, "interval": ⟦"5"⟧ }',
    'invalidValue',
    `"health.interval" ${needsDuration('100ms to 1h')}. Found: "5".`,
  ],
  [
    '"command": "x", "health": { "tcp": 1, "interval": ⟦0⟧ }',
    'invalidValue',
    `"health.interval" ${needsDuration('100ms to 1h')}. Found: 0.`,
  ],
  [
    '"command": "x", "health": { "tcp": 1, "interval": ⟦"50ms"⟧ }',
    'invalidValue',
    `"health.interval" ${needsDuration('100ms to 1h')}. Found: "50ms".`,
  ],
  [
    '"command": "x", "health": { "tcp": 1, "timeout": ⟦"2h"⟧ }',
    'invalidValue',
    `"health.timeout" ${needsDuration('10ms to 1h')}. Found: "2h".`,
  ],
  [
    '"command": "x", "health": { "tcp": 1, "failureThreshold": ⟦0⟧ }',
    'invalidValue',
    '"health.failureThreshold" must be a whole number of at least 1. Found: 0.',
  ],
  [
    '"command": "x", "port": 1, "health": { "http": "/", "status": [200, ⟦20⟧] }',
    'invalidValue',
    '"health.status[1]" must be an HTTP status code from 100 to 599, or a list of such codes. Found: 20.',
  ],
  ['"command": "x", "stopGracePeriod": ⟦-1⟧', 'invalidValue', `"stopGracePeriod" ${needsDuration('0s to 1h')}. Found: -1.`],
  [
    '"command": "x", ⟦"backoff"⟧: { "initial": "2m" }',
    'invalidValue',
    '"backoff" must have an "initial" that is not longer than "max".',
  ],
  ['"command": "x", "maxRestarts": ⟦-1⟧', 'invalidValue', '"maxRestarts" must be a whole number of at least 0. Found: -1.'],
  [
    '"command": "x", "readyLine": ⟦"/(/"⟧',
    'invalidValue',
    '"readyLine" is not a valid regular expression (unterminated group): correct it, or remove the slashes to search for the string itself. Found: "/(/".',
  ],
  ...['g', 'y', 'gi', 'iy'].map((flags): Case => [
    `"command": "x", "readyLine": ⟦"/ready/${flags}"⟧`,
    'invalidValue',
    `"readyLine" must not use the flags g and y, because each line is matched separately. Found: "/ready/${flags}".`,
  ]),
  ['"command": "x", "checks": [⟦{⟧ "name": "b" }]', 'missingKey', '"checks[0]" has no "http": add it.'],
  [
    '"command": "x", "port": 1, "checks": [{ "http": "/", "status": ⟦"200"⟧ }]',
    'invalidValue',
    '"checks[0].status" must be an HTTP status code from 100 to 599, or a list of such codes. Found: "200".',
  ],
  ['"command": "x", "setup": ⟦"npm i"⟧', 'invalidValue', '"setup" must be a list of steps. Found: "npm i".'],
  [
    '"command": "x", "setup": [⟦"npm i"⟧]',
    'invalidValue',
    '"setup[0]" must be an object such as { "name": "install", "command": "npm install", "unless": "node_modules" }. Found: "npm i".',
  ],
  [
    '"command": "x", "dependsOn": { "b": ⟦"health"⟧ }',
    'invalidValue',
    '"dependsOn.b" must be one of "started", "healthy", or "completed". Did you mean "healthy"?',
  ],
  [
    '"command": "x", "dependsOn": ⟦"b"⟧',
    'invalidValue',
    '"dependsOn" must be a list of services such as ["postgres"], or an object such as { "postgres": "healthy" }. Found: "b".',
  ],
  ['"command": "x", "dependsOn": [⟦1⟧]', 'invalidValue', '"dependsOn[0]" must be the name of a service. Found: 1.'],
  ['"command": "x", "dependsOn": [⟦"B"⟧]', 'unknownDependency', 'Unknown service "B" in "dependsOn": did you mean "b"?'],
  [
    '"command": "x", "dependsOn": ["b", ⟦"postgres"⟧]',
    'unknownDependency',
    'Unknown service "postgres" in "dependsOn": add a service with this name, or remove it here.',
  ],
  [
    '"command": "x", "dependsOn": { ⟦"postgres"⟧: "started" }',
    'unknownDependency',
    'Unknown service "postgres" in "dependsOn": add a service with this name, or remove it here.',
  ],
  ['"command": "x", "dependsOn": [⟦"a"⟧]', 'dependencyCircle', '"a" depends on itself and can never start: remove it here.'],
  ['"command": "x", "health": ⟦"/health"⟧', 'portNeeded', 'The path "/health" needs a port: add "port", or write a full URL.'],
  [
    '"command": "x", "health": { "http": ⟦"/health"⟧ }',
    'portNeeded',
    'The path "/health" needs a port: add "port", or write a full URL.',
  ],
  [
    '"command": "x", "checks": [{ "http": ⟦"/b"⟧ }]',
    'portNeeded',
    'The path "/b" needs a port: add "port", or write a full URL.',
  ],
  ['"command": "x", "port": 1, ⟦"port"⟧: 2', 'duplicateKey', 'Duplicate key "port": remove one of them.'],
  ['"command": "x", "env": { "A": "b", ⟦"A"⟧: "c" }', 'duplicateKey', 'Duplicate key "A": remove one of them.'],
];

describe('core/config/parse: an error in a service leaves out that service only', () => {
  for (const [marked, code, message] of members) {
    it(`reports ${code} in ${marked}`, () => {
      const parsed = check([file(`"a": { ${marked} }, "b": { "command": "x" }`), code, message], 'error');
      assert.deepEqual(
        parsed.problems.map((problem) => problem.service),
        ['a'],
      );
      assert.deepEqual(
        parsed.broken.map(({ id, message: told }) => [id, told]),
        [['a', message]],
      );
      assert.deepEqual(keysOf(parsed), ['b']);
    });
  }
});
