/**
 * What runners, package managers and build tools write around the program that they run. Each row has an example as the tool writes it, which
 * the tests match. Such a line names no cause: it repeats the command, the exit code or the way to the log.
 */

export interface WrapperLine {
  readonly tool: string;
  readonly pattern: RegExp;
  readonly example: string;
}

const row = (tool: string, pattern: RegExp, example: string): WrapperLine => ({ tool, pattern, example });

export const wrapperLines: readonly WrapperLine[] = [
  row('npm, pnpm', /^> /, '> node server.js'),
  row('npm', /^npm (?:ERR!|error)\s*$/, 'npm error'),
  row(
    'npm',
    /^npm (?:ERR!|error) (?:code|errno|syscall|path|dest|workspace|location|command|signal|cwd|file|node|npm|argv) /,
    'npm error code ENOENT',
  ),
  row('npm', /^npm (?:ERR!|error) Lifecycle script /, 'npm error Lifecycle script `dev` failed with error:'),
  row('npm', /^npm (?:ERR!|error) (?:[A-Z]\w+|[a-z]+)\s*$/, 'npm error enoent'),
  row(
    'npm',
    /^npm (?:ERR!|error) (?:[\w.]+ )?(?:A complete log of this run|To see a list of|This is related to npm not|This is probably not a problem|Failed to parse|Note: |Did you mean)/,
    'npm error A complete log of this run can be found in: /home/dev/.npm/_logs/2026-11-25-debug-0.log',
  ),
  row('npm', /^npm (?:ERR!|error) {3}npm run/, 'npm error   npm run'),
  row(
    'npm',
    /^npm (?:ERR!|error) (?:Usage:|Options:|Run "npm help|aliases?:|Clean install a project|\[|npm \w+$| {2,}--?\w[\w-]*$)/,
    'npm error Usage:',
  ),
  row('npm', /^npm (?:ERR!|error) {3,}(?!--\w+=)/, 'npm error     Sets the strategy for installing packages in node_modules.'),
  row('npm', /^npm (?:warn|WARN|notice|http)\b/, 'npm warn deprecated rimraf@2.7.1: Rimraf is no longer supported'),
  row('pnpm', /^\s{0,4}ELIFECYCLE\b/, ' ELIFECYCLE  Command failed with exit code 1.'),
  row('pnpm', /^\s{0,4}ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL\b/, ' ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL  api@ dev: `node s.js`'),
  row(
    'pnpm',
    /^\s{0,4}WARN\s{1,4}(?:Local package\.json exists|Issues with peer|deprecated)/,
    ' WARN   Local package.json exists, but node_modules missing, did you mean to install?',
  ),
  row('pnpm', /^Command "[^"]+" not found\.$/, 'Command "dev" not found.'),
  row('pnpm', /^(?:Scope: \d+ of \d+ |Exit status \d+$)/, 'Scope: 2 of 3 workspace projects'),
  row('pnpm', /^(?:Running|Failed|Done)(?:\.\.\.| in \d+m?s)/, 'Running...'),
  row('pnpm', /^[\w./@-]{1,120} [\w:-]{1,60}\$ /, 'apps/api dev$ node s.js'),
  row('Gradle', /^<[=-]{1,40}> \d+% /, '<====---------> 25% EXECUTING [9s]'),
  row('wireit', /^❌ (?:\[[^\]]{1,200}\] exited with exit code \d+|\d+ scripts? failed)\.$/, '❌ [dev] exited with exit code 1.'),
  row('Redis', /^\*\*\* FATAL CONFIG FILE ERROR/, '*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***'),
  row('any', /^[=\-*_#~]{4,}$/, '================================'),
  row('Yarn', /^yarn run v\d/, 'yarn run v1.22.22'),
  row('Yarn', /^\$ /, '$ node server.js'),
  row('Yarn', /^error Command failed (?:with exit code \d+|with signal)/, 'error Command failed with exit code 1.'),
  row(
    'Yarn',
    /^info Visit https:\/\/yarnpkg\.com/,
    'info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.',
  ),
  row('Yarn', /^error An unexpected error occurred: "Command failed/, 'error An unexpected error occurred: "Command failed.'),
  row(
    'Yarn',
    /^info If you think this is a bug/,
    'info If you think this is a bug, please open a bug report with the information provided in "/app/yarn-error.log".',
  ),
  row(
    'Yarn Berry',
    /^(?:Internal Error: )?.{0,200}: Couldn't find a script named|^➤ YN0000: (?:[┌└·]|Done|Failed with errors)/,
    '➤ YN0000: Failed with errors in 0s 20ms',
  ),
  row('Bun', /^error: script "[^"]*" (?:exited with code|was terminated)/, 'error: script "dev" exited with code 1'),
  row('Bun', /^Bun v\d+\.\d+/, 'Bun v1.4.5 (Linux x64)'),
  row('concurrently', /^--> (?:Sending |.{1,200} restarted)/, '--> Sending SIGTERM to other processes..'),
  row('concurrently', / exited with code (?:\d+|SIG[A-Z]+)$/, 'node api.js exited with code 1'),
  row('npm-run-all', /^(?:ERROR: )?"[^"]*" exited with \d+\.$/, 'ERROR: "dev:api" exited with 1.'),
  row('shell', /^(?:Terminated|Hangup|Interrupt|Aborted)(?: \(core dumped\))?$/, 'Terminated'),
  row('shell', /^(?:\S{1,40}: )?(?:\d+: )?kill: /, 'sh: 1: kill: No such process'),
  row(
    'turbo',
    /^\S{1,120}#\S{1,60}: {1,4}(?:ERROR {1,4})?command \(/,
    'api#dev:  ERROR  command (/home/dev/shop/apps/api) /usr/bin/npm run dev exited (1)',
  ),
  row(
    'turbo',
    /^\s*(?:• |Tasks: |Cached: |\s?Time: |Failed: |Attention:$|Turborepo now collects|This information is used|You can learn more, including)/,
    '  Failed:    api#dev',
  ),
  row(
    'turbo',
    /^(?:cache (?:miss|hit|bypass)|command \(.{1,400}\) .{1,200} exited \(\d+\))/,
    'command (/home/dev/apps/api) npm run dev exited (1)',
  ),
  row('turbo', /^\s{0,4}ERROR {2}(?:run failed: command|\S+: command )/, ' ERROR  run failed: command  exited (1)'),
  row(
    'turbo',
    /^\s?\S*ERROR: command finished with error/,
    'ERROR: command finished with error: command (/home/dev/apps/api) npm run dev exited (1)',
  ),
  row(
    'nx',
    /^\s*(?:NX\s+(?:Running target|Ran target|Successfully ran|Nx Cloud)|View structured, searchable|Failed tasks:$|- \S+:\S+$|Warning: command "[^"]*" exited with non-zero)/,
    ' NX   Ran target dev for project api (1s)',
  ),
  row('nx', /^\s*(?:[✖✔] {1,3}nx run |> nx run |\d+\/\d+ (?:failed|succeeded|dependent))/, '✖  nx run api:dev'),
  row(
    'make',
    /^(?:g?make|mingw32-make)(?:\[\d+\])?: (?:\*\*\* \[.{1,300}\] (?:Error \d+|\w+)|(?:Entering|Leaving) directory|Nothing to be done)/,
    'make: *** [Makefile:2: dev] Error 1',
  ),
  row('just', /^error: [Rr]ecipe `[^`]*` (?:failed|was terminated)/, 'error: Recipe `dev` failed on line 2 with exit code 1'),
  row('Rake', /^(?:Tasks: TOP|\(See full trace by running task|rake aborted!|bin\/rails aborted!)/, 'rake aborted!'),
  row(
    'Gradle',
    /^(?:FAILURE: Build failed|BUILD (?:FAILED|SUCCESSFUL) in|\* Try:|> (?:Run with --|Get more help)|Run with --|Get more help at|\* Get more help|\d+ actionable task|> Task :|Starting a Gradle Daemon|Deprecated Gradle features|Welcome to Gradle)/,
    'BUILD FAILED in 1s',
  ),
  row('Maven', /^\[(?:INFO|WARNING)\]/, '[INFO] BUILD FAILURE'),
  row(
    'Maven',
    /^\[ERROR\]\s*(?:$|-> \[Help|\[Help \d|To see the full stack trace|Re-run Maven|For more information about|After correcting the problems|COMPILATION ERROR|mvn <args>)/,
    '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.',
  ),
  row('Cargo', /^error: could not compile `/, 'error: could not compile `shop` (bin "shop") due to 1 previous error'),
  row(
    'Cargo',
    /^(?:error: aborting due to|For more information about this error, try|Some errors have detailed explanations)/,
    'For more information about this error, try `rustc --explain E0425`.',
  ),
  row(
    'Cargo',
    /^\s{0,12}(?:Compiling|Finished|Running|Building|Checking|Updating|Downloading|Locking|Blocking) /,
    '   Compiling shop v0.1.0 (/home/dev/shop)',
  ),
  row(
    'Cargo',
    /^note: (?:run with `RUST_BACKTRACE|Some details are omitted)/,
    'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
  ),
  row(
    '.NET',
    /^(?:The build failed\. Fix the build errors|Build FAILED|Build succeeded|Unable to run your project)|^\s+\d+ (?:Warning|Error)\(s\)/,
    'The build failed. Fix the build errors and run again.',
  ),
  row('.NET', /^Building\.\.\.$|^Using launch settings from /, 'Building...'),
  row('Go', /^exit status \d+$/, 'exit status 1'),
  row('Go', /^# [\w./-]+$/, '# shop/cmd/api'),
  row('Docker', /^(?:See|Run) '(?:docker|docker-compose)[^']*--help'/, "Run 'docker run --help' for more information"),
  row(
    'Compose',
    /^\S+ exited with code \d+$|^(?:Gracefully [Ss]topping|Aborting on container exit|Attaching to )/,
    'api-1 exited with code 1',
  ),
  row(
    'Compose',
    /^\s*(?:Container|Network|Volume|Image) \S+\s+(?:Creat|Start|Stop|Recreat|Remov|Runn|Pull|Wait|Healthy|Built)/,
    ' Container shop-db-1  Started',
  ),
  row(
    'Poetry',
    /^The "poetry\.dev-dependencies" section|^(?:Creating virtualenv|Spawning shell within) /,
    'Creating virtualenv shop-py3.11 in /home/dev/.cache/pypoetry/virtualenvs',
  ),
  row(
    'uv',
    /^(?:Using (?:CPython|Python) |Creating virtual environment at|(?:Resolved|Installed|Prepared|Audited|Uninstalled) \d+ packages? in )/,
    'Resolved 12 packages in 3ms',
  ),
  row('nodemon', /^\[nodemon\] /, '[nodemon] app crashed'),
  row(
    'tsx, node --watch',
    /^(?:Failed|Completed) running '|^Restarting '/,
    "Failed running 'server.js'. Waiting for file changes before restarting...",
  ),
  row('Node', /^Node\.js v[\d.]+$/, 'Node.js v20.20.2'),
  row(
    'Node',
    /^\(Use `node --trace-|^Emitted 'error' event (?:on|at)/,
    '(Use `node --trace-warnings ...` to show where the warning was created)',
  ),
  row(
    'Node',
    /^(?:<--- |----- Native stack|\[\d+:0x|\s*\d{1,3}: 0x[0-9a-f]+ )/,
    ' 1: 0xb78db3 node::OOMErrorHandler(char const*) [node]',
  ),
  row('tsc', /^Found \d+ errors?\b/, 'Found 1 error in src/shop.ts:4'),
  row('esbuild', /^\d+ (?:errors?|warnings?)(?: and \d+ \w+)?$/, '1 error'),
  row(
    'Vite',
    /^(?:error (?:when starting dev server|during build):|failed to load config from |transforming \(|[✗x] Build failed in )/,
    'error when starting dev server:',
  ),
  row(
    'webpack',
    /^webpack \d[\d.]* compiled with \d+ error|^(?:asset |\s*\d+ modules?$|You may need an appropriate loader|File was parsed as module type)/,
    'webpack 5.112.2 compiled with 1 error in 79 ms',
  ),
  row(
    'Next',
    /^(?:Attention: Next\.js now collects|This information is used to shape|https:\/\/nextjs\.org\/telemetry)/,
    'https://nextjs.org/telemetry',
  ),
  row('SQLAlchemy', /^\(Background on this error at: /, '(Background on this error at: https://sqlalche.me/e/14/e3q8)'),
  row(
    'pydantic',
    /^\s+For further information visit https:\/\/errors\.pydantic/,
    '    For further information visit https://errors.pydantic.dev/2.6/v/missing',
  ),
  row('uvicorn', /^(?:INFO|DEBUG): {2,}/, 'INFO:     Waiting for application startup.'),
  row('click', /^(?:Usage: |Try ')/, "Try 'uvicorn --help' for help."),
];

/** Lines that only follow from an error before them: they count when nothing else does. */
export const consequenceLines: readonly WrapperLine[] = [
  row('uvicorn', /^(?:ERROR: {2,})?Application startup failed\. Exiting\.$/, 'ERROR:    Application startup failed. Exiting.'),
  row(
    'gunicorn',
    /Worker failed to boot\.|Can't connect to \('|Retrying in \d+ second|Shutting down: Master|Worker exiting \(pid|Reason: Worker failed|HaltServer/,
    '[2026-11-25 18:00:00 +0000] [1] [ERROR] Reason: Worker failed to boot.',
  ),
  row('any', /^(?:Exiting|Shutting down|Aborting|Stopping|Bye|Goodbye)(?: now)?[.!…]*$/i, 'Exiting'),
  row('nginx', /\[emerg\] .{0,30}still could not bind\(\)/, 'nginx: [emerg] still could not bind()'),
  row(
    'PostgreSQL',
    /FATAL: {2}could not create any TCP\/IP sockets|could not create listen socket for|database system is shut down/,
    '2026-11-25 18:00:00.000 UTC [1] FATAL:  could not create any TCP/IP sockets',
  ),
  row(
    'Redis',
    /Failed listening on port \d+ \(\w+\), (?:aborting|exiting)/,
    '1:M 25 Nov 2026 18:00:00.000 # Failed listening on port 6379 (tcp), aborting.',
  ),
  row(
    'Maven',
    /^\[ERROR\] Failed to execute goal /,
    '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile on project shop: Compilation failure',
  ),
  row(
    'Gradle',
    /^Execution failed for task |^> (?:Compilation failed; see the compiler|Process 'command)/,
    "Execution failed for task ':compileJava'.",
  ),
  row('shell', /^Killed$/, 'Killed'),
  row('javac', /^error: compilation failed$/, 'error: compilation failed'),
  row('any', /^Exiting with (?:error )?code \d+\.?$/, 'Exiting with error code 1'),
  row(
    'ioredis',
    /^MaxRetriesPerRequestError: /,
    'MaxRetriesPerRequestError: Reached the max retries per request limit (which is 1).',
  ),
  row('javac', /^\d+ errors?$/, '1 error'),
  row('Rails', /^=> (?:Booting|Rails|Run) |^Exiting$/, '=> Booting Puma'),
  row('a tool', /^(?:Error: )?Command failed(?: with exit code \d+)?[:.]?$/, 'Error: Command failed with exit code 1'),
  row(
    'a tool',
    /^(?:[Pp]rocess|[Cc]ommand|[Ss]cript|[Tt]ask) .{0,120}(?:exited with (?:code|status)|failed with exit code) \d+\.?$/,
    'Process exited with code 1',
  ),
];

/** Warnings and notes of tools that go on without harm. */
export const harmlessLines: readonly WrapperLine[] = [
  row('Node', /^Starting inspector on \S+ failed: /, 'Starting inspector on 127.0.0.1:9229 failed: address already in use'),
  row('Node', /^\(node:\d+\) /, '(node:31317) [DEP0005] DeprecationWarning: Buffer() is deprecated'),
  row(
    'Vite, Next',
    /[Pp]ort \d+ is (?:already )?in use.*(?:trying another|using available|using port)/,
    'Port 5173 is in use, trying another one...',
  ),
  row('Python', /^\S+\.py:\d+: \w*Warning: /, 'main.py:2: DeprecationWarning: shop.v1 is deprecated'),
  row('any', /^(?:\[?(?:WARN|WARNING|warn|warning)\]?:?\s|⚠ )/, 'WARNING: this is a development server.'),
  row('any', /^\S{0,30}\s{0,3}(?:WARN|WARNING)\b/, ' WARN  something'),
  row('Python', /^\s{2,}warnings\.warn\(/, '  warnings.warn("x")'),
  row('rustc', /^warning: /, 'warning: unused variable: `x`'),
];

const firstOf = (rows: readonly WrapperLine[], text: string): boolean => rows.some(({ pattern }) => pattern.test(text));

export const isWrapperLine = (text: string): boolean => firstOf(wrapperLines, text);
export const isConsequence = (text: string): boolean => firstOf(consequenceLines, text);
export const isHarmless = (text: string): boolean => firstOf(harmlessLines, text);
