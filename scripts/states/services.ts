/** A workspace with one service for each state, named by it. */

/** First of the ports that are used, away from those of the sample and of the tests. */
export const startPort = 21_300;

/** `node server.js <port> [kind]`: a server that answers, or behaves as its kind says. */
export const serverSource = `const http = require('node:http');
const [port, kind] = process.argv.slice(2);
let asked = 0;
const server = http.createServer((request, response) => {
  asked += 1;
  if (kind === 'hung' && asked > 2) return;
  // Only a debugger is stopped by it.
  if (request.url === '/pause') debugger;
  response.statusCode = kind === 'unhealthy' && asked > 2 ? 500 : 200;
  response.end('ok');
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening on http://127.0.0.1:' + port));
`;

const port = (number: number) => ({ port: startPort + number, health: '/' });
/** Of the service that is paused. */
export const pausedPort = startPort + 17;
const serve = (kind = '') => `node server.js \${port} ${kind}`.trim();
const probe = { interval: '1s', timeout: '1s', failureThreshold: 1 };
const automatic = { autoStart: true };

export const services: Readonly<Record<string, object>> = {
  healthy: { ...automatic, role: 'backend', command: serve(), ...port(0) },
  worker: { ...automatic, role: 'worker', command: "node -e 'setInterval(() => {}, 1000)'" },
  waiting: { ...automatic, command: serve(), ...port(1), dependsOn: ['starting'] },
  starting: { ...automatic, role: 'frontend', command: "node -e 'setInterval(() => {}, 1000)'", ...port(2) },
  setup: {
    ...{ ...automatic, command: serve(), ...port(3) },
    setup: [{ name: 'install', command: 'sleep 3000' }],
  },
  unhealthy: { ...automatic, command: serve('unhealthy'), port: port(4).port, health: { http: '/', ...probe } },
  hung: { ...automatic, command: serve('hung'), port: port(5).port, health: { http: '/', ...probe } },
  failed: {
    ...{ ...automatic, role: 'backend', ...port(6), restart: 'no' },
    command: `node -e 'require("stripe")'`,
  },
  retrying: {
    ...{ ...automatic, ...port(7), restart: 'always', maxRestarts: 100 },
    command: `node -e 'setTimeout(() => { console.error("Error: connection refused"); process.exit(1) }, 500)'`,
  },
  gaveUp: {
    ...{ ...automatic, ...port(8), restart: 'always', maxRestarts: 1 },
    command: `node -e 'console.error("Error: connection refused"); process.exit(1)'`,
  },
  partly: {
    ...{ ...automatic, ...port(11), restart: 'no' },
    command: `node server.js \${port} & node -e 'setTimeout(() => { throw new TypeError("items is not iterable") }, 1500)' & wait`,
  },
  question: {
    ...{ ...automatic, ...port(12) },
    command: `node -e 'process.stdout.write("? Do you want to continue? [Y/n] "); setInterval(() => {}, 1000)'`,
  },
  debugged: { ...automatic, ...port(13), command: 'node --inspect-brk=127.0.0.1:21399 server.js ${port}' },
  paused: { ...automatic, role: 'backend', command: serve(), ...port(17) },
  moved: { command: serve(), ...port(18) },
  outdated: { ...automatic, role: 'frontend', command: serve(), ...port(19), env: { API: '${url:moved}' } },
  asking: { command: serve(), port: startPort + 90, health: '/' },
  external: { ...automatic, command: serve(), port: startPort + 91, health: '/', onPortConflict: 'adopt' },
  noEnvFile: { ...automatic, role: 'backend', command: serve(), ...port(14), envFile: 'config/production.env' },
  setupFailed: {
    ...{ ...automatic, command: serve(), ...port(15) },
    setup: [{ name: 'migrate', command: 'exit 3' }],
  },
  dependent: { ...automatic, command: serve(), ...port(16), dependsOn: ['setupFailed'] },
  stopped: { ...automatic, command: "node -e 'setInterval(() => {}, 1000)'" },
  notStarted: { command: serve(), ...port(10) },
  exited: { ...automatic, command: 'true' },
  broken: { command: serve(), port: 99_999_999 },
};

/** What is in services.json after the start: `outdated` was given the earlier port. */
export const servicesLater = { ...services, moved: { command: serve(), ...port(20) } };

/** Words that the spoken label of each row has when everything is in its place. */
export const statesAtStart: Readonly<Record<string, string>> = {
  healthy: 'Healthy',
  worker: 'Running',
  waiting: 'Waiting',
  starting: 'Starting',
  setup: 'Setup',
  unhealthy: 'Unhealthy',
  hung: 'Hung',
  failed: 'Failed',
  retrying: 'Retrying',
  gaveUp: 'Gave up',
  partly: 'Partly running',
  noEnvFile: 'Env file not found',
  setupFailed: 'Setup step',
  dependent: 'Depends on setupFailed',
  question: 'Needs you',
  debugged: 'Starting',
  paused: 'Paused in the debugger',
  moved: 'Not started',
  outdated: 'Started with an old address of moved',
  asking: 'Needs you',
  external: 'External',
  stopped: 'Stopped',
  notStarted: 'Not started',
  exited: 'Exited',
};
