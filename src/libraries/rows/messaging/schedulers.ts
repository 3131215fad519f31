import type { Library } from '../../library.ts';

const runs = 'Its runs get no spans of their own; calls in them start traces by themselves.';

export const libraries: readonly Library[] = [
  { name: '@nestjs/schedule', role: 'scheduler', spans: [], dark: runs },
  { name: 'bree', role: 'scheduler', spans: [], dark: runs },
  { name: 'cron', role: 'scheduler', spans: [{ by: 'middleware', versions: '>=4 <5' }], dark: runs },
  { name: 'croner', role: 'scheduler', spans: [], dark: runs },
  { name: 'node-cron', role: 'scheduler', spans: [{ by: 'middleware', versions: '>=3 <4' }], dark: runs },
  { name: 'node-schedule', role: 'scheduler', spans: [{ by: 'middleware', versions: '>=2.1 <3' }], dark: runs },
  { name: 'toad-scheduler', role: 'scheduler', spans: [], dark: runs },
];
