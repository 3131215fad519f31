import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fullReport, journey, report, span } from './fixtures/test-report.ts';
import { renderHtml } from './render-html.ts';

const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined) {
  process.stderr.write('NOT TESTED: the report page, as no Chromium was found. Install it, or set CHROMIUM to its path.\n');
  if (process.env['CI'] === 'true') throw new Error('CI must test the report page: install Chromium.');
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const folder = mkdtempSync(join(tmpdir(), 'tracewright-report-'));

const ledger = (['unseen', 'unasked', 'task', 'refused', 'seen', 'placed', 'absent'] as const).map((state) => ({
  site: `GET /${state}/${'long-name-'.repeat(12)}`,
  service: 'shop',
  place: `src/${state}.js:1`,
  source: 'route',
  state,
  why: 'Because of `this`.',
  next: 'Do that.',
}));

function pageFile(name: string, verify: ReturnType<typeof report>): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, renderHtml({ repository: 'shop', version: '1.0.0', verify, ledger }));
  return pathToFileURL(file).href;
}

interface View {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

describe.skipIf(executablePath === undefined)('the report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page that must neither complain nor ask for anything. */
  async function open(url: string, { width = 1280, colorScheme = 'light', javaScriptEnabled = true }: View = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url.split('#')[0] && !request.url().startsWith('data:')) faults.push(request.url());
    });
    onTestFinished(async () => {
      await context.close();
      expect(faults).toEqual([]);
    });
    await page.goto(url);
    return page;
  }

  // Code for the page is text: the DOM's types have no place in a program for Node.
  const openAll = (page: Page): Promise<void> =>
    page.evaluate<void>("for (const each of document.querySelectorAll('details')) each.open = true");
  const scrollWidth = (page: Page): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth');

  it.each([380, 720, 1280])('never scrolls sideways at %i px, with everything unfolded', async (width) => {
    const page = await open(pageFile('full', fullReport()), { width });
    await openAll(page);
    expect(await scrollWidth(page)).toBe(width);
    const wide = await page.evaluate<string[]>(`
      [...document.querySelectorAll('body *:not(.away, .away *)')]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.outerHTML.slice(0, 120))`);
    expect(wide).toEqual([]);
  });

  it('holds long names and deep chains at 380 px', async () => {
    const spans = Array.from({ length: 40 }, (_, index) =>
      span(String(index + 1), index === 0 ? '' : String(index), { name: 'n'.repeat(200), service: 's'.repeat(80) }),
    );
    const at = spans.map(({ name, spanId }) => `${spanId} ${name}`);
    const golden = [
      {
        scenario: 'g'.repeat(90),
        file: 'f'.repeat(90),
        status: 'differs' as const,
        differences: [{ kind: 'split' as const, span: 's'.repeat(90), at }],
      },
    ];
    const page = await open(pageFile('long', report(spans, [], { golden })), { width: 380 });
    await openAll(page);
    expect(await scrollWidth(page)).toBe(380);
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 380],
    ['dark', 380],
  ] as const)('is accessible: %s, %i px', async (colorScheme, width) => {
    const page = await open(pageFile('full', fullReport()), { colorScheme, width });
    await openAll(page);
    // The page's own policy forbids foreign scripts, so axe runs through the debugger.
    await page.evaluate(axe.source);
    const violations = await page.evaluate<string[]>(`
      axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes[0].html + ' ' + nodes[0].failureSummary))`);
    expect(violations).toEqual([]);
  });

  it('has a paper that follows the colour scheme', async () => {
    const url = pageFile('full', fullReport());
    const paper = async (colorScheme: 'light' | 'dark'): Promise<string> =>
      (await open(url, { colorScheme })).evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect([await paper('light'), await paper('dark')]).toEqual(['rgb(251, 251, 249)', 'rgb(19, 21, 26)']);
  });

  it('is walked by keyboard: skip link, parts, then the lines of a waterfall', async () => {
    const page = await open(pageFile('full', fullReport()));
    const focused = (): Promise<string> => page.evaluate<string>("document.activeElement.textContent.trim().split(/\\s+/).join(' ')");
    const seen: string[] = [];
    for (let step = 0; step < 7; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen[0]).toBe('Skip to the report');
    expect(seen.slice(1).map((text) => text.split(' ')[0])).toEqual(['Checks', 'Golden', 'Traces', 'Calls', 'Instrumentation', 'Coverage']);
    await page.locator('.span > details > summary').first().focus();
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.span > details').first().getAttribute('open')).toBe('');
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.span > details').first().getAttribute('open')).toBeNull();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^shop CLIENT GET/);
    await page.keyboard.press('End');
    expect(await focused()).toMatch(/^shop INTERNAL orphaned/);
  });

  it('has one heading for the page, one for each part, and landmarks', async () => {
    const page = await open(pageFile('full', fullReport()));
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual(['shop']);
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Checks',
      'Golden traces',
      'Traces',
      'Calls between services',
      'Instrumentation Score',
      'Coverage',
    ]);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('table').count()).toBe(2);
  });

  it('shows a large trace in steps and says what is left', async () => {
    const page = await open(pageFile('large', report(journey(1500))));
    expect(await page.locator('.span').count()).toBe(200);
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    expect(await page.locator('.span').count()).toBe(700);
    expect(await page.locator('.more .left').textContent()).toBe('800 more spans folded away.');
    expect(await page.evaluate<string>("document.activeElement.closest('.span').querySelector('b').textContent")).toMatch(/^GET \/\d+$/);
    expect(await page.getByRole('status').textContent()).toContain('500 shown');
  });

  it('opens and unpacks the trace that a link names', async () => {
    const traces = Array.from({ length: 120 }, (_, index) => span('1', '', { traceId: `t${index}` }));
    const page = await open(`${pageFile('many', report(traces))}#trace-110`);
    expect(await page.locator('#trace-110 > details').getAttribute('open')).toBe('');
  });

  it('is read without JavaScript', async () => {
    const page = await open(pageFile('large', report(journey(1500))), { javaScriptEnabled: false });
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByText('needs JavaScript').isVisible()).toBe(true);
    await page.locator('.span > details > summary').first().click();
    expect(await page.getByText('http.route').first().isVisible()).toBe(true);
  });

  it('opens 50,000 spans without freezing', async () => {
    const page = await open(pageFile('huge', report(journey(50_000))));
    await page.locator('.trace').first().waitFor();
    expect(await page.getByText('40,000 more spans are not in this file').isVisible()).toBe(true);
  });

  it('runs nothing that a program put into its spans', async () => {
    const hostile = '</script><script>console.error(1)</script><img src=x onerror="console.error(2)"><iframe src="https://example.org">';
    const spans = Array.from({ length: 300 }, (_, index) =>
      span(String(index + 1), index === 0 ? '' : '1', { name: hostile, attributes: { [hostile]: hostile } }),
    );
    const page = await open(pageFile('hostile', report(spans)));
    await page.getByRole('button', { name: 'Show more' }).click();
    await openAll(page);
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(await page.locator('.span b').last().textContent()).toBe(hostile);
  });
});
