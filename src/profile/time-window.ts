import { DateTime } from 'luxon';
import { withParameter } from '../page/address.js';
import type { NextByWindow } from './next-schema.js';
import { valuesOf, withValues } from './page-values.js';
import { fillSlots } from './slots.js';

/** The window of time of a page: its first moment and that of the window after it, as the site has them. */
export function windowOf(rule: NextByWindow, pageUrl: string): { from: string; until: string } {
  const { format } = rule;
  const start = startOf(rule, pageUrl);
  return { from: written(start, format), until: written(following(rule, start), format) };
}

/**
 * The page of the window after that of a page; undefined after the last one. The last one reaches
 * into tomorrow, where the profile names no end, so that no time zone cuts today off.
 */
export function followingWindow(
  rule: NextByWindow,
  pageUrl: string,
  albumUrl: string,
): string | undefined {
  const { zone } = rule;
  const start = following(rule, startOf(rule, pageUrl));
  const end =
    rule.until === undefined
      ? DateTime.utc().plus({ days: 1 })
      : DateTime.fromISO(rule.until, { zone });
  return start > end ? undefined : withValues(albumUrl, { from: start.toISODate() ?? '' });
}

/** The address that is requested for a page of a window. */
export function windowAddress(rule: NextByWindow, pageUrl: string): string {
  const values = valuesOf(pageUrl);
  // A further page of a window has an address of its own.
  if (values.inside !== undefined) return pageUrl;
  const { parameters, address } = rule;
  const { from, until } = windowOf(rule, pageUrl);
  if (address !== undefined) {
    const filled = fillSlots(address, { from, until }, encodeURIComponent);
    return withValues(new URL(filled, pageUrl).href, values);
  }
  if (parameters === undefined) return pageUrl;
  const begun = withParameter(pageUrl, parameters.from, from);
  return parameters.until === undefined ? begun : withParameter(begun, parameters.until, until);
}

function startOf({ from, zone }: NextByWindow, pageUrl: string): DateTime {
  return DateTime.fromISO(valuesOf(pageUrl).from ?? from, { zone });
}

function following({ every }: NextByWindow, start: DateTime): DateTime {
  return every === 'month' ? start.plus({ months: 1 }).startOf('month') : start.plus(every);
}

function written(moment: DateTime, format: string): string {
  if (format === 'iso') return moment.toISO({ suppressMilliseconds: true }) ?? '';
  if (format === 'unix') return String(Math.floor(moment.toSeconds()));
  if (format === 'unix-milliseconds') return String(moment.toMillis());
  return moment.toFormat(format, { locale: 'en' });
}
