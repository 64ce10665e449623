/** Takes the moments off the lines of `docker logs --timestamps`, and remembers the latest one. */

/** Docker writes all nine digits in UTC, Podman whole seconds in the zone of its machine: those of one engine sort as texts. */
const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/;

/** A line without an end is passed on in parts of this length. */
const maxLineLength = 1_000_000;

export class LogLines {
  #rest = '';

  /** Lines up to `after`, included, were written before. `write` gets whole lines with their ends. */
  constructor(
    private readonly after: string,
    private readonly write: (line: string, at: string) => void,
  ) {}

  take(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#pass(`${line}\n`);
    if (this.#rest.length > maxLineLength) this.end();
  }

  /** Nothing more comes. */
  end(): void {
    const rest = this.#rest;
    this.#rest = '';
    if (rest !== '') this.#pass(rest);
  }

  #pass(line: string): void {
    const [prefix = '', at = ''] = stamped.exec(line) ?? [];
    // What has no moment is an error of Docker's command line.
    if (at === '' || at > this.after) this.write(line.slice(prefix.length), at);
  }
}
