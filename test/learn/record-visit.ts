import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** Records a visit in a browser as a HAR file, with all that the site answered. */
export async function recordVisit(
  browser: Browser,
  visit: (page: Page) => Promise<void>,
): Promise<string> {
  let text = '';
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, 'visit.har');
    const context = await browser.newContext({ recordHar: { path, content: 'embed' } });
    try {
      await visit(await context.newPage());
    } finally {
      // The file is written when the context is closed.
      await context.close();
    }
    text = readFileSync(path, 'utf8');
  });
  return text;
}

/** Visits the replica as a person does: signs in, opens two pages, and one photo in full size. */
export async function visitPulse(
  page: Page,
  { url, username, password }: { url: string; username: string; password: string },
): Promise<void> {
  await page.goto(url);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('[type=submit]');
  await page.waitForURL('**/Frame/AllPictures');
  await page.click('text=Next');
  await page.waitForURL('**/Frame/AllPictures?p=2');
  const opened = page.waitForEvent('popup');
  await page.locator('#pictures img').nth(3).click();
  await (await opened).waitForLoadState();
}
