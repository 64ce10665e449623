/** Signatures of situations that are no error of the program. Seen in the output or the source of the tools; see the examples. */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const situationSignatures: readonly Signature[] = [
  sign(
    'debugger',
    'Node',
    /^Debugger listening on (?<address>ws:\/\/[^\s/]+:(?<port>\d+))/,
    'Debugger listening on ws://127.0.0.1:9229/4b0c9fc1-0b8c-4f7a-9a9b-2f1a2a3b4c5d',
  ),
  sign(
    'debugger',
    'Java',
    /^Listening for transport dt_socket at address: (?<port>\d+)/,
    'Listening for transport dt_socket at address: 5005',
  ),
  sign('debugger', 'Delve', /^API server listening at: (?<address>\S+:(?<port>\d+))/, 'API server listening at: 127.0.0.1:2345'),

  sign(
    'pidFile',
    'Rails',
    /A server is already running \(pid: (?<pid>\d+), file: (?<file>[^)]+)\)/,
    'A server is already running (pid: 4711, file: /shop/tmp/pids/server.pid).',
  ),
  sign(
    'pidFile',
    'Rails',
    /A server is already running\. Check (?<file>.+\.pid)\b/,
    'A server is already running. Check /shop/tmp/pids/server.pid.',
  ),
  sign(
    'pidFile',
    'Gunicorn',
    /Already running on PID (?<pid>\d+) \(or pid file '(?<file>[^']+)' is stale\)/,
    "Error: Already running on PID 4711 (or pid file '/shop/gunicorn.pid' is stale)",
  ),
  sign(
    'pidFile',
    'Celery',
    /Pidfile \((?<file>[^)]+)\) already exists\./,
    "ERROR: Pidfile (celerybeat.pid) already exists. Seems we're already running? (pid: 4711)",
  ),
  sign('alreadyRunning', 'Next', /Another next dev server is already running\./, '⨯ Another next dev server is already running.'),
  sign(
    'alreadyRunning',
    'Next',
    /Unable to acquire lock at .{1,300}, is another instance of next \w+ running\?/,
    '⨯ Unable to acquire lock at /shop/.next/dev/lock, is another instance of next dev running?',
  ),
  sign(
    'hostRefused',
    'Django',
    /Invalid HTTP_HOST header: '(?<host>[^'\s]{1,255})'/,
    "django.core.exceptions.DisallowedHost: Invalid HTTP_HOST header: 'shop.test:8000'. You may need to add 'shop.test' to ALLOWED_HOSTS.",
  ),
  sign(
    'hostRefused',
    'Rails',
    /HostAuthorization::DefaultResponseApp\] Blocked hosts?: (?<host>[^\s,]{1,255})/,
    '[ActionDispatch::HostAuthorization::DefaultResponseApp] Blocked hosts: shop.test',
  ),
  sign(
    'scriptPolicy',
    'PowerShell',
    /(?<script>[\w-]{1,80}\.ps1)(?: cannot be loaded because running scripts is disabled|\W.{0,200}\babout_Execution_Policies\b)/,
    'npm : File C:\\Program Files\\nodejs\\npm.ps1 cannot be loaded because running scripts is disabled on this system. For more',
  ),
  // In every language of Windows.
  sign(
    'scriptPolicy',
    'PowerShell',
    /\babout_Execution_Policies\b|\bPSSecurityException\b/,
    'information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.',
  ),
  sign(
    'nativeModule',
    'Node',
    /^\s*(?:Error: )?The module '(?<module>[^']+)'/,
    "Error: The module '/shop/node_modules/better-sqlite3/build/Release/better_sqlite3.node'",
  ),
  sign('nativeModule', 'Node', /ERR_DLOPEN_FAILED/, "  code: 'ERR_DLOPEN_FAILED'"),
  sign(
    'nativeModule',
    'Node',
    /NODE_MODULE_VERSION \d+\. This version of Node\.js requires/,
    'was compiled against a different Node.js version using NODE_MODULE_VERSION 93. This version of Node.js requires',
  ),
  sign(
    'dockerNotRunning',
    'Docker',
    /(?:Cannot connect to the Docker daemon|failed to connect to the docker API)(?: at (?<address>[a-z]+:\/\/\S*[^\s.;:]))?/i,
    'docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ),
  // With ssh the URL names no host of its own.
  sign(
    'dockerNotRunning',
    'Docker',
    /error during connect: .*? command \[ssh .*? -- (?<host>[\w.:-]+) docker system dial-stdio\]/,
    'error during connect: Get "http://docker.example.com/v1.45/info": command [ssh -l me -- build.lan docker system dial-stdio] has exited',
  ),
  sign(
    'dockerNotRunning',
    'Docker',
    /error during connect: (?:[\w ]+: )?[A-Z][a-z]+ "?https?:\/\/(?<host>\[[\da-f:]+\]|[\w.-]+)(?::\d+)?\/v\d+\.\d+\//,
    'error during connect: Get "http://build.lan:2375/v1.45/info": dial tcp: lookup build.lan on 10.0.0.1:53: no such host',
  ),
  sign(
    'dockerNotRunning',
    'Docker',
    /error during connect: .*docker/i,
    'error during connect: This error may indicate that the docker daemon is not running',
  ),
  sign(
    'dockerNotRunning',
    'docker-compose',
    /Error while fetching server API version: HTTPS?ConnectionPool\(host='(?<host>[\w.:-]+)'/,
    "docker.errors.DockerException: Error while fetching server API version: HTTPConnectionPool(host='build.lan', port=2375): Max",
  ),
  sign(
    'dockerNotRunning',
    'docker-compose',
    /Error while fetching server API version/,
    "docker.errors.DockerException: Error while fetching server API version: ('Connection aborted.', FileNotFoundError(2, 'x'))",
  ),
  sign('dockerNotRunning', 'Podman', /Cannot connect to Podman/, 'Cannot connect to Podman. Please verify your connection'),
  sign(
    'dockerDenied',
    'Docker',
    /permission denied while trying to connect to the (?:Docker daemon socket|docker API)/i,
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
  ),
  sign(
    'databaseMissing',
    'PostgreSQL',
    /database "(?<name>[^"]+)" does not exist/,
    'psycopg2.OperationalError: connection to server failed: FATAL:  database "shop" does not exist',
  ),
  sign(
    'databaseMissing',
    'MySQL',
    /Unknown database '(?<name>[^']+)'/,
    'sqlalchemy.exc.OperationalError: (1049, "Unknown database \'shop\'")',
  ),
  sign(
    'databaseMissing',
    'Prisma',
    /P1003\b.*?[Dd]atabase `(?<name>[^`]+)`|Database `(?<other>[^`]+)` does not exist/,
    'Error: P1003: Database `shop` does not exist on the database server at `localhost:5432`.',
  ),
  sign(
    'databaseLogin',
    'PostgreSQL',
    /password authentication failed for user "(?<name>[^"]+)"/,
    'FATAL:  password authentication failed for user "shop"',
  ),
  sign('databaseLogin', 'PostgreSQL', /role "(?<name>[^"]+)" does not exist/, 'FATAL:  role "shop" does not exist'),
  sign(
    'databaseLogin',
    'PostgreSQL',
    /no pg_hba\.conf entry for host "[^"]*", user "(?<name>[^"]+)"/,
    'FATAL:  no pg_hba.conf entry for host "127.0.0.1", user "shop", database "shop", no encryption',
  ),
  sign(
    'databaseLogin',
    'PostgreSQL',
    /fe_sendauth: no password supplied|client password must be a string/,
    'Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
  ),
  sign(
    'databaseLogin',
    'MySQL',
    /Access denied for user '(?<name>[^']*)'/,
    "Error: Access denied for user 'shop'@'localhost' (using password: YES)",
  ),
  sign(
    'databaseLogin',
    'Prisma',
    /P1000\b|Authentication failed against (?:the )?database server/,
    'Error: P1000: Authentication failed against database server at `localhost`',
  ),
  sign(
    'databaseLogin',
    'MongoDB',
    /MongoServerError: (?:Authentication failed|command \w+ requires authentication)|pymongo\.errors\.OperationFailure: Authentication failed/,
    'MongoServerError: Authentication failed.',
  ),
  sign(
    'databaseLogin',
    'Redis',
    /NOAUTH Authentication required|WRONGPASS invalid username-password pair/,
    'ReplyError: NOAUTH Authentication required.',
  ),
  sign(
    'migrations',
    'Rails',
    /ActiveRecord::PendingMigrationError|Migrations are pending/,
    'Migrations are pending. To resolve this issue, run:',
  ),
  sign(
    'migrations',
    'Django',
    /django\.db\.utils\.(?:OperationalError|ProgrammingError): (?:no such table: |relation ")(?<name>[\w.]+)/,
    'django.db.utils.OperationalError: no such table: shop_item',
  ),
  sign(
    'migrations',
    'Prisma',
    /The table `(?<name>[^`]+)` does not exist in the current database/,
    'The table `main.Item` does not exist in the current database.',
  ),
  sign('migrations', 'Alembic', /Target database is not up to date/, 'FAILED: Target database is not up to date.'),
  sign(
    'migrations',
    'SQLAlchemy',
    /(?:\(sqlite3\.OperationalError\) no such table: |UndefinedTable\S* relation ")(?<name>[\w.]+)/,
    'sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: items',
  ),
];
