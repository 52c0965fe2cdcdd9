/** A page in the manner of a kind of gallery software, with photos whose addresses have `photo-N`. */
export interface SoftwarePage {
  name: string;
  url: string;
  html: string;
  /** The selector of its rows. */
  row: string;
  /** How many photos it has: photo-1, photo-2, … */
  photos: number;
}

function each(count: number, row: (number: number) => string, first = 1): string {
  return Array.from({ length: count }, (_, index) => row(index + first)).join('\n');
}

function page(head: string, body: string): string {
  return `<!doctype html><html><head><title>Holiday</title>${head}</head>${body}</html>`;
}

const site = 'https://photos.test';

/** Pages that show photos of an album. */
export const albumPages: SoftwarePage[] = [
  {
    name: 'Piwigo',
    row: 'li.gdthumb',
    url: `${site}/index.php?/category/12`,
    photos: 15,
    html: page(
      '<meta name="generator" content="Piwigo (aka PWG), see piwigo.org">',
      `<body id="theCategoryPage"><div id="theHeader"><a href="/"><img src="/themes/banner.jpg" alt=""></a></div>
<div id="menubar"><dl id="mbCategories"><dd><ul><li><a href="index.php?/category/3">Garden</a> <span class="menuInfoCat">[7]</span></li></ul></dd></dl></div>
<div id="content" class="content"><h2><a href="/">Home</a> / <a href="index.php?/category/12">Holiday</a> [40]</h2>
<ul class="thumbnails" id="thumbnails">
${each(
  15,
  (id) =>
    `<li class="gdthumb"><span class="wrap1"><span class="wrap2"><a href="picture.php?/${id}/category/12"><img class="thumbnail" src="_data/i/upload/2024/07/photo-${id}-th.jpg" alt="photo-${id}" title="photo-${id} (${id} visits)"></a></span></span><span class="thumbLegend"><span class="thumbName">photo ${id}</span></span></li>`,
)}
</ul><div class="navigationBar"><span class="pageNumberSelected">1</span> <a href="index.php?/category/12/start-15">2</a> <a rel="next" href="index.php?/category/12/start-15">Next</a></div></div></body>`,
    ),
  },
  {
    name: 'Coppermine',
    row: 'td.thumbnails',
    url: `${site}/cpg/thumbnails.php?album=4`,
    photos: 12,
    html: page(
      '',
      `<body><table class="maintable"><tr><td><a href="index.php"><img src="themes/logo.gif" alt=""></a></td></tr></table>
<table class="maintable" align="center"><tr><td class="tableh1" colspan="4"><a href="thumbnails.php?album=4&amp;sort=na">+</a> Holiday</td></tr>
${each(
  3,
  (row) =>
    `<tr>${each(
      4,
      (id) =>
        `<td valign="top" class="thumbnails" width="25%" align="center"><table width="100%"><tr><td align="center"><a href="displayimage.php?album=4&amp;pid=${900 + id}#top_display_media"><img src="albums/userpics/10001/thumb_photo-${id}.jpg" class="image" width="100" height="75" alt="photo-${id}.jpg"></a><span class="thumb_title">Photo ${id}</span></td></tr></table></td>`,
      (row - 1) * 4 + 1,
    )}</tr>`,
)}
<tr><td colspan="4"><table><tr><td>40 files on 4 page(s)</td><td class="navmenu"><b>1</b></td><td class="navmenu"><a href="thumbnails.php?album=4&amp;page=2">2</a></td></tr></table></td></tr></table>
<table class="maintable"><tr><td class="tableh1">Random files</td></tr><tr>
${each(
  4,
  (id) =>
    `<td valign="top" class="thumbnails_random"><a href="displayimage.php?album=random&amp;cat=0&amp;pid=${id}"><img src="albums/userpics/10002/thumb_other-${id}.jpg" class="image" alt=""></a></td>`,
)}</tr></table></body>`,
    ),
  },
  {
    name: 'Gallery 3',
    row: 'li.g-photo',
    url: `${site}/index.php/Holiday`,
    photos: 8,
    html: page(
      '',
      `<body class="g-body"><div id="g-content"><ul id="g-album-grid" class="ui-helper-clearfix">
${each(
  2,
  (id) =>
    `<li id="g-item-id-${70 + id}" class="g-item g-album"><a href="/index.php/Holiday/Day-${id}"><img class="g-thumbnail" src="/var/thumbs/Holiday/Day-${id}/.album.jpg?m=1" alt="Day ${id}" width="200" height="150"></a><h2><span class="g-album"></span><a href="/index.php/Holiday/Day-${id}">Day ${id}</a></h2></li>`,
)}
${each(
  8,
  (id) =>
    `<li id="g-item-id-${80 + id}" class="g-item g-photo"><a href="/index.php/Holiday/photo-${id}"><img class="g-thumbnail" src="/var/thumbs/Holiday/photo-${id}.jpg?m=1" alt="photo-${id}" width="200" height="150"></a><h2><a href="/index.php/Holiday/photo-${id}">photo ${id}</a></h2></li>`,
)}</ul></div></body>`,
    ),
  },
  {
    name: 'Zenphoto',
    row: 'div.image',
    url: `${site}/holiday/`,
    photos: 10,
    html: page(
      '<meta name="generator" content="ZenPhoto">',
      `<body><div id="main"><div id="gallerytitle"><h2><span><a href="/">Gallery</a> | </span> Holiday</h2></div><div id="padbox">
<div id="albums"><div class="album"><div class="thumb"><a href="/holiday/day-trips/" title="View album: Day trips"><img src="/cache/holiday/day-trips/cover_100.jpg" alt="Day trips"></a></div><div class="albumdesc"><h3><a href="/holiday/day-trips/" title="View album: Day trips">Day trips</a></h3><small>3 photos</small></div></div></div>
<div id="images">${each(
        10,
        (id) =>
          `<div class="image"><div class="imagethumb"><a href="/holiday/photo-${id}.jpg.php" title="photo ${id}"><img src="/cache/holiday/photo-${id}_100_w100_h100_cw100_ch100_thumb.jpg" alt="photo ${id}" class="imagethumb"></a></div></div>`,
      )}</div>
<div class="pagelist"><ul class="pagelist"><li class="prev"><span class="disabledlink">« prev</span></li><li class="current">1</li><li><a href="/holiday/page/2/" title="Page 2">2</a></li><li class="next"><a href="/holiday/page/2/" title="Next Page">next »</a></li></ul></div></div></div></body>`,
    ),
  },
  {
    name: 'Chevereto',
    row: 'div.list-item',
    url: `${site}/album/holiday.Ab1`,
    photos: 9,
    html: page(
      '<meta name="generator" content="Chevereto 3">',
      `<body id="album"><header id="top-bar"><a href="/"><img src="/content/images/system/logo.png" alt=""></a></header>
<div class="content-width"><div class="header"><h1>Holiday</h1></div><div id="content-listing-tabs" class="tabbed-listing"><div id="list-most-recent" class="content-listing visible list-masonry"><div class="pad-content-listing">
${each(
  9,
  (id) =>
    `<div class="list-item c8 gutter-margin-right-bottom" data-category-id="" data-flag="safe" data-id="x${id}B" data-title="photo-${id}" data-type="image" data-size="${id}00"><div class="list-item-image fixed-size"><a href="${site}/image/photo-${id}.x${id}B" class="image-container"><img src="${site}/images/2024/photo-${id}.md.jpg" alt="photo-${id}.jpg" width="500" height="375"></a></div><div class="list-item-desc"><div class="list-item-desc-title"><a href="${site}/image/photo-${id}.x${id}B" class="list-item-desc-title-link">photo-${id}</a></div><div class="list-item-from">From <a href="${site}/ann">Ann</a></div></div></div>`,
)}</div></div></div></div></body>`,
    ),
  },
  {
    name: 'a Flickr-like stream with backgrounds and positions of its own',
    row: 'div.photo-list-photo-view',
    url: `${site}/photos/ann/albums/72157`,
    photos: 11,
    html: page(
      '',
      `<body class="yui3-skin-sam"><div class="view album-page-view"><div class="view photo-list-view requiredToShowOnServer" id="yui_3_16_0_1_1234">
${each(
  11,
  (id) =>
    `<div class="view photo-list-photo-view requiredToShowOnServer awake" id="yui_3_16_0_1_${id}99" style="transform: translate(${id * 9}px, 4px); width: 315px; background-image: url(//live.static.test/65535/photo-${id}_a1b2c3_n.jpg)"><div class="interaction-view"><div class="photo-list-photo-interaction"><a class="overlay" href="/photos/ann/5300${id}/in/album-72157/" aria-label="photo ${id}"></a></div></div></div>`,
)}</div></div></body>`,
    ),
  },
  {
    name: 'a WordPress gallery in a post',
    row: 'div.gallery > figure.gallery-item',
    url: `${site}/2024/07/holiday/`,
    photos: 9,
    html: page(
      '<meta name="generator" content="WordPress 6.5">',
      `<body class="post-template-default single single-post postid-512"><div id="page"><header id="masthead"><a href="/" rel="home"><img src="/wp-content/uploads/header.jpg" class="custom-logo" alt=""></a></header>
<main id="main"><article id="post-512" class="post-512 post type-post hentry"><h1 class="entry-title">Holiday</h1><div class="entry-content"><p>${'It was sunny, and the lake was warm. '.repeat(12)}</p>
<div id="gallery-1" class="gallery galleryid-512 gallery-columns-3 gallery-size-thumbnail">
${each(
  9,
  (id) =>
    `<figure class="gallery-item"><div class="gallery-icon ${id % 2 ? 'landscape' : 'portrait'}"><a href="${site}/wp-content/uploads/2024/07/photo-${id}.jpg"><img width="150" height="150" src="${site}/wp-content/uploads/2024/07/photo-${id}-150x150.jpg" class="attachment-thumbnail size-thumbnail" alt="" loading="lazy"></a></div></figure>`,
)}</div></div></article></main>
<aside id="secondary" class="widget-area">${each(6, (id) => `<figure class="gallery-item"><div class="gallery-icon"><a href="/2023/0${id}/other/"><img src="/wp-content/uploads/2023/other-${id}-150x150.jpg" alt=""></a></div></figure>`)}</aside></div></body>`,
    ),
  },
  {
    name: 'blocks of WordPress, lazy, with srcset and a noscript',
    row: 'figure.wp-block-image',
    url: `${site}/garden/`,
    photos: 7,
    html: page(
      '',
      `<body><div class="wp-site-blocks"><main class="wp-block-group"><div class="entry-content wp-block-post-content"><figure class="wp-block-gallery has-nested-images columns-default is-cropped wp-block-gallery-1">
${each(
  7,
  (id) =>
    `<figure class="wp-block-image size-large"><a href="${site}/wp-content/uploads/photo-${id}.jpg"><img decoding="async" data-id="${600 + id}" src="data:image/gif;base64,R0lGOD" data-src="${site}/wp-content/uploads/photo-${id}-1024x768.jpg" data-srcset="${site}/wp-content/uploads/photo-${id}-1024x768.jpg 1024w, ${site}/wp-content/uploads/photo-${id}-300x225.jpg 300w" alt="" class="lazyload wp-image-60${id}"><noscript><img src="${site}/wp-content/uploads/photo-${id}-1024x768.jpg" alt=""></noscript></a></figure>`,
)}</figure></div></main></div></body>`,
    ),
  },
  {
    name: 'PhotoSwipe, with the first photo larger',
    row: 'figure[itemprop="associatedMedia"]',
    url: `${site}/wedding`,
    photos: 8,
    html: page(
      '',
      `<body><div class="my-gallery" itemscope itemtype="http://schema.org/ImageGallery">
${each(
  8,
  (id) =>
    `<figure itemprop="associatedMedia" itemscope itemtype="http://schema.org/ImageObject"${id === 1 ? ' class="featured"' : ''}><a href="/large/photo-${id}.jpg" itemprop="contentUrl" data-size="1600x1200"><img src="/small/photo-${id}.jpg" itemprop="thumbnail" alt="Photo ${id}"></a><figcaption itemprop="caption description">Photo ${id}</figcaption></figure>`,
)}</div><div class="pswp" tabindex="-1" role="dialog"><div class="pswp__bg"></div></div></body>`,
    ),
  },
  {
    name: 'justified rows of a React site with CSS modules',
    row: 'div[class*="Tile_tile__"]',
    url: `${site}/g/holiday`,
    photos: 10,
    html: page(
      '<style>.Tile_tile__2x3Yz{}</style>',
      `<body><div id="__next"><div class="css-1q2w3e4"><header class="css-9z8y7x"><img class="css-12abc3" src="/ann-avatar.png" alt="Ann"></header><div class="Gallery_gallery__9aB3x">
${each(
  5,
  (row) =>
    `<div class="Gallery_row__Q1w2E" style="height:200px">${each(2, (id) => `<div class="Tile_tile__2x3Yz"><a class="css-77aa1b" href="/g/holiday/p/${id}"><picture><source type="image/webp" srcset="https://cdn.test/photo-${id}.jpg?w=400&amp;fm=webp 400w"><img class="Tile_img__Zz9x1" src="https://cdn.test/photo-${id}.jpg?w=400" loading="lazy" alt=""></picture></a></div>`, (row - 1) * 2 + 1)}</div>`,
)}</div></div></div></body>`,
    ),
  },
  {
    name: 'Tailwind in masonry columns',
    row: 'a[href*="/photo/"]',
    url: `${site}/trips/lake`,
    photos: 9,
    html: page(
      '',
      `<body class="bg-white"><main class="mx-auto max-w-7xl px-4"><div class="flex flex-wrap gap-4">
${each(
  3,
  (column) =>
    `<div class="flex w-1/3 flex-col gap-4">${each(3, (id) => `<a href="/trips/lake/photo/${id}" class="group relative block overflow-hidden rounded-lg"><img src="/media/photo-${id}/medium.jpg" class="h-auto w-full object-cover" alt=""></a>`, (column - 1) * 3 + 1)}</div>`,
)}</div></main></body>`,
    ),
  },
  {
    name: 'days with a heading each, the last with one photo',
    row: 'div.photo',
    url: `${site}/timeline`,
    photos: 9,
    html: page(
      '',
      `<body><div id="timeline"><section class="day"><h2>1 July</h2><div class="photos">${each(5, (id) => `<div class="photo" data-photo-id="${id}"><img src="/t/photo-${id}.jpg" alt=""></div>`)}</div></section>
<section class="day"><h2>2 July</h2><div class="photos">${each(3, (id) => `<div class="photo" data-photo-id="${id}"><img src="/t/photo-${id}.jpg" alt=""></div>`, 6)}</div></section>
<section class="day last"><h2>3 July</h2><div class="photos">${each(1, (id) => `<div class="photo" data-photo-id="${id}"><img src="/t/photo-${id}.jpg" alt=""></div>`, 9)}</div></section></div></body>`,
    ),
  },
  {
    name: 'a portal’s feed: posts by people with portraits, with some photos each',
    row: 'a.photo-link',
    url: `${site}/parents/feed`,
    photos: 9,
    html: page(
      '',
      `<body><div class="sidebar"><ul class="children"><li><a href="/child/1"><img src="/people/c1.jpg" alt="Mia"></a></li><li><a href="/child/2"><img src="/people/c2.jpg" alt="Tom"></a></li></ul></div>
<div id="feed">${each(
        3,
        (post) =>
          `<article class="post" data-post-id="p${post}"><div class="post-head"><a href="/staff/${post}"><img class="round" src="/people/s${post}.jpg" alt=""></a> <strong>Carer ${post}</strong> <time>1${post}.07.2024</time></div><p>Today we were in the wood.</p><div class="post-photos">${each(3, (id) => `<a class="photo-link" href="/files/photo-${id}/download.jpg"><img src="/files/photo-${id}/thumb.jpg" alt=""></a>`, (post - 1) * 3 + 1)}</div></article>`,
      )}</div></body>`,
    ),
  },
  {
    name: 'a cloud’s shared folder as a table, with other files',
    row: 'tr[data-id]',
    url: `${site}/s/abc`,
    photos: 6,
    html: page(
      '',
      `<body><table id="filestable" class="list-container"><tbody id="fileList">
<tr data-type="dir" data-file="More"><td class="filename"><a class="name" href="/s/abc?path=/More"><div class="thumbnail" style="background-image:url(/core/img/filetypes/folder.svg)"></div><span class="nametext">More</span></a></td></tr>
${each(
  6,
  (id) =>
    `<tr data-id="${70 + id}" data-type="file" data-file="photo-${id}.jpg" data-mime="image/jpeg"><td class="filename"><a class="name" href="/s/abc/download?path=%2F&amp;files=photo-${id}.jpg"><div class="thumbnail" style="background-image:url('/core/preview?file=/photo-${id}.jpg&amp;x=32')"></div><span class="nametext">photo-${id}</span></a></td><td class="filesize">2 MB</td></tr>`,
)}</tbody></table></body>`,
    ),
  },
  {
    name: 'Fancybox with a strip of related albums below',
    row: 'div.album-photos > div.thumb',
    url: `${site}/album/holiday`,
    photos: 6,
    html: page(
      '',
      `<body><div class="wrap"><div class="album-photos">${each(6, (id) => `<div class="thumb"><a data-fancybox="gallery" href="/img/photo-${id}.jpg"><img src="/img/thumb/photo-${id}.jpg"></a></div>`)}</div>
<div class="related-albums">${each(8, (id) => `<div class="thumb"><a href="/album/other${id}"><img src="/img/thumb/other-${id}.jpg"></a></div>`)}</div></div></body>`,
    ),
  },
  {
    name: 'photos whose last row has a class of its own, and spacers',
    row: 'table.gal tr:has(a)',
    url: `${site}/show.asp?id=5`,
    photos: 7,
    html: page(
      '',
      `<body><table class="gal"><tr><td><img src="spacer.gif" width="1" height="1"></td></tr>${each(7, (id) => `<tr class="${id === 7 ? 'rowlast' : id % 2 ? 'rowodd' : 'roweven'}"><td><a href="view.asp?photo=${id}"><img src="thumbs/photo-${id}.jpg" border="0"></a></td><td>Photo ${id}</td></tr>`)}</table></body>`,
    ),
  },
];

