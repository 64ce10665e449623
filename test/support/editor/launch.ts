/** Runs extension tests in VS Code's server and a browser, under the command line of desktop VS Code. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { endOnSignal } from '../endOnSignal';
import { reportMark } from '../reportMark';
import { resultsFolder } from '../repository';
import { makeScratch, removeScratch } from '../scratch';
import { acquireEditor } from './acquire';
import { launchChromium } from './chromium';
import { chosenEdition } from './edition';
import { copyExtension, startServer, writeUserSettings } from './server';

interface TestRun {
  readonly folder: string;
  readonly extension: string;
  /** Folders of further extensions: a page takes only one that is developed, so these are installed. */
  readonly others: readonly string[];
  readonly tests: string;
}

/** In ms. No test may take longer, so that a workbench which never began is noticed. */
const longestSilence = 5 * 60_000;

/** Gives back the exit code of the tests. */
export async function launch(args: readonly string[]): Promise<number> {
  endOnSignal(['SIGINT', 'SIGTERM', 'SIGHUP']);
  const testRun = parse(args);
  const scratch = await makeScratch('host');
  const editor = await acquireEditor(console.log);
  // The smoke-test driver is what lets the page take extension tests.
  const serverArgs = ['--enable-smoke-test-driver', '--disable-workspace-trust'];
  const dataFolder = join(scratch, 'data');
  await writeUserSettings(dataFolder, chosenEdition().settings);
  for (const other of testRun.others) await copyExtension(other, dataFolder);
  const server = await startServer(editor, { dataFolder, args: serverArgs });
  try {
    return await runInBrowser(`${server.url}/?${query(testRun)}`);
  } finally {
    await server.stop();
    await removeScratch(scratch);
  }
}

async function runInBrowser(url: string): Promise<number> {
  const browser = await launchChromium();
  mkdirSync(resultsFolder, { recursive: true });
  const log = createWriteStream(join(resultsFolder, 'host.log'));
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let decide: (code: number) => void = () => undefined;
    const verdict = new Promise<number>((resolve) => {
      decide = resolve;
    });
    let decided = false;
    const giveUp = (why: string) => (): void => {
      if (decided) return;
      console.error(`${why}; what VS Code logged is in ${String(log.path)}.`);
      decide(1);
    };
    const silence = setTimeout(giveUp(`The tests said nothing for ${longestSilence / 60_000} minutes`), longestSilence);
    page.once('crash', giveUp('The browser page crashed'));
    browser.once('disconnected', giveUp('The browser ended'));
    await page.exposeFunction('codeAutomationExit', decide);
    // The workbench logs much of its own: only what the tests report is shown, all is kept.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const text = format(...args);
      log.write(`${text}\n`);
      if (!text.startsWith(reportMark)) return;
      process.stdout.write(`${text.slice(reportMark.length)}\n`);
      silence.refresh();
    });
    await page.goto(url);
    const code = await verdict;
    decided = true;
    clearTimeout(silence);
    return code;
  } finally {
    await browser.close();
    log.end();
  }
}

function query({ folder, extension, tests }: TestRun): string {
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://remote${extension}`],
    ['extensionTestsPath', `vscode-remote://remote${tests}`],
  ];
  return new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString();
}

function parse(args: readonly string[]): TestRun {
  const values = (flag: string): readonly string[] => {
    const found = args.filter((arg) => arg.startsWith(`--${flag}=`));
    if (found.length === 0) throw new Error(`--${flag}= is missing.`);
    return found.map((arg) => arg.slice(flag.length + 3));
  };
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (folder === undefined) throw new Error('No folder to open was given.');
  const [extension = '', ...others] = values('extensionDevelopmentPath');
  return { folder, extension, others, tests: values('extensionTestsPath')[0] ?? '' };
}
