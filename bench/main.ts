import { fileURLToPath } from 'node:url';
import { benchAgainstBase } from './against-base.ts';
import { benchCollectors } from './collectors.ts';
import { benchGrowth } from './growth.ts';
import { benchMessages } from './messages.ts';
import { benchPlan } from './plan.ts';
import { benchRecovery } from './recovery/bench-recovery.ts';
import { benchRequests } from './request.ts';
import { benchScaffold } from './scaffold.ts';
import { benchStartup } from './startup.ts';
import { type Row, renderTable } from './table.ts';
import { benchTraces } from './traces.ts';

const cli = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

const sections: Record<string, () => Row[] | Promise<Row[]>> = {
  plan: () => benchPlan(cli),
  growth: () => benchGrowth(cli),
  startup: () => benchStartup(cli),
  scaffold: () => benchScaffold(cli),
  requests: benchRequests,
  collectors: benchCollectors,
  messages: benchMessages,
  traces: benchTraces,
  recovery: () => benchRecovery(cli),
};

// Only when it is named: it needs a second checkout.
if (process.argv.includes('base')) sections['base'] = benchAgainstBase;

const chosen = process.argv.slice(2);
for (const [name, run] of Object.entries(sections)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n### ${name}\n`);
  console.log(renderTable(await run()));
}
