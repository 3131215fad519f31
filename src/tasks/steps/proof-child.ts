import { TracewrightError } from '../../contract/index.ts';
import { replaceDurably } from '../../engine/apply/durable.ts';
import { type RecordReport, recordRepo, renderReport, type VerifyOptions, type VerifyReport, verifyRepo } from '../../verify/index.ts';
import { observedIn } from './observed.ts';
import { type Proof, type ProofRequest, proofVariable } from './proof.ts';

// Runs a program and judges its traces in a process of its own, so that a run that hangs or is killed takes nothing with it.
const request = JSON.parse(process.env[proofVariable] ?? '') as ProofRequest;
const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());
process.once('SIGINT', () => controller.abort());

function proofOf(report: VerifyReport, written: readonly string[]): Proof {
  const failed = report.checks.find(({ status }) => status === 'fail');
  return {
    ok: report.ok,
    checks: report.checks.map(({ id, status }) => `${id} ${status}`),
    requests: report.requests.length,
    spans: report.spans,
    golden: report.golden.map(({ file, status }) => `${file} ${status}`),
    written,
    ...observedIn(report),
    ...(failed === undefined ? {} : { failure: { code: failed.code ?? 'TW3014', detail: failed.summary, next: failed.next } }),
    text: renderReport(report, { color: false }),
  };
}

async function prove(): Promise<Proof> {
  const { root, against, record, env } = request;
  // A person looks at the branch these traces end on, so they may be written where CI=true, too.
  const options: VerifyOptions = {
    frozen: false,
    signal: controller.signal,
    env: { ...process.env, ...env },
    ...(against === undefined ? {} : { against }),
  };
  try {
    if (!record) return proofOf(await verifyRepo(root, options), []);
    const report: RecordReport = await recordRepo(root, options);
    return proofOf(report, report.written);
  } catch (error) {
    const { code, detail, next } = error instanceof TracewrightError ? error : new TracewrightError('TW9001', String(error));
    return {
      ok: false,
      checks: [],
      requests: 0,
      spans: 0,
      golden: [],
      written: [],
      seen: [],
      pairs: [],
      failure: { code, detail, next },
      text: `${code} ${detail}\n`,
    };
  }
}

const proof = await prove();
replaceDurably(request.out, Buffer.from(JSON.stringify(proof)));
process.stdout.write(proof.text);
