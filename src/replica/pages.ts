import { styleSheet } from './style-sheet.js';

/** One cell of the table of pictures. */
export interface Cell {
  /** The `id` attribute of the thumbnail. */
  readonly id: string;
  /** Address of the thumbnail. */
  readonly source: string;
  /** The `rot` attribute; default `RotateNone`. */
  readonly rotation?: string;
}

/** Cells in a row of the table. */
const columns = 8;

/**
 * Returns the page of the album that shows `cells`. `page` and `lastPage` count from 1; the links
 * to other pages depend on them.
 */
export function albumPage(page: number, lastPage: number, cells: readonly Cell[]): string {
  const links = pageLinks(page, lastPage);
  return layout(
    'All Pictures',
    `
    <div id="user"><a href="/Frame/AllPictures">All Pictures</a> | <a href="/Account/LogOff">Sign out</a></div>
    <h2>All Pictures <span class="count">page ${page} of ${lastPage}</span></h2>
    <div class="toolbar">
      <img class="button" src="/Content/Images/button-upload.png" alt="Add pictures" width="112" height="26">
      <img class="button" src="/Content/Images/button-slideshow.png" alt="Slide show" width="112" height="26">
      <div class="pager">${links}</div>
    </div>
    <table id="pictures" cellspacing="6">
${rows(cells)}
    </table>
    <div class="pager bottom">${links}</div>
    <script>
      document.getElementById('pictures').onclick = function (event) {
        var picture = event.target;
        if (picture.tagName === 'IMG') window.open(picture.src.replace('~t~', '~a~'));
      };
    </script>`,
  );
}

/** Returns the sign-in form, posted to `action`; with `error` as the reason why the last attempt failed. */
export function signInPage(error?: string, action = '/'): string {
  const summary = error
    ? `<div class="validation-summary-errors"><span>Sign in was unsuccessful. Please correct the errors and try again.</span><ul><li>${escapeHtml(error)}</li></ul></div>`
    : '';
  return layout(
    'Sign In',
    `
    <div class="welcome">
      <img src="/Content/Images/frame.png" alt="A frame that shows a picture" width="300" height="225">
      <div class="signin">
        <h2>Sign in to your frame</h2>
        ${summary}
        <form method="post" action="${escapeHtml(action)}" id="signin">
          <input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="">
          <input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTI4NzA0MzI5Mg9kFgICAw9kFgICAQ9kFgJmD2QWAmYPZBYC">
          <input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="/wEWBAL7kZ2fDgKl1bKzCQK1qbSRCwKC3IfLCQ==">
          <p><label for="username">E-mail address</label><input type="text" name="username" id="username" autocomplete="username"></p>
          <p><label for="password">Password</label><input type="password" name="password" id="password" autocomplete="current-password"></p>
          <p><input type="submit" class="submit" value="Sign In"></p>
        </form>
      </div>
    </div>`,
  );
}

/** Returns a page that says, in a heading, what went wrong. */
export function messagePage(heading: string): string {
  return layout(heading, `\n    <h2>${escapeHtml(heading)}</h2>`);
}

/** Returns the cells of a table of pictures in the site's own markup. */
function rows(cells: readonly Cell[]): string {
  const lines: string[] = [];
  for (let from = 0; from < cells.length; from += columns) {
    const row = cells.slice(from, from + columns);
    lines.push(
      `<tr>\n${row.map((cell, column) => cellMarkup(cell, from + column)).join('\n')}\n</tr>`,
    );
  }
  return lines.join('\n');
}

function cellMarkup({ id, source, rotation = 'RotateNone' }: Cell, index: number): string {
  return `<td align="center" valign="middle">
    <img src="${escapeHtml(source)}" alt="${index}" id="${escapeHtml(id)}" rot="${escapeHtml(rotation)}" style="display: inline;">
    <canvas id="canvas_${index}" style="display:none;"></canvas>
</td>`;
}

/** Links to the first and last page and those nearby, however many pages there are. */
function pageLinks(page: number, lastPage: number): string {
  const near = Array.from({ length: 9 }, (_, index) => page - 4 + index);
  const pages = [...new Set([1, ...near, lastPage])].filter((p) => p >= 1 && p <= lastPage);
  const numbers = pages.map((p) =>
    p === page ? `<b>${p}</b>` : `<a href="/Frame/AllPictures?p=${p}">${p}</a>`,
  );
  const previous =
    page > 1 ? `<a href="/Frame/AllPictures?p=${page - 1}">&laquo; Previous</a>` : '';
  const next = page < lastPage ? `<a href="/Frame/AllPictures?p=${page + 1}">Next &raquo;</a>` : '';
  return [previous, ...numbers, next].join(' ');
}

function layout(title: string, content: string): string {
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} - Pulse Digital Frame</title>
<style>${styleSheet}</style>
</head>
<body>
<div id="page">
  <div id="header"><img src="/Content/Images/logo.png" alt="Pulse Digital Frame" width="220" height="56"></div>
  <div id="main">${content}
  </div>
  <div id="footer">
    <img src="/Content/Images/badge.png" alt="" width="24" height="24">
    A replica of a photo service that has been shut down. Every picture in it is invented.
  </div>
</div>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
