/** The questions as lines for one PowerShell that stays open, and its answers. Pure. Nothing from outside is ever part of its script. */
import { bornOfTicks, ticksOfBorn } from './born';
import type { Question, Reply } from './questions';

/** Reads lines `id kind number number`, and writes one line of JSON for each. Windows PowerShell 5.1; not yet run on Windows. */
export const powerShellScript = [
  "$ErrorActionPreference = 'Stop'",
  // The console's code page would garble anything that is not ASCII.
  '[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false',
  'function Ticks($date) { if ($date) { [string]$date.ToUniversalTime().Ticks } }',
  'function Rows($filter) { Get-CimInstance Win32_Process -Filter $filter | ForEach-Object { @{ pid = [long]$_.ProcessId; ppid = [long]$_.ParentProcessId; name = [string]$_.Name; command = [string]$_.CommandLine; ticks = (Ticks $_.CreationDate) } } }',
  'function Sockets($list) { $list | ForEach-Object { @{ address = [string]$_.LocalAddress; port = [long]$_.LocalPort; remoteAddress = [string]$_.RemoteAddress; remotePort = [long]$_.RemotePort; state = [int]$_.State; pid = [long]$_.OwningProcess } } }',
  // Not `End`, which is a word of the language.
  "function Finish($id, $first) { try { $p = [Diagnostics.Process]::GetProcessById($id) } catch { return 'gone' }; try { $null = $p.Handle; $ticks = $p.StartTime.ToUniversalTime().Ticks; if ($ticks -lt $first -or $ticks -gt $first + 9) { return 'another' }; $p.Kill(); return 'ended' } catch { if ($p.HasExited) { return 'gone' }; return 'refused' } }",
  [
    'while ($null -ne ($line = [Console]::In.ReadLine())) {',
    "$id, $kind, $a, $b = $line.Split(' ')",
    'try { switch ($kind) {',
    "'processes' { $answer = @(Rows 'ProcessId >= 0') }",
    '\'identify\' { $answer = @(Rows "ProcessId = $([long]$a)") }',
    "'listeners' { $answer = @(Sockets (Get-NetTCPConnection -State Listen)) }",
    "'sockets' { $answer = @(Sockets (Get-NetTCPConnection)) }",
    "'end' { $answer = Finish ([int]$a) ([long]$b) }",
    '}; $reply = @{ id = [long]$id; answer = $answer } } catch { $reply = @{ id = [long]$id; why = [string]$_ } }',
    '[Console]::Out.WriteLine((ConvertTo-Json -InputObject $reply -Depth 4 -Compress)) }',
  ].join(' '),
].join('; ');

/** Undefined for what PowerShell cannot answer. */
export function lineOf(id: number, question: Question): string | undefined {
  switch (question.kind) {
    case 'processes':
    case 'listeners':
    case 'sockets':
      return `${id} ${question.kind}`;
    case 'identify':
      return `${id} identify ${question.pid}`;
    case 'end':
      return `${id} end ${question.pid} ${ticksOfBorn(question.born)}`;
    case 'parameters':
    case 'watch':
    case 'unwatch':
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for a line that answers nothing. `kindOf` is what was asked under a number. */
export function replyOf(line: string, kindOf: (id: number) => Question['kind'] | undefined): Reply | undefined {
  const value = parsed(line);
  if (!isFields(value) || typeof value['id'] !== 'number') return undefined;
  const { id, answer, why } = value;
  const kind = kindOf(id);
  if (kind === undefined) return undefined;
  if (typeof why === 'string') return { kind: 'failure', id, why };
  return { kind: 'answer', id, answer: answerOf(kind, answer) };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function answerOf(kind: Question['kind'], answer: unknown): unknown {
  const rows = rowsOf(answer);
  switch (kind) {
    case 'processes':
      return rows.map(processOf);
    case 'identify':
      return rows.length === 0 ? 'gone' : identityOf(processOf(rows[0] ?? {}));
    case 'listeners':
    case 'sockets':
      return rows.map((row) => ({ ...row, family: String(row['address']).includes(':') ? 6 : 4 }));
    default:
      return answer;
  }
}

/**
 * An empty list may come as null or as {}, a list of one as its only member, and any list with its length around it, which Windows PowerShell
 * writes for arrays that it has wrapped.
 */
function rowsOf(answer: unknown): readonly Fields[] {
  const list = isFields(answer) && Array.isArray(answer['value']) ? answer['value'] : answer;
  return (Array.isArray(list) ? list : [list]).filter(isFields).filter((row) => 'pid' in row);
}

function processOf({ ticks, command, ...row }: Fields): Fields {
  const born = typeof ticks === 'string' ? bornOfTicks(ticks) : undefined;
  return {
    ...row,
    ...(born === undefined ? {} : { born }),
    ...(typeof command === 'string' && command !== '' ? { command } : {}),
  };
}

const identityOf = ({ born }: Fields): unknown => (born === undefined ? 'denied' : { born });
