// Loaded into each Node of a terminal in the oldest VS Code, which reports only what is written a moment after the start.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
