export { describeInstall, installAll, typedInstall } from './install.ts';
export { undoInstalled } from './left-installs.ts';
export { missingInstalls } from './missing-installs.ts';
export { quoteWord } from './quote-word.ts';
