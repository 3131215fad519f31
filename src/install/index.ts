export { describeInstall, installAll, typedInstall } from './install.ts';
export { missingInstalls } from './missing-installs.ts';
export { quoteWord } from './quote-word.ts';
