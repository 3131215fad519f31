export { type CompilerOptions, compilerOptions, wantsImportEquals } from './compiler-options.ts';
export { addSplice, addStatement, editFile, type FileEdits, finishFile, importName, nameInPlace } from './file-edits.ts';
export { importNames } from './import-names.ts';
export { type Neighbour, setsImportsApart } from './import-order.ts';
export {
  endMark,
  importBefore,
  lastImport,
} from './middleware-import.ts';
export { baseOf, folderOf, isWithin, joinPath, relativeFrom, withoutFolder } from './paths.ts';
export { isTraced, type Place, placeValue } from './place-value.ts';
export { plainName } from './plain-name.ts';
