export { type Captured, type CaptureOptions, type CaptureReport, captureTests, type TestReport } from './capture-tests.ts';
export { judgeCapture, judgeTraces } from './judge-capture.ts';
export { renderCapture } from './render-capture.ts';