/** Pages with pictures that are no albums. */
export const otherPages: { name: string; url: string; html: string }[] = [
  {
    name: 'a shop',
    url: `${site}/c/shoes`,
    html: page(
      '',
      `<body><main><ul class="products">${each(12, (id) => `<li class="product"><a href="/p/shoe-${id}"><img src="/img/shoe-${id}.jpg" alt=""><h2>Shoe ${id}</h2><span class="price">€ ${id}9,95</span></a><button>Add to cart</button></li>`)}</ul></main></body>`,
    ),
  },
  {
    name: 'a newspaper',
    url: `${site}/`,
    html: page(
      '',
      `<body><main>${each(9, (id) => `<article class="teaser"><a href="/news/story-${id}.html"><img src="/img/story-${id}.jpg" alt=""><h3>Council agrees on a new bridge over the river</h3><p>After years of debate the members voted for the plan on Monday evening.</p></a></article>`)}</main></body>`,
    ),
  },
  {
    name: 'an article of a wiki',
    url: `${site}/wiki/Lake`,
    html: page(
      '',
      `<body><div id="content"><div class="mw-parser-output">${each(5, (id) => `<p>${'The lake lies between two hills and is fed by a brook. '.repeat(14)}</p><div class="thumb tright"><div class="thumbinner"><a href="/wiki/File:Lake_${id}.jpg" class="image"><img src="/thumb/a/ab/Lake_${id}.jpg/220px-Lake_${id}.jpg" width="220" height="150" alt=""></a><div class="thumbcaption">The lake in ${1990 + id}</div></div></div>`)}</div></div></body>`,
    ),
  },
  {
    name: 'the results of a search',
    url: `${site}/search?q=lake`,
    html: page(
      '',
      `<body><div id="results">${each(10, (id) => `<div class="result"><a href="https://site${id}.test/lake"><img src="/thumb?u=site${id}" alt=""><h3>Lake walks: the best tours of site ${id}</h3></a><p>Ten tours around lakes, with maps, photos and tips for families with small children.</p></div>`)}</div></body>`,
    ),
  },
  {
    name: 'a page with a logo, flags and icons',
    url: `${site}/about`,
    html: page(
      '',
      `<body><a href="/"><img src="/logo.png" alt=""></a><p>We are a club.</p><a href="/de"><img src="/img/flag-de.png"></a><a href="/fr"><img src="/img/flag-fr.png"></a></body>`,
    ),
  },
];
