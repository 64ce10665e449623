/** What PowerShell prints where its execution policy refuses a script, as public reports show it, in the width of a terminal. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { repeatingCause } from '../../../../src/core/lifecycle/backoff';
import { findCause } from '../../../../src/core/output/cause/findCause';
import { ailing, crashedWith } from '../diagnosis/sample';

const file = String.raw`C:\Program Files\nodejs\npm.ps1`;
const link = 'https:/go.microsoft.com/fwlink/?LinkID=135170';

/** Where it stands, and the names of the error, of which only the first is of the language. */
const below = (place: string, kind: string): readonly string[] => [
  place,
  '+ npm run dev',
  '+ ~~~',
  `    + CategoryInfo          : ${kind}: (:) [], PSSecurityException`,
  '    + FullyQualifiedErrorId : UnauthorizedAccess',
];

const messages: Readonly<Record<string, readonly string[]>> = {
  'PowerShell 5.1': [
    `npm : File ${file} cannot be loaded because running scripts is disabled on this system. For more `,
    `information, see about_Execution_Policies at ${link}.`,
    ...below('At line:1 char:1', 'SecurityError'),
  ],
  'PowerShell 5.1 in a narrow terminal': [
    `npm : File ${file} cannot be loaded because running `,
    'scripts is disabled on this system. For more information, see ',
    `about_Execution_Policies at ${link}.`,
    ...below('At line:1 char:1', 'SecurityError'),
  ],
  'PowerShell 7': [
    `npm: File ${file} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at https://go.microsoft.com/fwlink/?LinkID=135170.`,
  ],
  German: [
    `npm : Die Datei "${file}" kann nicht geladen werden, da die Ausführung von Skripts auf diesem `,
    'System deaktiviert ist. Weitere Informationen finden Sie unter "about_Execution_Policies" ',
    `(${link}).`,
    ...below('In Zeile:1 Zeichen:1', 'Sicherheitsfehler'),
  ],
  French: [
    `npm : Impossible de charger le fichier ${file}, car l’exécution de scripts est désactivée sur ce système. `,
    `Pour plus d’informations, consultez about_Execution_Policies à l’adresse ${link}.`,
    ...below('Au caractère Ligne:1 : 1', 'Erreur de sécurité'),
  ],
  Spanish: [
    `npm : No se puede cargar el archivo ${file} porque la ejecución de scripts está deshabilitada en este `,
    `sistema. Para obtener más información, consulta el tema about_Execution_Policies en ${link}.`,
    ...below('En línea: 1 Carácter: 1', 'SecurityError'),
  ],
  Chinese: [
    `npm : 无法加载文件 ${file}，因为在此系统上禁止运行脚本。有关详细信息，请参阅 ${link} 中的 about_Execution_Policies。`,
    ...below('所在位置 行:1 字符: 1', 'SecurityError'),
  ],
  Japanese: [
    `npm : このシステムではスクリプトの実行が無効になっているため、ファイル ${file} を読み込むことができません。`,
    `詳細については、「about_Execution_Policies」(${link}) を参照してください。`,
    ...below('発生場所 行:1 文字:1', 'セキュリティ エラー'),
  ],
};

describe('a script that PowerShell refuses', () => {
  for (const [name, lines] of Object.entries(messages)) {
    it(`is a cause that repeats, and a verdict with its name: ${name}`, () => {
      const output = ['> starting', ...lines];
      const lastLine = findCause(output, true)?.sentence ?? '';
      assert.match(lastLine, /^npm ?: .*npm\.ps1.*about_Execution_Policies[^+]*$/);
      assert.equal(repeatingCause({ exitCode: 1, lastLine }), 'missingCommand', lastLine);
      const [finding] = findingsOf(crashedWith(output, {}, { command: 'npm run dev' }));
      assert.equal(finding?.code, 'script-policy', JSON.stringify(finding));
      assert.match(finding.title, /so npm\.ps1 was refused/);
    });
  }

  const profile = String.raw`C:\Users\ada\Documents\WindowsPowerShell\Microsoft.PowerShell_profile.ps1`;
  const refusedProfile = [
    `. : File ${profile} cannot be loaded because running scripts is disabled on this system. For more `,
    `information, see about_Execution_Policies at ${link}.`,
    'At line:1 char:3',
    `+ . '${profile}'`,
    '    + CategoryInfo          : SecurityError: (:) [], PSSecurityException',
    '    + FullyQualifiedErrorId : UnauthorizedAccess',
  ];

  it('is no cause when it is the profile, without which PowerShell goes on', () => {
    const lines = [...refusedProfile, 'Starting', 'The config has no entry for web'];
    const codes = (facts: Parameters<typeof findingsOf>[0]) => findingsOf(facts).map(({ code }) => code);
    assert.equal(codes(crashedWith(lines)).includes('script-policy'), false);
    assert.equal(findCause(lines, true)?.sentence, 'The config has no entry for web');
    assert.equal(codes(crashedWith(refusedProfile)).includes('script-policy'), false);
    const refused = ailing({ kind: 'refused', port: 8000 }, { output: { kind: 'known', value: refusedProfile } });
    assert.equal(codes(refused).includes('script-policy'), false);
    assert.equal(codes(crashedWith([...refusedProfile, ...(messages['German'] ?? [])]))[0], 'script-policy');
  });
});
