/*
untraced: it takes no request
*/
for (let line = 1; line <= 3000; line += 1) console.log(`line ${line} ${'x'.repeat(20)}`);
console.error('last on stderr');
process.exitCode = 4;
