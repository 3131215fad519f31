import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'nuxt', role: 'server', spans: [], owns: { title: 'Nuxt', next: 'Trace the Nitro server through its own plugin hook for now.' } },
];
