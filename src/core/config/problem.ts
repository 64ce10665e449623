/** What is wrong with a services.json, and where. */

export interface ConfigProblem {
  /** An error leaves its service out; a warning does not. */
  readonly severity: 'error' | 'warning';
  /** One sentence for a person: what is wrong and what to do. */
  readonly message: string;
  readonly code: ProblemCode;
  readonly range: TextRange;
  /** Full id of the service it belongs to; undefined when it concerns the file. */
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
  | 'samePort'
  /** The file is right, but what it names is not there. */
  | 'cannotStart';

/** Positions in the text in UTF-16 units, as VS Code's `TextDocument.positionAt` counts them. */
export interface TextRange {
  readonly offset: number;
  readonly length: number;
}
