#!/usr/bin/env node
// Takes the flags of desktop VS Code, so that @vscode/test-electron can start it in its stead.
import 'tsx';
// CommonJS to Node, so that what it exports is this one value.
const { default: launching } = await import('./launch.ts');
process.exitCode = await launching.launch(process.argv.slice(2));
