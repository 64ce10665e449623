/** Gives each candidate a unique name: that of its folder or list, else its role. */
import { withoutTrailing } from '../../core/model/withoutTrailing';
import type { Candidate } from '../candidate';
import { nameOf, parentOf } from '../read/paths';

/** Names that describe where code is, not what it does. */
const meaningless = new Set(['src', 'app', 'source', 'cmd', 'main', 'project']);

export function nameAll(candidates: readonly Candidate[]): ReadonlyMap<Candidate, string> {
  const names = new Map<Candidate, string>();
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const name = choose(candidate, candidates, taken);
    taken.add(name.toLowerCase());
    names.set(candidate, name);
  }
  return names;
}

function choose(candidate: Candidate, all: readonly Candidate[], taken: ReadonlySet<string>): string {
  const wishes = wishesOf(candidate, all).map(clean);
  const free = wishes.find((wish) => wish !== '' && !taken.has(wish.toLowerCase()));
  if (free !== undefined) return free;
  const base = wishes.find((wish) => wish !== '') ?? candidate.role;
  for (let count = 2; ; count++) {
    if (!taken.has(`${base}-${count}`.toLowerCase())) return `${base}-${count}`;
  }
}

/** The best name first. */
function wishesOf(candidate: Candidate, all: readonly Candidate[]): readonly string[] {
  const { name, role, kind, cwd, source } = candidate;
  const outer = nameOf(parentOf(cwd));
  if (source !== 'code') return [name, `${name}-${source === 'container' ? 'container' : role}`];
  const sharesFolder = all.some((other) => other !== candidate && other.source === 'code' && other.cwd === cwd);
  const byKind = kind.split(' ').at(-1) ?? kind;
  if (name === '') return [role === 'other' ? kind : role, byKind];
  if (meaningless.has(name.toLowerCase())) return [outer === '' ? role : outer, role, `${outer}-${role}`];
  if (sharesFolder) return [`${name}-${role}`, `${name}-${byKind}`];
  return [name, `${outer}-${name}`, `${name}-${role}`];
}

/** A key of services.json must not contain a slash, and control characters are not wanted in names. */
const clean = (name: string): string => withoutTrailing(name.replace(/[/\\\p{Cc}]/gu, '-').replace(/^-+/, ''), '-').trim();
