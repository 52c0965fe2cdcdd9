/**
 * The full-screen viewer of a page of the gallery: PhotoSwipe with the photos of the page. The
 * address says which photo is open (`#photo=KEY`), however the reader got there.
 */
(() => {
  /** @typedef {import('photoswipe').default} Viewer */
  /** @type {typeof import('photoswipe').default} */
  const PhotoSwipe = /** @type {any} */ (window).PhotoSwipe;
  /** @type {HTMLAnchorElement[]} */
  const links = [...document.querySelectorAll('a')].filter((link) => link.dataset.showing);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const root = document.body.dataset.root ?? '';
  /** @type {Viewer | undefined} */
  let viewer;

  /** @param {Element} link */
  const idOf = (link) => link.closest('li')?.id ?? '';

  /** The id of the photo that the address names, if it names one. */
  const idInAddress = () => {
    const id = location.hash.slice(1);
    return id.startsWith('photo=') ? id : undefined;
  };

  /** @param {string} text */
  const paragraph = (text) => {
    const made = document.createElement('p');
    made.textContent = text;
    return made;
  };

  /** @param {HTMLAnchorElement} link */
  const slide = (link) => {
    const { shown, width, height } = link.dataset;
    const showing = link.dataset.showing === 'file' && shown ? 'picture' : link.dataset.showing;
    if (showing !== 'picture') return { type: showing, link, element: link };
    const image = link.querySelector('img');
    return {
      src: shown,
      // PhotoSwipe needs a size; this one stands in where none is known.
      width: Number(width ?? 1600),
      height: Number(height ?? 1200),
      alt: image?.alt ?? link.textContent ?? '',
      ...(image && { msrc: image.src }),
      element: link,
    };
  };

  /** @param {HTMLAnchorElement} link */
  const film = (link) => {
    const box = document.createElement('div');
    box.className = 'pswp__film';
    const video = document.createElement('video');
    video.controls = true;
    video.preload = 'metadata';
    video.src = link.dataset.shown ?? '';
    video.setAttribute('aria-label', link.textContent ?? '');
    video.addEventListener('error', () => {
      box.replaceChildren(
        paragraph('This browser cannot play this film. Open the original with another program.'),
      );
    });
    box.append(video);
    return box;
  };

  /** @param {HTMLAnchorElement} link */
  const plainFile = (link) => {
    const box = document.createElement('div');
    box.className = 'pswp__file';
    for (const part of link.querySelectorAll('.kind, .name')) box.append(part.cloneNode(true));
    box.append(
      paragraph('Browsers cannot show this kind of file. Open the original with another program.'),
    );
    return box;
  };

  /** @param {Viewer} opened */
  const showFilmsAndFiles = (opened) => {
    opened.on('contentLoad', (event) => {
      const { type, link } = event.content.data;
      if (type !== 'film' && type !== 'file') return;
      event.preventDefault();
      event.content.element = type === 'film' ? film(link) : plainFile(link);
    });
    opened.on('contentDeactivate', ({ content }) => {
      content.element?.querySelector('video')?.pause();
    });
    // Dragging a film's controls must not drag the slide.
    opened.on('pointerDown', (event) => {
      const { target } = event.originalEvent;
      if (target instanceof Element && target.closest('video, .pswp__caption')) {
        event.preventDefault();
      }
    });
  };

  /** @param {Viewer} opened */
  const showCaptions = (opened) => {
    opened.on('uiRegister', () => {
      opened.ui?.registerElement({
        name: 'original',
        tagName: 'a',
        order: 8,
        isButton: true,
        html: 'Original',
        title: 'Open the original',
        onInit: (button) => {
          const anchor = /** @type {HTMLAnchorElement} */ (button);
          anchor.target = '_blank';
          anchor.rel = 'noopener';
          opened.on('change', () => {
            const { original } = opened.currSlide?.data.element?.dataset ?? {};
            anchor.hidden = original === undefined;
            if (original === undefined) anchor.removeAttribute('href');
            else anchor.href = original;
          });
        },
      });
      opened.ui?.registerElement({
        name: 'caption',
        className: 'pswp__caption',
        appendTo: 'root',
        onInit: (box) => {
          box.setAttribute('aria-live', 'polite');
          opened.on('change', () => {
            const caption = opened.currSlide?.data.element?.parentElement?.lastElementChild;
            const parts = [...(caption?.children ?? [])].map((part) => part.cloneNode(true));
            box.replaceChildren(...parts);
          });
        },
      });
    });
  };

  /**
   * PhotoSwipe neither takes the focus nor closes before its opening animation has ended.
   *
   * @param {Viewer} opened
   */
  const respondWhileOpening = (opened) => {
    let closeAtOnce = false;
    opened.element?.focus();
    opened.element?.addEventListener('keydown', ({ key }) => {
      closeAtOnce = key === 'Escape';
    });
    opened.on('openingAnimationEnd', () => {
      if (closeAtOnce) opened.close();
      else followAddress();
    });
  };

  /** @param {Viewer} opened */
  const returnToPage = (opened) => {
    opened.on('close', () => {
      viewer = undefined;
      if (history.state?.viewer) history.back();
      else if (idInAddress()) history.replaceState(null, '', location.href.split('#')[0]);
    });
    // Until then the viewer keeps the focus.
    opened.on('destroy', () => {
      if (viewer === undefined) links[opened.currIndex]?.focus();
    });
  };

  /** @param {number} index */
  const open = (index) => {
    const opened = new PhotoSwipe({
      dataSource: links.map(slide),
      index,
      loop: false,
      bgOpacity: 1,
      returnFocus: false,
      showHideAnimationType: still ? 'none' : 'zoom',
      ...(still && { zoomAnimationDuration: 0 }),
      paddingFn: (size, { element }) => {
        const lines = element?.parentElement?.lastElementChild?.childElementCount ?? 0;
        const bottom = Math.min(36 + 24 * lines, size.y * 0.25);
        return { top: 56, bottom, left: 0, right: 0 };
      },
      closeTitle: 'Close (Escape)',
      arrowPrevTitle: 'Previous photo',
      arrowNextTitle: 'Next photo',
      zoomTitle: 'Zoom',
    });
    viewer = opened;
    showFilmsAndFiles(opened);
    showCaptions(opened);
    opened.on('change', () => {
      const link = links[opened.currIndex];
      // When the viewer closes, the page shows the photo.
      link?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      if (link && idInAddress() !== idOf(link)) {
        history.replaceState(history.state, '', `#${idOf(link)}`);
      }
    });
    returnToPage(opened);
    opened.init();
    opened.element?.setAttribute('aria-modal', 'true');
    opened.element?.setAttribute('aria-label', 'Photo viewer');
    respondWhileOpening(opened);
  };

  /** Goes to the page with the photo, if there is one. */
  const goToItsPage = (/** @type {string} */ id) => {
    const script = document.createElement('script');
    script.src = `${root}assets/places.js`;
    script.addEventListener('load', () => {
      /** @type {Record<string, string[]>} */
      const places = /** @type {any} */ (window).galleryPlaces;
      const place = Object.entries(places).find(([, ids]) => ids.includes(id));
      if (place) location.replace(`${root}pages/${place[0]}#${id}`);
    });
    document.head.append(script);
  };

  const followAddress = () => {
    const id = idInAddress();
    if (id === undefined) {
      viewer?.close();
      requestAnimationFrame(() => {
        history.scrollRestoration = 'auto';
      });
      return;
    }
    const index = links.findIndex((link) => idOf(link) === id);
    if (index < 0) goToItsPage(id);
    else if (viewer === undefined) open(index);
    else if (viewer.currIndex !== index) viewer.goTo(index);
  };

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !links.includes(link) || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (viewer !== undefined) return;
    history.scrollRestoration = 'manual';
    history.pushState({ viewer: true }, '', `#${idOf(link)}`);
    followAddress();
  });
  addEventListener('popstate', followAddress);
  addEventListener('hashchange', followAddress);
  followAddress();
  // On a narrow screen not all years fit into their line.
  const years = document.querySelector('.top nav');
  const year = years?.querySelector('[aria-current]');
  if (years && year instanceof HTMLElement) {
    years.scrollLeft = year.offsetLeft - (years.clientWidth - year.offsetWidth) / 2;
  }
})();
