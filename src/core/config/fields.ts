/** The building blocks of the schema. A message is a whole sentence with `subject` in place of the key. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { durationPattern, formatDuration, parseDuration } from './duration';
import { parseLinePattern } from './linePattern';
import { subject } from './subject';

/** An object with exactly these keys. valibot accepts an array as an object; this schema refuses it. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries, must: string) {
  return refuseArrays(v.strictObject(entries, must));
}

/** An object with any keys that `key` allows. */
export function dictionary<Value extends v.GenericSchema>(key: v.GenericSchema<string, string>, value: Value, must: string) {
  return refuseArrays(v.record(key, value, must));
}

function refuseArrays<Schema extends v.GenericSchema>(schema: Schema): Schema {
  const run: Schema['~run'] = (dataset, config) =>
    schema['~run'](Array.isArray(dataset.value) ? { value: undefined } : dataset, config);
  return { ...schema, '~run': run };
}

/** What the JSON schema contains in addition to the type. `examples` are offered as completions. */
export interface About {
  readonly description: string;
  readonly examples?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  /** Which of the snippets are offered. The parser needs none of them. */
  readonly snippets?: 'service' | 'health' | 'check' | 'setup';
}

export const about = <Input>(words: About) => v.metadata<Input, Record<string, unknown>>({ ...words });

/** A string with at least one character that is not white space. */
export const nonBlankString = (must: string) => v.pipe(v.string(must), v.regex(/\S/, must));

export const wholeNumber = (min: number, max: number, must: string) =>
  v.pipe(v.number(must), v.integer(must), v.minValue(min, must), v.maxValue(max, must));

/** `bounds` in ms. The value is read into ms. */
export function duration(bounds: { readonly min: number; readonly max: number }) {
  const must = t(
    '{0} must be a duration from {1} to {2}, as a number of seconds or a string such as "500ms" or "1m30s".',
    subject,
    formatDuration(bounds.min),
    formatDuration(bounds.max),
  );
  return v.pipe(
    v.union(
      [
        v.pipe(v.number(must), v.minValue(bounds.min / 1000, must), v.maxValue(bounds.max / 1000, must)),
        v.pipe(v.string(must), v.regex(durationPattern, must)),
      ],
      must,
    ),
    v.rawTransform<number | string, number>(({ dataset, addIssue, NEVER }) => {
      const read = parseDuration(dataset.value);
      if (read.ok && read.ms >= bounds.min && read.ms <= bounds.max) return read.ms;
      addIssue({ message: must });
      return NEVER;
    }),
  );
}

export function linePattern() {
  const must = t('{0} must be a string to find in the output, or a regular expression between slashes.', subject);
  return v.pipe(
    v.string(must),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = parseLinePattern(dataset.value);
      if (read.ok) return read.pattern;
      addIssue({ message: read.why });
      return NEVER;
    }),
  );
}

/** Status codes, read into a list. */
export function statusCodes() {
  const must = t('{0} must be an HTTP status code from 100 to 599, or a list of such codes.', subject);
  const code = wholeNumber(100, 599, must);
  return v.pipe(
    v.union([code, v.pipe(v.array(code, must), v.minLength(1, must))], must),
    v.transform((codes): readonly number[] => (typeof codes === 'number' ? [codes] : codes)),
  );
}

/** A path on the service's own port, or a full URL. */
export function address() {
  const must = t('{0} must be a path that starts with "/" or a URL that starts with "http://" or "https://".', subject);
  return v.pipe(v.string(must), v.regex(/^(?:\/|https?:\/\/.|\$\{)/, must));
}

/** One of a few words, written exactly like this. */
export function choice<const Words extends readonly string[]>(...words: Words) {
  const quoted = words.map((word) => `"${word}"`);
  // A list in words costs some milliseconds the first time, so it is made when the message is needed.
  return v.picklist(words, () => t('{0} must be one of {1}.', subject, listOf(quoted, 'or')));
}
