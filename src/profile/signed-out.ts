import { isJsonPath } from './json-path.js';
import { OpenPage, PageError, type ServedPage } from './open-page.js';
import { compile } from './regular-expression.js';
import type { Profile } from './schema.js';

/** An answer to the request for a page. */
export interface AnsweredPage extends ServedPage {
  status: number;
  /** The address that was asked for. */
  asked: string;
}

function has(page: OpenPage, select: string): boolean {
  try {
    return page.parts(select).length > 0;
  } catch (error) {
    // Where there is no JSON, nothing stands at a path of it.
    if (error instanceof PageError && isJsonPath(select)) return false;
    throw error;
  }
}

/**
 * Why a page is one for those who are signed out, in words; undefined where it is not.
 *
 * @param answer the page, with how it came
 */
export function signedOutBy(answer: AnsweredPage, { signIn }: Profile): string | undefined {
  if (signIn.by === 'none') return undefined;
  const page = new OpenPage(answer, undefined);
  if (signIn.by === 'form' && has(page, signIn.form)) return 'it shows the sign-in form';
  const { select, status = [], redirect } = signIn.signedOut ?? {};
  if (status.includes(answer.status)) return `the site answered ${answer.status}`;
  if (redirect !== undefined && answer.url !== answer.asked && compile(redirect).test(answer.url)) {
    return `the site led on to ${answer.url}`;
  }
  return select !== undefined && has(page, select) ? `it has ${select}` : undefined;
}
