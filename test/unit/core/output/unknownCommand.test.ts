/** First lines of what cmd and PowerShell print, as public reports show them, with `vite` as the command. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { repeatingCause } from '../../../../src/core/lifecycle/backoff';
import { findCause } from '../../../../src/core/output/cause/findCause';
import { crashedWith } from '../diagnosis/sample';

const messages: Readonly<Record<string, readonly string[]>> = {
  'cmd in German': ['Der Befehl "vite" ist entweder falsch geschrieben oder', 'konnte nicht gefunden werden.'],
  'cmd in French': [
    "'vite' n\u2019est pas reconnu en tant que commande interne",
    'ou externe, un programme exécutable ou un fichier de commandes.',
  ],
  'cmd in Spanish': ['"vite" no se reconoce como un comando interno o externo,', 'programa o archivo por lotes ejecutable.'],
  'cmd in Chinese': ["'vite' 不是内部或外部命令，也不是可运行的程序", '或批处理文件。'],
  'cmd in Japanese': [
    "'vite' は、内部コマンドまたは外部コマンド、",
    '操作可能なプログラムまたはバッチ ファイルとして認識されていません。',
  ],
  'PowerShell 5.1 in German': [
    'vite : Die Benennung "vite" wurde nicht als Name eines Cmdlet, einer Funktion, einer Skriptdatei oder eines ausführbaren',
    'Programms erkannt. Überprüfen Sie die Schreibweise des Namens.',
    'In Zeile:1 Zeichen:1',
    '+ vite --port 5173',
    '+ ~~~~',
    '    + CategoryInfo          : ObjectNotFound: (vite:String) [], CommandNotFoundException',
    '    + FullyQualifiedErrorId : CommandNotFoundException',
  ],
  'PowerShell 5.1 in Japanese': [
    "vite : 用語 'vite' は、コマンドレット、関数、スクリプト ファイル、または操作可能なプログラムの名前として認識されません。",
    '発生場所 行:1 文字:1',
    '+ vite --port 5173',
    '    + CategoryInfo          : ObjectNotFound: (vite:String) [], CommandNotFoundException',
    '    + FullyQualifiedErrorId : CommandNotFoundException',
  ],
  'PowerShell 5.1 in Korean': [
    "vite : 'vite' 용어가 cmdlet, 함수, 스크립트 파일 또는 실행할 수 있는 프로그램 이름으로 인식되지 않습니다.",
    '위치 줄:1 문자:1',
    '+ vite --port 5173',
    '    + CategoryInfo          : ObjectNotFound: (vite:String) [], CommandNotFoundException',
    '    + FullyQualifiedErrorId : CommandNotFoundException',
  ],
};

describe('a command that a shell of Windows does not know', () => {
  for (const [name, lines] of Object.entries(messages)) {
    it(`is a cause that repeats: ${name}`, () => {
      const lastLine = findCause(lines, true)?.sentence ?? '';
      assert.equal(repeatingCause({ exitCode: 1, lastLine }), 'missingCommand', lastLine);
    });

    it(`is named by the diagnosis: ${name}`, () => {
      const [finding] = findingsOf(crashedWith(lines, {}, { command: 'vite --port 5173' }));
      assert.equal(finding?.code, 'missing-command', JSON.stringify(finding));
      assert.match(finding.title, /vite/);
    });
  }

  it('is none in other words about commands', () => {
    for (const lastLine of ['El comando interno ha fallado', 'Le cmdlet est terminé', 'コマンドが失敗しました', '内部错误'])
      assert.equal(repeatingCause({ exitCode: 1, lastLine }), undefined, lastLine);
  });
});
