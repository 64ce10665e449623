// A service without a port: does a job every five seconds.
const { connect } = require('node:net');

const connection = connect(Number(process.env.DATABASE_PORT ?? 4721), 'localhost', () => {
  console.log('Connected to the database');
  setInterval(() => connection.write('jobs\n'), 5000);
});

connection.on('data', (jobs) => console.log(`Job ${String(jobs).trim()} is done`));
connection.on('error', (error) => {
  console.error(`Error: The database does not answer: ${error.message}`);
  process.exit(1);
});
connection.on('close', () => {
  console.error('Error: The database closed the connection');
  process.exit(1);
});
