// Keeps numbers in memory. Send the name of one in a line, and it is increased by 1 and returned.
const { createServer } = require('node:net');
const { createInterface } = require('node:readline');

const port = Number(process.argv[2] ?? 4721);
const steps = 8;
const numbers = new Map();

const server = createServer((connection) => {
  connection.on('error', () => {});
  createInterface({ input: connection }).on('line', (name) => {
    numbers.set(name, (numbers.get(name) ?? 0) + 1);
    connection.write(`${numbers.get(name)}\n`);
  });
});

function recover(step) {
  console.log(`Recovering the log: ${step} of ${steps}`);
  if (step < steps) setTimeout(recover, 1000, step + 1);
  else setTimeout(() => server.listen(port, 'localhost', () => console.log(`Database listens on port ${port}`)), 1000);
}

recover(1);
