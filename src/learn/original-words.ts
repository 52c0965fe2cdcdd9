/** What links to an original are called. */
const names = [
  ...['original', 'originale', 'originalbild', 'originalgröße', 'originalgrösse', 'originel'],
  ...['origineel', 'originál', 'oryginał', 'eredeti', 'alkuperäinen', 'оригинал', 'оригінал'],
  ...[
    'orijinal',
    'asli',
    'gốc',
    '原图',
    '原圖',
    '原寸',
    'オリジナル',
    '원본',
    'الأصل',
    'πρωτότυπο',
  ],
  ...['full size', 'full-size', 'fullsize', 'full resolution', 'full res', 'high resolution'],
  ...['highest resolution', 'hi-res', 'maximum size', 'max size', 'actual size', 'largest size'],
  ...['volle größe', 'volle grösse', 'volle auflösung', 'vollbild', 'große ansicht'],
  ...[
    'taille réelle',
    'pleine taille',
    'taille originale',
    'pleine résolution',
    'haute résolution',
  ],
  ...['tamaño completo', 'tamaño original', 'tamaño real', 'tamanho original', 'tamanho real'],
  ...['dimensioni originali', 'dimensione originale', 'risoluzione completa', 'volledige grootte'],
  ...[
    'full storlek',
    'full størrelse',
    'fuld størrelse',
    'täysi koko',
    'pełny rozmiar',
    'plná velikost',
  ],
  ...['teljes méret', 'полный размер', 'повний розмір', 'tam boyut'],
  ...['download', 'descargar', 'descarga', 'télécharger', 'téléchargement', 'herunterladen'],
  ...[
    'scarica',
    'baixar',
    'transferir',
    'downloaden',
    'ladda ner',
    'ladda ned',
    'last ned',
    'lataa',
  ],
  ...['hent', 'pobierz', 'stáhnout', 'stiahnuť', 'letöltés', 'descărcare', 'descarcă', 'скачать'],
  ...['загрузить', 'завантажити', 'изтегли', 'preuzmi', 'prenesi', 'λήψη', 'indir', 'unduh', 'tải'],
  ...['تنزيل', 'تحميل', 'הורדה', 'डाउनलोड', 'ดาวน์โหลด', 'ダウンロード', '下载', '下載', '다운로드'],
];
/** What links with such names lead to otherwise: many photos in one archive. */
const archives =
  /\.(?:zip|tar|t?gz|rar|7z)(?:[?#]|$)|\b(?:zip|all|album|alle|toutes?|todas?|tutte)\b/i;

/** Links to a page with every size of one photo. */
const sizes =
  /(?:all|other|more) sizes|(?:alle|andere|weitere) (?:bild)?gr(?:ö|oe)ßen|(?:toutes les|autres) tailles|(?:todos los|otros) tamaños|(?:tutte le|altre) dimensioni|alle formaten/;

/** Whether the text or the names of a link say that it leads to an original. */
export function namesOriginal(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ');
  if (sizes.test(plain)) return true;
  return !archives.test(plain) && names.some((name) => plain.includes(name));
}
