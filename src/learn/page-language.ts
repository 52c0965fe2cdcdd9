import type { Page } from '../page/page.js';

/** The language of a page (BCP 47), as it says so itself. */
export function languageOf(page: Page): string | undefined {
  const language = page.isHtml ? page.document('html').attr('lang')?.trim() : undefined;
  const isTag = language !== undefined && /^[a-z]{2,3}(?:-[A-Za-z\d]{2,8})*$/.test(language);
  return isTag ? language : undefined;
}
