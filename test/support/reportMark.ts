/** Begins each line of a test report that comes out of the extension host, to tell it from what VS Code logs itself. */
export const reportMark = '| ';
