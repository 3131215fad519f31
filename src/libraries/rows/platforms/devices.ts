import type { Library } from '../../library.ts';

const mobileNext = 'Trace the services it talks to; a mobile program is out of scope.';

export const libraries: readonly Library[] = [
  {
    name: 'electron',
    role: 'platform',
    spans: [],
    owns: { title: 'Electron', next: 'Trace the services it talks to; a desktop program is out of scope.', when: 'loaded' },
  },
  { name: 'react-native', role: 'platform', spans: [], owns: { title: 'React Native', next: mobileNext } },
  { name: 'expo', role: 'platform', spans: [], owns: { title: 'Expo', next: mobileNext } },
];
