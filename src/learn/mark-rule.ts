import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { ancestors, namesOf } from '../survey/page-content.js';
import { surveyPage } from '../survey/survey-page.js';
import { jsonListOf } from './json-lists.js';
import { classesOf, isLastingId } from './lasting-names.js';
import type { LearnedRule } from './learned-rule.js';

const galleryNames =
  /(?:^|[\s_-])(?:galler(?:y|ies)|albums?|photos?|pictures?|images?|fotos?|medias?|thumb(?:nail)?s|grid|listing|items?)(?=$|[\s_-])/i;
const mainNames = /(?:^|[\s_-])(?:main|content|page|wrapper|body)(?=$|[\s_-])/i;
/** What the page of a sign-in or of an error has too. */
const anywhere =
  /(?:^|[\s_-])(?:header|footer|nav|navigation|menu|login|user|search|logo|title|banner|cookie|toolbar|sidebar|breadcrumbs?|script|style|modal|dialog)(?=$|[\s_-])/i;

/**
 * Finds what stands once on each of some listing pages, and would on one without photos: the place for
 * the list, else what is the software's own.
 */
export function markRules(pages: readonly Page[]): LearnedRule[] {
  const [first] = pages;
  if (first === undefined) return [];
  const found = first.isHtml ? marksOf(first) : jsonMarks(first);
  const select = found.find((one) => pages.every((page) => isOnce(page, one)));
  if (select === undefined) return [];
  const seenOn = `${pages.length} of ${pages.length} pages`;
  return [{ place: 'listing.mark', rule: select, seenOn }];
}

function isOnce(page: Page, select: string): boolean {
  if (!page.isHtml) return jsonMarks(page).includes(select);
  return !select.startsWith('$') && page.document(select).length === 1;
}

function jsonMarks(page: Page): string[] {
  const path = jsonListOf(page, undefined, 0)?.list.path;
  if (path === undefined) return [];
  const before = path.split(/\[\*\]|\.\*/)[0] ?? '$';
  return before === '$' ? [] : [before];
}

interface Mark {
  select: string;
  score: number;
}

function marksOf(page: Page): string[] {
  const photos = surveyPage(page).photos;
  const holding = new Map<PageElement, number>();
  for (const { element } of photos) {
    for (const one of ancestors(element)) holding.set(one, (holding.get(one) ?? 0) + 1);
  }
  const marks: Mark[] = [];
  for (const element of page.document('body, body *').toArray()) {
    const share = (holding.get(element) ?? 0) / Math.max(1, photos.length);
    marks.push(...namesAsMarks(element).map((mark) => scored(mark, element, share)));
  }
  const generator = page.document('meta[name="generator" i]').attr('content')?.split(/[\s/]/)[0];
  if (generator)
    marks.push({ select: `meta[name="generator" i][content^="${generator}" i]`, score: 2.5 });
  marks.push(...ofHeading(page), ...ofMaker(page));
  const best = marks
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ select }) => select);
  return [...new Set(best)];
}

function namesAsMarks(element: PageElement): Mark[] {
  const { id = '' } = element.attribs;
  const classes = classesOf(element, 'own');
  return [
    ...(isLastingId(id) ? [{ select: `#${id}`, score: 1 }] : []),
    ...classes.map((name) => ({ select: `${element.name}.${name}`, score: 0.5 })),
  ];
}

/** @param share of the page's photos that the element holds */
function scored({ select, score }: Mark, element: PageElement, share: number): Mark {
  const names = namesOf(element);
  if (anywhere.test(select.replace(/[.#]/g, ' '))) return { select, score: 0 };
  let value = score + share * 2;
  if (galleryNames.test(select.replace(/[.#]/g, ' '))) value += 1.5;
  else if (mainNames.test(names)) value += 0.3;
  return { select, score: value };
}

/** The heading of a list of files: “Index of /photos”. */
function ofHeading(page: Page): Mark[] {
  const words = /^(index of) \//i.exec(page.document('h1').first().text().trim())?.[1];
  return words === undefined ? [] : [{ select: `h1:contains("${words} /")`, score: 2.4 }];
}

/** A link to what made the page: “Created with …”. */
function ofMaker(page: Page): Mark[] {
  return page
    .document('a[href^="http"]')
    .toArray()
    .flatMap((link) => {
      const { href = '' } = link.attribs;
      const around = page.document(link).parent().text();
      if (!/(?:powered|created|generated|made|indexed|published) (?:by|with)/i.test(around))
        return [];
      const name = /^https?:\/\/(?:www\.)?([^/?#"]+\/?[\w-]*)/.exec(href)?.[1];
      return name === undefined ? [] : [{ select: `a[href*="${name}"]`, score: 2 }];
    });
}
