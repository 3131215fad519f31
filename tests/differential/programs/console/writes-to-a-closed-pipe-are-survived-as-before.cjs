/*
untraced: it takes no request
*/
process.stdout.on('error', (error) => process.stderr.write(`stdout ${error.code}\n`));
console.log('first');
process.stdout.destroy();
console.log('second');
console.error('still here', process.stdout.destroyed);
