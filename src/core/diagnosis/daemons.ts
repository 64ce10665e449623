/** Servers that put themselves into the background, and how each is kept in front. From their manuals. */
import { programOf } from '../model/program';

interface Daemon {
  readonly programs: readonly string[];
  /** The option that sends it there; undefined where it goes there without one. */
  readonly option?: RegExp;
  /** Kept in front by this, where it goes to the background without an option. */
  readonly front?: { readonly present: RegExp; readonly add: string };
}

const daemons: readonly Daemon[] = [
  { programs: ['nginx', 'openresty'], front: { present: /daemon\s+off/, add: `-g 'daemon off;'` } },
  { programs: ['redis-server', 'valkey-server'], option: /\s--daemonize[ =]yes\b/ },
  { programs: ['mongod', 'mongos'], option: /\s--fork\b(?:\s+--logpath[ =]\S+)?/ },
  { programs: ['memcached', 'haproxy', 'squid'], option: /\s-d\b/i },
  { programs: ['mysqld', 'mariadbd'], option: /\s(?:--daemonize|-D)\b/ },
  { programs: ['gunicorn'], option: /\s(?:--daemon|-D)(?=\s|$)/ },
  { programs: ['celery'], option: /\s--detach\b/ },
  { programs: ['uwsgi'], option: /\s--daemonize2?[ =]\S+/ },
  { programs: ['httpd', 'apache2'], front: { present: /FOREGROUND/, add: '-D FOREGROUND' } },
  { programs: ['php-fpm'], front: { present: /\s(?:-F|--nodaemonize)\b/, add: '-F' } },
  { programs: ['supervisord'], front: { present: /\s(?:-n|--nodaemon)\b/, add: '-n' } },
  { programs: ['sshd', 'rsyncd'], front: { present: /\s-D\b/, add: '-D' } },
  { programs: ['dnsmasq'], front: { present: /\s(?:-k|-d|--keep-in-foreground)\b/, add: '--keep-in-foreground' } },
  { programs: ['rails', 'puma', 'thin', 'unicorn'], option: /\s(?:-d|--daemon|-D)(?=\s|$)/ },
  { programs: ['docker', 'podman', 'docker-compose'], option: /\s(?:-d|--detach)(?=\s|$)/ },
];

/** What in the command sends the server into the background, and the command without it; undefined when nothing does. */
export interface Cause {
  /** As written, such as `--daemonize yes`; undefined where it goes there without an option. */
  readonly option?: string;
  readonly program: string;
  readonly inFront: string | readonly string[];
}

export function backgroundCause(command: string | readonly string[]): Cause | undefined {
  const line = typeof command === 'string' ? command : command.join(' ');
  const program = programOf(command);
  // A single `&` at the end: the shell does not wait for the program.
  const text = typeof command === 'string' ? command.trim() : '';
  if (text.length > 1 && text.endsWith('&') && !text.endsWith('&&')) {
    return {
      option: '&',
      program,
      inFront: text
        .slice(0, -1)
        .trimEnd()
        .replace(/^(?:nohup|setsid)\s+/, ''),
    };
  }
  const known = daemons.find(({ programs }) =>
    programs.some((each) => each === program || (program.startsWith(each) && /^[\d.]*$/.test(program.slice(each.length)))),
  );
  if (known === undefined) return undefined;
  const option = known.option?.exec(line)?.[0];
  if (option !== undefined) return { option: option.trim(), program, inFront: without(command, option) };
  if (known.front === undefined || known.front.present.test(line)) return undefined;
  return { program, inFront: withOption(command, known.front.add) };
}

/** Removes the words of an option. */
function without(command: string | readonly string[], option: string): string | readonly string[] {
  if (typeof command === 'string') return command.replace(option, '');
  const words = option.trim().split(/\s+/);
  const at = command.findIndex((_, index) => words.every((word, offset) => command[index + offset] === word));
  return at < 0 ? command : [...command.slice(0, at), ...command.slice(at + words.length)];
}

function withOption(command: string | readonly string[], option: string): string | readonly string[] {
  if (typeof command === 'string') return `${command} ${option}`;
  const [name = '', ...value] = option.split(' ');
  return [...command, name, ...(value.length === 0 ? [] : [value.join(' ').replace(/^'|'$/g, '')])];
}
