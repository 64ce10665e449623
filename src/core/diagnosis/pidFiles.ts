/** Whether the process with the pid of a pid file is the server that wrote it. */
import { programOf } from '../model/program';

/** Programs under which Ruby's and Python's servers run. */
const hosts = ['puma', 'rails', 'ruby', 'gunicorn', 'celery', 'unicorn', 'thin'];

/** A wrong "yes" keeps a file that could go; a wrong "no" would start a second server. */
export function isServerOf(running: string, command: string): boolean {
  const program = programOf(command);
  return (program !== '' && running.includes(program)) || hosts.some((host) => running.includes(host));
}
