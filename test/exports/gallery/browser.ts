import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's, or another that CHROMIUM names. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether tests in a browser are run: where there is one, and in CI, where they fail without. */
export const browserIsWanted = existsSync(executablePath) || process.env.CI === 'true';

/** A test that needs a browser; skipped by name where none is wanted. */
export const browserTest = browserIsWanted ? test : test.skip;

/** Path of the script of axe-core. */
export const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A page of a browser, and what it should not have done. */
export interface WatchedPage {
  page: Page;
  /** Errors and warnings of the console, failed requests, and errors that no one caught. */
  problems: string[];
  /** Addresses of all that was asked for. */
  requests: string[];
}

/** Starts the browser. Close it in the end. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Opens a page of its own and watches it. */
export async function openPage(
  browser: Browser,
  path: string,
  { fragment = '', ...options }: BrowserContextOptions & { fragment?: string } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What is still being loaded when a page is left is given up.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason}: ${request.url()}`);
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${pathToFileURL(path)}${fragment}`, { waitUntil: 'load' });
  return { page, problems, requests };
}
