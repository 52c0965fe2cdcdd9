/** What links to the next page are called, and nothing else is. */
const surely = [
  ...['next page', 'next results', 'load more', 'load more photos', 'load more pictures'],
  ...['load more images', 'more photos', 'more pictures', 'more images', 'more results'],
  ...['show more photos', 'show more pictures', 'show more results', 'view more photos'],
  ...['show more', 'see more', 'view more', 'mehr anzeigen', 'mehr zeigen', 'weitere anzeigen'],
  ...['afficher plus', 'voir plus', 'mostrar más', 'ver más', 'mostrar mais', 'ver mais'],
  ...['mostra altro', 'mostra altri', 'toon meer', 'visa fler', 'visa mer', 'vis flere', 'vis mer'],
  ...['pokaż więcej', 'zobrazit více', 'zobrazit další', 'показать больше', 'näytä lisää'],
  ...['older photos', 'older pictures', 'older images', 'earlier photos', 'next photos'],
  ...['next pictures', 'next images', 'see more photos', 'see more pictures'],
  ...[
    'nächste seite',
    'mehr laden',
    'weitere laden',
    'weitere bilder',
    'weitere fotos',
    'mehr bilder',
  ],
  ...['mehr fotos', 'ältere fotos', 'ältere bilder'],
  ...['page suivante', 'charger plus', 'plus de photos', 'photos suivantes'],
  ...['página siguiente', 'siguiente página', 'cargar más', 'más fotos'],
  ...['próxima página', 'página seguinte', 'carregar mais', 'mais fotos'],
  ...['pagina successiva', 'pagina seguente', 'carica altri', 'carica altre', 'altre foto'],
  ...['volgende pagina', 'meer laden', "meer foto's", "oudere foto's", 'nästa sida', 'ladda fler'],
  ...[
    'fler bilder',
    'neste side',
    'næste side',
    'last inn flere',
    'indlæs flere',
    'flere billeder',
  ],
  ...['seuraava sivu', 'lataa lisää', 'následující stránka', 'další strana', 'další stránka'],
  ...['načíst další', 'ďalšia strana', 'następna strona', 'załaduj więcej', 'következő oldal'],
  ...[
    'pagina următoare',
    'следующая страница',
    'загрузить ещё',
    'показать ещё',
    'наступна сторінка',
  ],
  ...['επόμενη σελίδα', 'sonraki sayfa', 'daha fazla yükle', 'trang sau', 'halaman berikutnya'],
  ...[
    '次のページ',
    'もっと見る',
    '下一页',
    '下一頁',
    '加载更多',
    '載入更多',
    '다음 페이지',
    '더 보기',
  ],
];

/** What they are called, and what leads to a next photo or album may be called too. */
const perhaps = [
  ...['older', 'older posts', 'older entries', 'older items', 'earlier', 'ältere'],
  ...['ältere beiträge', 'plus anciens', 'más antiguas', 'mais antigas'],
  ...['next', 'weiter', 'nächste', 'nächster', 'nächstes', 'vorwärts'],
  ...['suivant', 'suivante', 'suivantes', 'siguiente', 'siguientes', 'próximo', 'próxima'],
  ...[
    'proximo',
    'seguinte',
    'següent',
    'avanti',
    'successivo',
    'successiva',
    'prossima',
    'prossimo',
  ],
  ...['volgende', 'nästa', 'neste', 'næste', 'seuraava', 'další', 'následující', 'ďalšia', 'ďalej'],
  ...['następna', 'następne', 'dalej', 'következő', 'tovább', 'următor', 'următoarea', 'înainte'],
  ...[
    'следующая',
    'следующий',
    'далее',
    'вперёд',
    'вперед',
    'наступна',
    'далі',
    'напред',
    'следваща',
  ],
  ...[
    'sljedeća',
    'naslednja',
    'järgmine',
    'nākamā',
    'kitas',
    'επόμενη',
    'επόμενο',
    'sonraki',
    'ileri',
  ],
  ...['التالي', 'הבא', 'अगला', 'ถัดไป', 'tiếp', 'berikutnya', 'selanjutnya', 'seterusnya'],
  ...['次', '次へ', '下页', '下頁', '다음'],
];

const sure = new Set(surely);
const possible = new Set(perhaps);
const arrows = /^(?:[›»→⟩▶►❯⇨➔➜⟶⇒]+|>+|-+>)$/u;
const pageNumber =
  /^[[(]?(?:(?:go to )?(?:page|seite|página|pagina|sida|side|strana|strona|oldal|sayfa|страница) )?(\d{1,5})[\])]?$/;

/** How surely a text names the next page; or the number of the page that it names. */
export type Named = 'surely' | 'perhaps' | 'arrow' | number;

/** What a text says of the page to which a link with it leads; undefined where it says nothing. */
export function pageNamedBy(text: string): Named | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  const number = pageNumber.exec(plain)?.[1];
  if (number !== undefined) return Number(number);
  if (arrows.test(plain)) return 'arrow';
  const words = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replace(/ \d+\b/g, '');
  if (sure.has(words)) return 'surely';
  return possible.has(words) ? 'perhaps' : undefined;
}

const nextNames =
  /(?:^|\s)(?:(?:[a-z\d]+[-_]+)*(?:next(?:[-_]?(?:page|link|btn|button|posts?|posts?[-_]link))?|older)|mw-nextlink)(?=\s|$)/i;
const moreNames = /(?:^|\s)(?:[a-z\d]+[-_]+)*(?:load|show)[-_]?more(?:[-_]+[a-z\d]+)*(?=\s|$)/i;

/** Whether an element's names (id, classes) say that it leads to the next page. */
export function namesNextPage(names: string): boolean {
  return nextNames.test(names) || moreNames.test(names);
}

const loadNames = /(?:^|\s)(?:[a-z\d]+[-_]+)*load[-_]?more(?:[-_]+[a-z\d]+)*(?=\s|$)/i;
const more =
  /^(?:more|mehr|weitere|plus|más|mais|altr[oie]|meer|mer|fler|flere|więcej|více|další|ещё|lisää)(?: …|…|\.\.\.)?$/iu;

/** Whether an element's names and words say that it loads more, rather than opens a menu or a text. */
export function loadsMore(names: string, text: string): boolean {
  return more.test(text.trim()) && loadNames.test(names);
}
