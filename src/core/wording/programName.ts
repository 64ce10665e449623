/** Returns the name of the program in a command line: `node` of `/usr/bin/node server.js`. An empty string for an empty line. */
export function programName(command: string): string {
  const line = command.trim();
  const quoted = /^"([^"]{1,400})"/.exec(line)?.[1];
  const program =
    quoted ?? /^\[([^\]]{1,400})\]/.exec(line)?.[1] ?? /^[^\n"]{1,400}?\.exe\b/i.exec(line)?.[0] ?? line.split(/\s/, 1)[0] ?? '';
  return program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
}
