/** `${port:backend}` and `${url:backend}`: the address of another service, in the texts of one. */

export interface PortReference {
  readonly kind: 'port' | 'url';
  /** As written: a key of the same file, or the id of a service of another folder. */
  readonly name: string;
  /** Where the name begins in the text, in UTF-16 code units. */
  readonly offset: number;
}

/** A shell's `${port:-8000}` is none: a name that begins with the operator of a shell cannot be referred to. */
const reference = /\$\{(port|url):([^-=?+{}][^{}]*)\}/g;

/** Returns the references of a text, in order. */
export const referencesIn = (text: string): readonly PortReference[] =>
  [...text.matchAll(reference)].map(({ 1: kind = '', 2: name = '', index }) => ({
    kind: kind === 'url' ? 'url' : 'port',
    name,
    offset: index + kind.length + 3,
  }));

/** A reference without a value stays as it is written. */
export const replaceReferences = (
  text: string,
  valueOf: (kind: PortReference['kind'], name: string) => string | undefined,
): string =>
  text.replace(reference, (whole: string, kind: string, name: string) => valueOf(kind === 'url' ? 'url' : 'port', name) ?? whole);
