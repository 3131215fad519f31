// Preloaded into the tool: changes the tree at the worst moment, when everything was looked at and the journal has just been put in place.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  rename(from, to);
  if (!String(to).endsWith('/.tracewright/journal.json')) return;
  if (process.env.SWAP_TO) fs.symlinkSync(process.env.SWAP_TO, 'vendor');
  if (process.env.SWAP_TEXT) fs.writeFileSync(process.env.SWAP_TEXT, 'edited in between');
};
syncBuiltinESMExports();
