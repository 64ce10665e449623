// The licenses of the packages that are bundled, which most of them ask to be passed on: esbuild drops the comments that hold them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes one file for all bundles. `metafiles` are those of esbuild. Throws an Error for a package without the text of its license. */
export function writeNotices(file, repository, metafiles) {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageFolder)));
  const notices = [...folders].map((folder) => noticeOf(join(repository, folder))).sort();
  const head = 'Service Lifecycle contains code of these packages, under these licenses.';
  writeFileSync(file, `${[head, ...new Set(notices)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` is in `node_modules/a/node_modules/@b/c`. */
function packageFolder(input) {
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
  return found === undefined ? [] : [found];
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const words = licenseFile(folder) ?? licensePart(folder);
  if (words === undefined) throw new Error(`${name} has no text of its license (${license}).`);
  return `${name} ${version}\n\n${words.trim().replaceAll('\r\n', '\n')}`;
}

function licenseFile(folder) {
  const found = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(each));
  return found === undefined ? undefined : readFileSync(join(folder, found), 'utf8');
}

/** Some packages have it at the end of their README. */
function licensePart(folder) {
  const readme = readdirSync(folder).find((each) => /^readme\.md$/i.test(each));
  if (readme === undefined) return undefined;
  return /^(?:#+ *)?licen[cs]e\n[\s\S]*/im.exec(readFileSync(join(folder, readme), 'utf8'))?.[0];
}
