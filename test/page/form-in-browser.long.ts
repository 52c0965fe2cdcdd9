import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { submitForm } from '../../src/page/form-submission.js';
import { Page } from '../../src/page/page.js';
import { browserIsWanted, browserTest, startBrowser } from '../exports/gallery/browser.js';
import { withServer } from '../helpers/with-server.js';

const everything = `
<input type="hidden" name="h" value="1"><input type="hidden" name="h" value="2"><input name="user"><input name="pass" type="password">
<input type="checkbox" name="c1" checked><input type="checkbox" name="c2" value="x"><input type="radio" name="r" value="1" checked>
<input type="radio" name="r" value="2"><input type="email" name="e" value=" a@b.c "><input type="number" name="n" value="1e3">
<input type="range" name="g" min="0" max="50"><input type="range" name="g2" max="25"><input type="date" name="day" value="2020-02-30">
<input type="datetime-local" name="at" value="2020-01-01 10:00"><input type="hidden" name="_charset_"><select name="s4" size="x"><option>&nbsp;x</select>
<template><input name="template"></template><input type="color" name="l" value="#ABCDEF"><textarea name="t">
one
two &amp; three</textarea><select name="s1"><option>first<option value="2">second</select>
<select name="s2" multiple><option selected>a<option>b<option selected> c  d </select><select name="s3" size="2"><option>x</select>
<fieldset disabled><legend><input name="legend" value="in"></legend><input name="off" value="out"></fieldset>
<input name="own" value="1" form="other"><input name="dis" disabled value="1"><input name="ü &quot;q&quot;" value="ä+b&amp;c=d~*">
<button type="button" name="no">no</button><button name="go" value="yes">Go</button><button name="cancel">Cancel</button>`;
/** Of pages whose forms the parser ties to controls in ways of its own; `.sign-in` is submitted. */
const tied = [
  [
    'a form that is closed too early',
    '<div><form class="sign-in" method="post" action="/do"><input name="user"><input name="pass"></div><button name="go">Go</button><input name="b" value="1"></form><input name="c">',
  ],
  [
    'two forms in a table',
    '<table><form action="/other"><tr><td><input name="q"></td></tr></form><form class="sign-in" method="post" action="/do"><tr><td><input name="user"><input name="pass"></td><td><input type="submit" name="go" value="1"></td></tr></form><tr><td><input name="after"></td></tr></table>',
  ],
  [
    'two forms of one id',
    '<form id="f"></form><form id="f" class="sign-in" method="post" action="/do"><input name="user"><input name="pass"><button>Go</button></form><input name="b" form="f">',
  ],
  [
    'a form in a form',
    '<form class="sign-in" method="post" action="/do"><input name="user"><form><input name="pass"><button>Go</button></form><input name="late"></form>',
  ],
] as const;
const forms = [
  ['url-encoded', 'method="post"'],
  ['url-encoded in windows-1252', 'method="post" accept-charset="windows-1252"'],
  ['multipart', 'method="post" enctype="multipart/form-data"'],
  ['plain text', 'method="post" enctype="text/plain"'],
  ['by GET', ''],
] as const;

describe('a form of all controls is sent as a browser sends it', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (browserIsWanted) browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  browserTest.each(forms)('%s', (_name, attributes) =>
    compare(
      `<form id="f" class="sign-in" action="/do" ${attributes}>${everything}</form><form id="other"></form><input name="late" value="1" form="f">`,
    ),
  );

  browserTest.each(tied)('%s', (_name, html) => compare(html));

  async function compare(markup: string): Promise<void> {
    const html = `<!doctype html><meta charset="utf-8">${markup}`;
    const sent: { url: string | undefined; body: string }[] = [];
    await withServer(
      async (request, response) => {
        if (request.url?.startsWith('/do')) {
          sent.push({ url: request.url, body: await text(request.setEncoding('latin1')) });
          response.end('done');
        } else response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
      },
      async (origin) => {
        const page = await browser.newPage();
        await page.goto(origin);
        await page.fill('[name=user]', 'anna');
        await page.fill('[name=pass]', 's3 cret');
        await page.press('[name=pass]', 'Enter');
        await page.waitForURL(`${origin}/do**`);
        await page.close();

        const fields = { user: 'anna', pass: 's3 cret' };
        const own = submitForm(new Page({ url: `${origin}/`, text: html }), '.sign-in', {
          fields,
        });
        if (own === undefined) throw new Error('there is no form');
        const body = own.body?.bytes.toString('latin1') ?? '';
        expect(own.url.replace(origin, '')).toBe(sent[0]?.url);
        expect(withoutBoundary(body)).toBe(withoutBoundary(sent[0]?.body ?? ''));
      },
    );
  }
});

function withoutBoundary(body: string): string {
  const [boundary = ''] = /^--\S+/.exec(body) ?? [];
  return boundary === '' ? body : body.replaceAll(boundary, '--boundary');
}
