/**
 * Options of `node` whose value may be the next word: those of the types string, number, list and host:port in its own option tables,
 * Node 14.21, 16.20, 18.20, 20.20, 22.23, 24.22 and 26.12. An option of V8 takes its value only after `=`.
 */
export const nodeValued: readonly string[] = (
  '--allow-fs-read --allow-fs-write --bench-isolation --bench-name-pattern --bench-reporter --bench-reporter-destination ' +
  '--bench-samples --bench-warmup --build-sea --build-snapshot-config --conditions --cpu-prof-dir --cpu-prof-interval ' +
  '--cpu-prof-name --debug-port --diagnostic-dir --disable-proto --disable-warning --dns-result-order --env-file ' +
  '--env-file-if-exists --es-module-specifier-resolution --eval --experimental-default-type --experimental-loader ' +
  '--experimental-package-map --experimental-policy --experimental-sea-config --experimental-specifier-resolution ' +
  '--experimental-test-isolation --experimental-test-tag-filter --heap-prof-dir --heap-prof-interval --heap-prof-name ' +
  '--heapsnapshot-near-heap-limit --heapsnapshot-signal --icu-data-dir --import --input-type --inspect-port ' +
  '--inspect-publish-uid --loader --localstorage-file --max-http-header-size --max-old-space-size-percentage ' +
  '--network-family-autoselection-attempt-timeout --openssl-config --policy-integrity --process-timeout --redirect-warnings ' +
  '--report-dir --report-directory --report-filename --report-signal --require --run --secure-heap --secure-heap-min ' +
  '--security-revert --security-reverts --snapshot-blob --stack-trace-limit --test-concurrency --test-coverage-branches ' +
  '--test-coverage-exclude --test-coverage-functions --test-coverage-include --test-coverage-lines --test-global-setup ' +
  '--test-isolation --test-name-pattern --test-random-seed --test-reporter --test-reporter-destination ' +
  '--test-rerun-failures --test-shard --test-skip-pattern --test-timeout --title --tls-cipher-list --tls-keylog ' +
  '--trace-event-categories --trace-event-file-pattern --trace-require-module --unhandled-rejections --use-largepages ' +
  '--v8-pool-size --vfs-load --watch-kill-signal --watch-path -C -e -r'
).split(' ');
