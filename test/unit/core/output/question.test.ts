/** Questions that wait in the terminal, as tools write them, and what only looks like one. */
import assert from 'node:assert/strict';
import { questionIn } from '../../../../src/core/output/cause/question';
import { OutputTail } from '../../../../src/core/output/outputTail';
import { rawOutput } from './recordings';

const asked = (raw: string): string | undefined => {
  const tail = new OutputTail();
  tail.append(raw);
  return questionIn(tail.lines(), tail.partial);
};

describe('core/output/cause/question', () => {
  const questions: readonly (readonly [string, string, string])[] = [
    ['a shell script', '? Do you want to continue? [Y/n] ', 'Do you want to continue? [Y/n]'],
    ['apt', 'After this operation, 12 MB will be used.\nDo you want to continue? [Y/n] ', 'Do you want to continue? [Y/n]'],
    ['npx', 'Need to install the following packages:\nvite@7.1.0\nOk to proceed? (y) ', 'Ok to proceed? (y)'],
    [
      'prompts',
      '\u001b[36m?\u001b[39m Would you like to use TypeScript? \u001b[90m›\u001b[39m No / Yes',
      'Would you like to use TypeScript?',
    ],
    ['Django', "Type 'yes' to continue, or 'no' to cancel: ", "Type 'yes' to continue, or 'no' to cancel:"],
    [
      'ssh',
      'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
      'Are you sure you want to continue connecting (yes/no/[fingerprint])?',
    ],
    ['sudo', '[sudo] password for dev: ', '[sudo] password for dev:'],
    ['cmd', 'Press any key to continue . . . ', 'Press any key to continue . . .'],
    ['clack', '┌  create\n│\n◆  Reset the database?\n│  ● Yes / ○ No\n└\n', 'Reset the database?'],
  ];
  for (const [name, raw, question] of questions) {
    it(`is found as ${name} writes it`, () => assert.equal(asked(raw), question));
  }

  it('is found in the recorded question of nx', () => {
    assert.equal(asked(rawOutput('questions/nx')), 'Install Nx Console? (you can uninstall anytime) (Y/n)');
  });

  const others = [
    '? Do you want to continue? [Y/n] y\n',
    'Listening on port 3000\n',
    'What next?\n',
    'Compiling 12 of 40 ',
    '',
    '◆  Reset the database?\n│  ● Yes / ○ No\n└\n◇  Reset the database?\n│  Yes\n',
  ];
  for (const raw of others) it(`is none in ${JSON.stringify(raw)}`, () => assert.equal(asked(raw), undefined));
});
