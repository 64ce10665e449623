/** Problems of a services.json, and where they are. */

export interface ConfigProblem {
  /** A service with an error cannot be used; a warning does not prevent that, and information needs no change. */
  readonly severity: 'error' | 'warning' | 'information';
  /** One sentence: the cause first, then what to do. */
  readonly message: string;
  readonly code: ProblemCode;
  readonly range: TextRange;
  /** Full id of the service with the problem; undefined when the problem concerns the file. */
  readonly service?: string;
  /** The word that was probably meant. */
  readonly suggestion?: string;
}

export type ProblemCode =
  | 'syntax'
  | 'noServices'
  | 'unknownKey'
  | 'duplicateKey'
  | 'missingKey'
  | 'invalidValue'
  | 'invalidName'
  | 'unusedKey'
  | 'portNeeded'
  | 'unknownDependency'
  | 'dependencyCircle'
  /** `${port:…}` or `${url:…}` of a service that does not exist, or that has no port. */
  | 'unknownReference'
  | 'noAddress'
  | 'samePort'
  /** The file is valid, but something that it names does not exist. */
  | 'cannotStart'
  | 'unknownLaunchConfiguration'
  /** `stopSignal` on Windows. */
  | 'noSignals';

/** A range in UTF-16 code units, like the offsets of VS Code's `TextDocument.positionAt`. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}
