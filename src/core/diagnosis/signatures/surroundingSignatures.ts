/**
 * Signatures for what a program needs from its environment (databases, permissions, memory, variables).
 * Seen in the output or the source of the tools; see the examples.
 */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const surroundingSignatures: readonly Signature[] = [
  sign(
    'database',
    'psycopg',
    /connection to server at "(?<host>[^"]+)"(?: \([^)]*\))?, port (?<port>\d+) failed: Connection refused/,
    'psycopg2.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
  ),
  sign(
    'database',
    'libpq',
    /connection to server on socket "[^"]*\.s\.PGSQL\.(?<port>\d+)" failed: (?:No such file|Connection refused)/,
    'connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No such file or directory',
  ),
  sign(
    'database',
    'Prisma',
    /Can't reach database server at `(?<host>[^`:]+)`?:`?(?<port>\d+)`/,
    "Can't reach database server at `localhost:5432`",
  ),
  sign(
    'database',
    'Npgsql',
    /Failed to connect to (?<host>[\d.]+):(?<port>\d+)/,
    'Npgsql.NpgsqlException (0x80004005): Failed to connect to 127.0.0.1:5432',
  ),
  sign(
    'database',
    'asyncpg',
    /\[Errno (?:111|61|10061)\] Connect call failed \('(?<host>[^']+)', (?<port>\d+)/,
    "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 5432)",
  ),
  sign(
    'database',
    'redis-py',
    /Error (?:111|61|10061) connecting to (?<host>[^:\s]+):(?<port>\d+)/,
    'redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.',
  ),
  sign(
    'database',
    'MySQL',
    /Can't connect to MySQL server on '(?<host>[^':]+)(?::(?<port>\d+))?'/,
    "sqlalchemy.exc.OperationalError: (2003, \"Can't connect to MySQL server on '127.0.0.1:3306' (111)\")",
  ),
  // A socket has no port; the name of the file says whose it is.
  sign(
    'database',
    'MySQL through a socket',
    /Can't connect to local (?:MySQL |MariaDB )?server through socket '(?<socket>[^']+)'/,
    "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)",
  ),
  sign(
    'database',
    'MongoDB',
    /(?:MongooseServerSelectionError|MongoServerSelectionError|MongoNetworkError): .*ECONNREFUSED (?<host>\S+):(?<port>\d+)/,
    'MongooseServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017',
  ),
  sign(
    'database',
    'pymongo',
    /ServerSelectionTimeoutError: (?<host>[^:\s]+):(?<port>\d+):/,
    'pymongo.errors.ServerSelectionTimeoutError: localhost:27017: [Errno 111] Connection refused',
  ),
  sign(
    'database',
    'Spring Boot',
    /Connection to (?<host>[^:\s]+):(?<port>\d+) refused/,
    'org.postgresql.util.PSQLException: Connection to localhost:5432 refused. Check that the hostname and port are correct',
  ),
  sign(
    'database',
    'Go',
    /dial tcp (?<host>\S+?):(?<port>\d+): (?:connect|connectex): .*refused/,
    'dial tcp 127.0.0.1:5432: connect: connection refused',
  ),
  sign(
    'refused',
    'react-scripts',
    /Proxy error: Could not proxy request .* to https?:\/\/(?<host>[^:/\s]+):(?<port>\d+)/,
    'Proxy error: Could not proxy request /api/items from localhost:3000 to http://localhost:8000.',
  ),
  sign(
    'refused',
    'webpack',
    /\[HPM\] Error occurred while proxying request .* to https?:\/\/(?<host>[^:/\s]+):(?<port>\d+)/,
    '[HPM] Error occurred while proxying request localhost:8080/api to http://localhost:8000/ [ECONNREFUSED]',
  ),
  sign(
    'refused',
    'Next',
    /Failed to proxy https?:\/\/(?<host>[^:/\s]+):(?<port>\d+)/,
    'Failed to proxy http://localhost:8000/api/items Error: connect ECONNREFUSED 127.0.0.1:8000',
  ),
  sign('refused', 'Node', /connect ECONNREFUSED (?<host>\S+):(?<port>\d+)/, 'Error: connect ECONNREFUSED 127.0.0.1:8000'),

  sign(
    'portForbidden',
    'Node',
    /listen EACCES: permission denied (?:\S*:)?(?<port>\d+)/,
    'Error: listen EACCES: permission denied 0.0.0.0:80',
  ),
  sign(
    'portForbidden',
    'Windows',
    /WinError 10013/,
    'PermissionError: [WinError 10013] An attempt was made to access a socket in a way forbidden by its access permissions',
  ),
  sign(
    'portForbidden',
    'Django',
    /You don't have permission to access that port/,
    "Error: You don't have permission to access that port.",
  ),
  sign('portForbidden', 'Go', /listen tcp \S*:(?<port>\d+): bind: permission denied/, 'listen tcp :80: bind: permission denied'),
  sign(
    'portForbidden',
    'uvicorn',
    /bind on address \('[^']*', (?<port>\d+).*permission denied/i,
    "ERROR:    [Errno 13] error while attempting to bind on address ('127.0.0.1', 80): permission denied",
  ),
  sign(
    'memory',
    'Node',
    /JavaScript heap out of memory/,
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ),
  sign('memory', 'Python', /^MemoryError\b/, 'MemoryError'),
  sign('memory', 'Java', /java\.lang\.OutOfMemoryError/, 'java.lang.OutOfMemoryError: Java heap space'),
  sign('memory', 'Go', /fatal error: runtime: out of memory/, 'fatal error: runtime: out of memory'),
  sign(
    'memory',
    '.NET',
    /System\.OutOfMemoryException/,
    'Unhandled exception. System.OutOfMemoryException: Array dimensions exceeded supported range.',
  ),
  sign(
    'memory',
    'gunicorn',
    /was sent SIGKILL! Perhaps out of memory\?/,
    '[ERROR] Worker (pid:4711) was sent SIGKILL! Perhaps out of memory?',
  ),
  sign(
    'watchers',
    'Node',
    /ENOSPC: System limit for number of file watchers reached/,
    "Error: ENOSPC: System limit for number of file watchers reached, watch '/app/src'",
  ),
  sign('watchers', 'Node', /EMFILE: too many open files, watch/, 'Error: EMFILE: too many open files, watch'),
  sign('watchers', 'watchfiles', /OS file watch limit reached/, 'OSError: OS file watch limit reached. about ["/app"]'),
  sign(
    'watchers',
    '.NET',
    /configured user limit \(\d+\) on the number of inotify (?:instances|watches)/,
    'System.IO.IOException: The configured user limit (128) on the number of inotify instances has been reached',
  ),
  sign('variable', 'Python', /^KeyError: '(?<name>[A-Z][A-Z0-9_]+)'$/, "KeyError: 'DATABASE_URL'"),
  sign(
    'variable',
    'zod',
    /(?:ZodError|[Ii]nvalid env\w*(?: variables?)?|[Ee]nvironment variables?)\S{0,3} (?<name>[A-Z][A-Z0-9_]+): /,
    'ZodError: DATABASE_URL: Required',
  ),
  sign(
    'variable',
    'valibot',
    /Expected "(?<name>[A-Z][A-Z0-9_]+)" but received undefined/,
    'ValiError: Invalid key: Expected "STRIPE_KEY" but received undefined',
  ),
  sign(
    'variable',
    'dotenv-safe',
    /not present in the environment: (?<name>[A-Z][A-Z0-9_]+)/,
    'MissingEnvVarsError: The following variables were defined in .env.example but are not present in the environment: STRIPE_KEY',
  ),
  sign(
    'variable',
    'decouple',
    /UndefinedValueError: (?<name>\w+) not found/,
    'decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.',
  ),
  sign(
    'variable',
    'Django',
    /ImproperlyConfigured: Set the (?<name>\w+) environment variable/,
    'django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable',
  ),
  sign(
    'variable',
    'any',
    /(?:missing|required|undefined) (?:required )?env(?:ironment)? (?:variable|var):? ["'`]?(?<name>[A-Z][A-Z0-9_]+)/i,
    'Error: Missing required environment variable: DATABASE_URL',
  ),
  sign(
    'variable',
    'any',
    /["'`]?(?<name>[A-Z][A-Z0-9_]{1,100})["'`]? (?:environment variable )?(?:is not set|is not defined|must be set|is (?:a )?required|not set)/,
    'Error: DATABASE_URL is not set',
  ),
  sign(
    'variable',
    'sh',
    /^\S+: (?:line )?\d+: (?<name>[A-Z][A-Z0-9_]+): (?!(?:command )?not found)/,
    'start.sh: line 3: DATABASE_URL: unbound variable',
  ),
  sign(
    'variable',
    'Ruby',
    /key not found: "(?<name>[A-Z][A-Z0-9_]+)"/,
    'server.rb:1:in `fetch\': key not found: "DATABASE_URL" (KeyError)',
  ),
  sign('forced', 'tsx', /Process didn't exit in \d+s\. Force killing/, "[tsx] Process didn't exit in 5s. Force killing..."),
  sign(
    'forced',
    'uvicorn',
    /Waiting for (?:connections to close|background tasks to complete)\. \(CTRL\+C to force quit\)/,
    'INFO:     Waiting for connections to close. (CTRL+C to force quit)',
  ),
  sign('forced', 'nodemon', /still waiting for \d+ sub-process/, '[nodemon] still waiting for 1 sub-process to finish...'),
];
