// Makes the backend fail: `node crash.js`.
fetch('http://localhost:4722/crash').then(
  () => console.log('The backend fails now: look at its row in the Services view.'),
  (error) => console.error(`The backend does not answer: ${error.cause?.message ?? error.message}`),
);
