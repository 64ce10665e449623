/** Variables in commands, folders and values: `${port}`, and VS Code's own. */

/** Returns the value of `name` or `name:argument`; undefined when there is no such variable or it has no value. */
export type VariableLookUp = (name: string, argument: string | undefined) => string | undefined;

export type Substituted = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly variable: string };

/** What to do with a variable without a value: a shell has variables of its own, a path has not. */
export type Unknown = 'leave' | 'refuse';

const variable = /\$\{([A-Za-z][\w.-]*)(?::([^}]*))?\}/g;

export function substitute(text: string, lookUp: VariableLookUp, unknown: Unknown): Substituted {
  let missing: string | undefined;
  const replaced = text.replace(variable, (written: string, name: string, argument: string | undefined) => {
    const value = lookUp(name, argument);
    if (value === undefined) missing ??= written;
    return value ?? written;
  });
  return missing !== undefined && unknown === 'refuse' ? { ok: false, variable: missing } : { ok: true, text: replaced };
}
