import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [{ name: 'connect', role: 'server', spans: [], routes: 'unread', variables: ['connect'] }];
