import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import type { OperationStatus } from '../../src/client.js';
import { startCompiledStack } from './cli/support.js';

/** Debian's; `.ci/run` installs it. A browser of another place can be linked there. */
const BROWSER = '/usr/bin/chromium';
const SCREENSHOTS = fileURLToPath(new URL('../../.tmp/screenshots/', import.meta.url));

const missing = existsSync(BROWSER) ? null : `Temporal UI NOT looked at: there is no ${BROWSER}`;

it(missing ?? 'tells a stranger in the Temporal UI what waits, why, and what to do', async () => {
  if (missing !== null) return process.emitWarning(missing);
  const stack = await startCompiledStack();
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  try {
    await stack.sitewright(
      ...['provision', 'acme-large', '--plan', 'USD 100', '--version', 'Version 15'],
      ...['--apps', 'frappe,erpnext', '--by', 'billing', '--reason', 'order 4711'],
    );
    const site = `acme-large.${stack.record.domain}`;
    const read = async () => (await stack.json<OperationStatus>('status', site)).value;
    await expect
      .poll(async () => (await read()).state, { timeout: 60_000 })
      .toBe('waiting_approval');
    const { workflowId, plan, operationId } = await read();

    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    const { uiUrl, namespace } = stack.record;
    await page.goto(`${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`);
    // The input is shown in clear: the codec endpoint of the stack works.
    await page.getByText('"subdomain": "acme-large"').first().waitFor({ timeout: 60_000 });
    await mkdir(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: `${SCREENSHOTS}waiting-history.png` });

    await page.goto(page.url().replace(/\/(history|timeline).*$/, '/user-metadata'));
    const card = page.frameLocator('iframe').last();
    await card.getByText('WAITING FOR APPROVAL').waitFor({ timeout: 60_000 });
    const text = await card.locator('body').innerText();
    expect(text).toContain(site);
    expect(text).toContain('USD 100');
    expect(text).toContain('billing');
    expect(text).toContain('until');
    expect(text).toContain(plan?.hash);
    expect(text).toContain(`npx sitewright approve ${site} --operation ${operationId}`);
    await page.screenshot({ path: `${SCREENSHOTS}waiting-card.png` });
  } finally {
    await browser.close();
    await stack.close();
  }
});
