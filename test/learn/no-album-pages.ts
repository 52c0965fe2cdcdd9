import { pictureAt, type SitePages } from './page-server.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const sentences = [
  'The council met for the third time this week, and again no decision was reached on the old bridge.',
  'Residents who had come to listen left the hall late in the evening, many of them disappointed.',
  'A report on the costs is expected before the end of the month, according to the mayor’s office.',
  'Until then the bridge stays closed to cars, and those on foot have to take the path by the mill.',
  'The river has been crossed at this place since the thirteenth century, as old maps of the town show.',
  'Engineers found cracks in two of the pillars after the flood, and had the road closed the same night.',
];

/** A paragraph of some sentences. */
const paragraph = (from: number, count = 3) =>
  `<p>${numbers(count)
    .map((index) => sentences[(from + index) % sentences.length])
    .join(' ')}</p>`;

const page = (
  title: string,
  content: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><header><a href="/"><img class="logo" src="/img/logo-120x40.jpg" alt="Logo"></a><nav><a href="/">Home</a> <a href="/about">About</a> <a href="/contact">Contact</a></nav></header>
<main>${content}</main>
<footer><p>© 2026. All rights reserved. By using this site you agree to our terms, our privacy policy and our use of cookies, as described in the documents linked here.</p></footer></body></html>`;

const all = (count: number, path: (index: number) => string, html: (index: number) => string) =>
  Object.fromEntries(numbers(count).map((index) => [path(index), html(index)]));

const goods = ['Kettle', 'Toaster', 'Lamp', 'Chair', 'Desk', 'Clock', 'Vase', 'Mug', 'Tray', 'Rug'];
const shop: SitePages = {
  '/': page(
    'Kitchen and home',
    `<h1>Kitchen and home</h1><p>24 products</p><ul class="products">${numbers(24)
      .map(
        (index) => `<li class="product"><a href="/product/${index}">
        <img src="${pictureAt(`good${index}`, 240)}" srcset="${pictureAt(`good${index}`, 240)} 1x, ${pictureAt(`good${index}`, 480)} 2x" alt="${goods[index % 10]}">
        <h2>${goods[index % 10]} ${index}</h2></a><span class="price">€ ${index * 3 + 9}.90</span>
        <a href="/?add-to-cart=${index}" class="button">Add to cart</a></li>`,
      )
      .join('')}</ul><nav class="pages"><a href="/?page=2" rel="next">Next</a></nav>`,
  ),
  ...all(
    24,
    (index) => `/product/${index}`,
    (index) =>
      page(
        `${goods[index % 10]} ${index}`,
        `<h1>${goods[index % 10]} ${index}</h1><img src="${pictureAt(`good${index}`, 800)}" alt=""><b class="price">€ ${index * 3 + 9}.90</b><button>Add to cart</button>${paragraph(index)}`,
      ),
  ),
};

const headlines = [
  'No decision on the old bridge after a long evening in the town hall',
  'Flood of 2026: what the insurance pays, and what it does not',
  'Local bakery wins the national prize for its rye bread',
  'Trains between the two towns run every half hour from Monday',
  'Why so many storks have come back to the valley this spring',
  'School gets a new roof, and the pupils get a week off',
];
const newspaper: SitePages = {
  '/': page(
    'The Valley Courier',
    `<h1>The Valley Courier</h1><section>${numbers(18)
      .map(
        (
          index,
        ) => `<article class="teaser"><a href="/news/article-${index}.html"><img src="${pictureAt(`news${index}`, 320, 180)}" alt=""></a>
        <h3><a href="/news/article-${index}.html">${headlines[index % 6]}</a></h3>
        <p>${sentences[index % 6]}</p><time datetime="2026-05-0${(index % 9) + 1}">May ${(index % 9) + 1}</time></article>`,
      )
      .join('')}</section>`,
  ),
  ...all(
    18,
    (index) => `/news/article-${index}.html`,
    (index) =>
      page(
        headlines[index % 6] ?? '',
        `<article><h1>${headlines[index % 6]}</h1><img src="${pictureAt(`news${index}`, 960, 540)}" alt="">${numbers(
          8,
        )
          .map((one) => paragraph(one))
          .join('')}</article>`,
      ),
  ),
};

/** A front page whose pictures have a headline alone. */
const headlinesOnly: SitePages = {
  ...newspaper,
  '/': page(
    'The Valley Courier',
    numbers(18)
      .map(
        (
          index,
        ) => `<div class="story"><a href="/news/article-${index}.html"><img src="${pictureAt(`news${index}`, 320, 180)}" alt="">
        <h3>${headlines[index % 6]}</h3></a></div>`,
      )
      .join(''),
  ),
};

const wiki: SitePages = {
  '/': page(
    'Old Bridge – Open Encyclopedia',
    `<h1>Old Bridge</h1><div class="content">${numbers(8)
      .map(
        (index) => `<h2>Section ${index}</h2>${paragraph(index, 4)}
        <figure class="thumb"><a href="/wiki/File:Bridge_${index}.jpg"><img src="${pictureAt(`bridge${index}`, 220)}" alt=""></a><figcaption>The bridge in 19${index}0</figcaption></figure>
        ${paragraph(index + 2, 5)}`,
      )
      .join('')}</div>`,
  ),
  ...all(
    8,
    (index) => `/wiki/File:Bridge_${index}.jpg`,
    (index) =>
      page(
        `File:Bridge ${index}.jpg`,
        `<h1>File:Bridge ${index}.jpg</h1><a href="${pictureAt(`bridge${index}`, 1600)}"><img src="${pictureAt(`bridge${index}`, 800)}" alt=""></a><p>Original file</p>`,
      ),
  ),
};

const search: SitePages = {
  '/': page(
    'old bridge – Image search',
    `<form action="/"><input type="search" name="q" value="old bridge"></form><div id="results">${numbers(
      30,
    )
      .map(
        (
          index,
        ) => `<div class="result"><a href="/imgres?imgurl=https%3A%2F%2Fsite${index}.example%2Fbig.jpg&amp;imgrefurl=https%3A%2F%2Fsite${index}.example%2Fpage">
        <img src="${pictureAt(`found${index}`, 180)}" alt="bridge"></a><span>Old bridge, view ${index}</span><cite>site${index}.example.org</cite></div>`,
      )
      .join('')}</div>`,
  ),
};

const forum: SitePages = {
  '/': page(
    'Show your bridges – Forum',
    `<h1>Show your bridges</h1>${numbers(10)
      .map(
        (
          index,
        ) => `<div class="post" id="p${index}"><div class="author"><img class="avatar" src="/img/avatar${index}-64x64.jpg" alt=""><b>user${index}</b><span>May ${index}, 2026</span></div>
        <div class="body">${paragraph(index, 2)}<a href="${pictureAt(`attached${index}`, 1600)}"><img src="${pictureAt(`attached${index}`, 400)}" alt=""></a></div>
        <div class="buttons"><a href="/posting?mode=quote&amp;p=${index}">Quote</a> <a href="/posting?mode=report&amp;p=${index}">Report</a></div></div>`,
      )
      .join('')}<a href="/?start=10">Next</a>`,
  ),
};

const company: SitePages = {
  '/': page(
    'Miller & Sons, stone bridges since 1890',
    `<section class="hero"><img src="${pictureAt('hero', 1600, 600)}" alt=""><h1>Bridges that last</h1><p>We build, repair and move bridges of stone, in the whole country and at fair terms.</p></section>
    <section class="services"><h2>What we do</h2>${['Planning', 'Building', 'Repairs', 'Moving']
      .map(
        (
          name,
          index,
        ) => `<div class="service"><img src="${pictureAt(`service${index}`, 400)}" alt=""><h3>${name}</h3>
        <p>${sentences[index]}</p><a href="/services/${name.toLowerCase()}">Learn more</a></div>`,
      )
      .join('')}</section>
    <section class="team"><h2>Our team</h2>${['Anna', 'Ben', 'Carla', 'David']
      .map(
        (name, index) =>
          `<div class="member"><img src="${pictureAt(`team${index}`, 300, 300)}" alt="${name}"><h4>${name} Miller</h4><p>Head of ${name === 'Anna' ? 'planning' : 'works'}</p></div>`,
      )
      .join('')}</section>
    <section class="partners">${numbers(5)
      .map(
        (index) => `<img class="partner-logo" src="/img/partner${index}-160x60.jpg" alt="Partner">`,
      )
      .join('')}</section>`,
  ),
};

const blog: SitePages = {
  '/': page(
    'A year by the river',
    `<h1>A year by the river</h1>${numbers(8)
      .map(
        (
          index,
        ) => `<article class="post"><h2><a href="/2026/05/post-${index}/">${headlines[index % 6]}</a></h2><time>May ${index}, 2026</time>
        <div class="entry"><p><a href="${pictureAt(`blog${index}`, 1600)}"><img src="${pictureAt(`blog${index}`, 600)}" alt=""></a></p>${paragraph(index, 4)}${paragraph(index + 1, 3)}
        <a href="/2026/05/post-${index}/#more">Continue reading</a></div></article>`,
      )
      .join('')}<a href="/page/2/" class="next">Older posts</a>`,
  ),
};

/** Sites with many pictures that are no albums: small ones, as such sites are made. */
export const noAlbums: Readonly<Record<string, SitePages>> = {
  'a shop’s list of goods': shop,
  'a newspaper’s front page': newspaper,
  'a front page of headlines': headlinesOnly,
  'an article of a wiki': wiki,
  'the results of an image search': search,
  'a thread of a forum': forum,
  'a company’s home page': company,
  'a blog with a picture in each post': blog,
};

const words = 'The light on the water just before the storm came up over the hills behind the mill';
const photoPages = all(
  24,
  (index) => `/photo/${index}`,
  (index) =>
    page(
      `Photo ${index}`,
      `<h1>Photo ${index}</h1><img src="${pictureAt(`p${index}`, 1600)}" alt=""><p>${words}.</p><table><tr><td>Camera</td><td>X100</td></tr></table>`,
    ),
);
const albumOf = (row: (index: number) => string, before = ''): SitePages => ({
  '/': page(
    'Summer',
    `<h1>Summer</h1>${before}<div class="album">${numbers(24).map(row).join('')}</div>`,
  ),
  ...photoPages,
});
const thumbnail = (index: number) => `<img src="${pictureAt(`p${index}`, 240)}" alt="">`;

/** Albums that have what such sites have too. */
export const albums: Readonly<Record<string, SitePages>> = {
  'with links to pictures': albumOf(
    (index) => `<a class="photo" href="${pictureAt(`p${index}`, 1600)}">${thumbnail(index)}</a>`,
  ),
  'with captions and dates': albumOf(
    (index) =>
      `<figure class="photo"><a href="${pictureAt(`p${index}`, 1600)}">${thumbnail(index)}</a><figcaption>${words} <time>May ${index}, 2026</time></figcaption></figure>`,
  ),
  'with headings and descriptions, and pages of photos': albumOf(
    (index) =>
      `<div class="photo"><a href="/photo/${index}">${thumbnail(index)}</a><h3><a href="/photo/${index}">Storm ${index}</a></h3><p>${words}.</p><span>12 views</span></div>`,
  ),
  'with a long introduction': albumOf(
    (index) => `<a class="photo" href="/photo/${index}">${thumbnail(index)}</a>`,
    numbers(6)
      .map((index) => paragraph(index))
      .join(''),
  ),
  'with prints to buy': albumOf(
    (index) =>
      `<div class="photo"><a href="/photo/${index}">${thumbnail(index)}</a><a href="/cart/${index}">Buy now</a></div>`,
  ),
  'with names of files': albumOf(
    (index) =>
      `<div class="photo"><a href="/photo/${index}">${thumbnail(index)}</a><span>P10${index}.ARW</span> <span>2.4 MB</span></div>`,
  ),
  'of a day-care group, with a note and a name at each photo': albumOf(
    (index) =>
      `<div class="photo"><h3>Anna M.</h3><img src="${pictureAt(`p${index}`, 240)}" data-full="${pictureAt(`p${index}`, 1600)}" alt=""><p>${words}. ${words}.</p><p>Fr. 12.05.2026</p></div>`,
  ),
};
