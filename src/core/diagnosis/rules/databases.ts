/** A database responds, but not as the service needs it: it is missing, refuses the login, or has an old schema. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig, openFile, runInTerminal, showTerminal } from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { openAt } from '../openAt';
import { latestMatch, quoted } from '../output';
import { interpreterOf } from '../packages/pythonPackages';
import { isTroubled, value } from '../queries';
import type { Rule } from '../rule';
import { envEntries } from '../../workspaceFiles/envFile';
import { joinPath, nameOf, upTo } from '../../workspaceFiles/paths';

const explains = [
  'dependency-down',
  'reloader-alone',
  'bad-status',
  'crashed',
  'crash-loop',
  'hung',
  'not-listening',
  'not-running',
] as const;

export const databaseMissing: Rule = {
  code: 'database-missing',
  explains,
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'databaseMissing') : undefined;
    if (match === undefined) return [];
    const name = match.groups['name'] ?? match.groups['other'] ?? '';
    return [
      {
        severity: 'error',
        title: t('The database server responds, but it has no database {0}.', name),
        short: brief((database) => t("No database '{0}'", database), name),
        detail: t('Create the database, or correct its name in the settings of {0}.', facts.spec.key),
        evidence: [quoted(match.line)],
        actions: [...create(match.tool, name, facts.cwd), ...openSettings(facts), showTerminal(facts.spec.id)],
      },
    ];
  },
};

export const databaseLogin: Rule = {
  code: 'database-login',
  explains,
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'databaseLogin') : undefined;
    if (match === undefined) return [];
    const user = match.groups['name'];
    return [
      {
        severity: 'error',
        title:
          user === undefined || user === ''
            ? t('{0} refuses the login of {1}.', match.tool, facts.spec.key)
            : t('{0} refuses the login of {1} as {2}.', match.tool, facts.spec.key, user),
        short: brief((server) => t('{0} refuses the login', server), match.tool),
        detail: t(
          'Correct user and password where the address of the database is set. A volume of Compose keeps the first password.',
        ),
        evidence: [quoted(match.line)],
        actions: [...openSettings(facts), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

export const migrationsPending: Rule = {
  code: 'migrations-pending',
  explains,
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'migrations') : undefined;
    if (match === undefined) return [];
    const table = match.groups['name'];
    return [
      {
        severity: 'error',
        title:
          table === undefined
            ? t('The database of {0} has an old schema: migrations are pending.', facts.spec.key)
            : t('The database of {0} has no table {1}: migrations are probably pending.', facts.spec.key, table),
        short: brief(() => t('Migrations are pending')),
        detail: t('Run the migrations, then start the service again.'),
        evidence: [quoted(match.line)],
        actions: [...migrate(facts, match.tool), showTerminal(facts.spec.id)],
      },
    ];
  },
};

/** Only names that a shell and SQL take as they are. */
const create = (tool: string, name: string, folder: string): readonly FindingAction[] =>
  tool === 'PostgreSQL' && /^[a-z][a-z0-9_]*$/.test(name) ? [runInTerminal(`createdb ${name}`, folder)] : [];

/** Where the address of a database is set: a variable of an env file, else the file with the settings. */
function openSettings(facts: Facts): readonly FindingAction[] {
  const texts = value(facts.files)?.texts ?? new Map<string, string>();
  for (const folder of upTo(facts.cwd, facts.spec.folder)) {
    for (const name of ['.env', '.env.local', '.env.development']) {
      const file = joinPath(folder, name);
      const text = texts.get(file);
      const entry = envEntries(text ?? '').find((each) =>
        /DATABASE|^DB_|_DB\b|POSTGRES|^PG|MYSQL|MONGO|REDIS|DSN/.test(each.name),
      );
      if (text !== undefined && entry !== undefined) return [openAt(file, text, entry.offset)];
    }
  }
  const settings = [...texts.keys()].find((file) => /^(?:settings\.py|database\.yml)$/.test(nameOf(file)));
  return settings === undefined ? [] : [openFile(settings)];
}

/** The command of the tool that reported it. None of these deletes data. */
function migrate(facts: Facts, tool: string): readonly FindingAction[] {
  // bin/rails is a script, which Windows does not start.
  const rails = facts.host.platform === 'windows' ? 'ruby bin/rails' : 'bin/rails';
  if (tool === 'Rails') return [runInTerminal(`${rails} db:migrate`, facts.cwd)];
  if (tool === 'Django') return [runInTerminal(`${interpreterOf(facts)} manage.py migrate`, facts.cwd)];
  if (tool === 'Prisma') return [runInTerminal('npx --no-install prisma migrate deploy', facts.cwd)];
  const hasAlembic = value(facts.files)?.changed.has(joinPath(facts.cwd, 'alembic.ini')) === true;
  return tool === 'Alembic' || hasAlembic ? [runInTerminal(`${interpreterOf(facts)} -m alembic upgrade head`, facts.cwd)] : [];
}
