import { describe, expect, it } from 'vitest';
import { fullReport, journey, log, report, span } from './fixtures/test-report.ts';
import { renderHtml } from './render-html.ts';

const render = (verify: Parameters<typeof report>[2] | ReturnType<typeof report>): string =>
  renderHtml({ repository: 'shop', version: '1.2.3', verify: { ...report([]), ...verify }, ledger: [] });

describe('renderHtml', () => {
  it('is one file that asks for nothing else', () => {
    const page = render(fullReport());
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:,)/);
    expect(page).not.toMatch(/@import|url\((?!#)|https?:/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).toBe(render(fullReport()));
  });

  it('shows each kind of difference with its values', () => {
    const page = render(fullReport());
    for (const kind of ['missing', 'extra', 'renamed', 'moved', 'split', 'orphan', 'merged', 'changed'])
      expect(page).toContain(`</span> ${kind}</span>`);
    expect(page).toContain('was <del>UNSET</del>, is <ins>ERROR</ins>');
    expect(page).toContain('and 2 spans below it');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    '"><b onclick="x">',
    "' onfocus='x",
    '<!--<script>',
    '&lt;b&gt;',
  ])('keeps %s data, wherever it comes from', (hostile) => {
    const attributes = { [hostile]: hostile, list: [hostile] };
    const event = {
      name: 'exception',
      attributes: { 'exception.type': hostile, 'exception.message': hostile, 'exception.stacktrace': hostile },
    };
    const one = span('1', '', {
      name: hostile,
      service: hostile,
      scope: hostile,
      attributes,
      events: [event, { name: hostile, attributes }],
      links: [{ traceId: hostile, spanId: hostile, attributes: {} }],
    });
    const verify = report([one], [log('1', hostile, { severity: hostile, event: hostile, attributes }), log('9', hostile)], {
      notes: [hostile],
      checks: [{ id: 'no-orphans', status: 'fail', summary: hostile, details: [hostile], next: `${hostile} \`${hostile}\`` }],
      golden: [
        {
          scenario: hostile,
          file: hostile,
          status: 'differs',
          differences: [{ kind: 'renamed', span: hostile, to: hostile, at: [hostile] }],
        },
      ],
    });
    const ledger = [
      { site: hostile, service: hostile, place: hostile, source: hostile, state: 'unseen' as const, why: hostile, next: hostile },
    ];
    const page = renderHtml({ repository: hostile, version: hostile, verify, ledger });
    expect(page).not.toContain(hostile);
    expect(page.split('<script').length).toBe(2);
  });

  it('makes characters visible that would turn or hide a name', () => {
    expect(render(report([span('1', '', { name: 'GET /\u202Enimda\u0000' })]))).toContain('GET /\\u202enimda\\u0000');
  });

  it('says what it folds away and what it leaves out', () => {
    const page = render(report(journey(12_000)));
    expect(page).toContain('9,800 more spans folded away.');
    expect(page).toContain('2,000 more spans are not in this file');
    expect(page.match(/<li class="span"/g)).toHaveLength(10_000);
  });

  it('folds traces away, too', () => {
    const traces = Array.from({ length: 120 }, (_, index) => span('1', '', { traceId: `t${index}` }));
    const page = render(report(traces));
    expect(page).toContain('70 more traces folded away.');
    expect(page.match(/<details class="trace"/g)).toHaveLength(120);
  });

  it('survives a chain of 50,000 spans', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => span(String(index + 1), index === 0 ? '' : String(index)));
    expect(render(report(chain))).toContain('40,000 more spans are not in this file');
  });

  it('shows the score of each service, what fails it and how noisy it is', () => {
    const noise = Array.from({ length: 12 }, (_, index) => span(`n${index}`, '1', { kind: 'INTERNAL', name: 'middleware' }));
    const page = render(report([span('1', ''), ...noise]));
    expect(page).toContain('<b>SPA-001</b> <span class="quiet">Normal</span> INTERNAL middleware (12 times)');
    expect(page).toContain('12 of 10 <span class="badge bad">over budget</span>');
    expect(page).toMatch(/Not complete: \d+ rules of the specification are not decided/);
    expect(page).toContain('<b>LOG-001</b> it asks about 14 days of production');
  });

  it('folds all but the first line of a log', () => {
    const page = render(report([span('1', '')], [log('1', 'Error: no\n    at x.js:1')]));
    expect(page).toContain('</span> Error: no…<details class="fold"><summary>Whole text</summary>');
  });

  it('has words for a run without a span', () => {
    const page = render(report([]));
    expect(page).toContain('no span arrived');
    expect(page).toContain('No scenario was compared.');
    expect(page).not.toContain('Run of');
  });

  it('draws who called whom, and calls without a trace', () => {
    const page = render(fullReport());
    expect(page).toContain(
      '<span>shop</span> <span class="arrow-text" aria-hidden="true">→</span><span class="away"> calls </span> <span>stock</span>',
    );
    expect(page).toContain('no trace context arrived');
    expect(page.match(/outside every request/g)).toHaveLength(1);
    expect(page).toContain('href="#trace-1"');
  });
});
