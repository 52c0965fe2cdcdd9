/** A price, with the signs and letters of currencies before or behind it. */
const currency = String.raw`[$€£¥₹₽₩₺₴฿]|(?:US|CA|AU|NZ)\$|R\$|USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|Ft|zł|Kč|kr\.?|lei|руб\.?`;
const amount = String.raw`\d{1,3}(?:[.,’' \u00a0\u202f]\d{3})*(?:[.,](?:\d{2}|–|-))?|\d+(?:[.,]\d{2})?`;

export const price = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?:${currency})\s?(?:${amount})|(?:${amount})\s?(?:${currency}))(?![\p{L}\d])`,
  'u',
);

/** What invites to buy. */
export const buying =
  /\b(?:add to (?:cart|basket|bag)|buy now|in den (?:einkaufs)?(?:warenkorb|wagen)|jetzt kaufen|ajouter au panier|acheter|añadir (?:al carrito|a la cesta)|comprar|adicionar ao carrinho|aggiungi al carrello|acquista|in winkel(?:wagen|mand)|lägg i varukorgen|læg i kurv|legg i handlekurv|lisää ostoskoriin|do koszyka|do košíku|kosárba)\b|в корзину|купить|в кошик|sepete ekle|カートに入れる|加入购物车|加入購物車|장바구니/iu;

/** What leads from a teaser to the whole text. */
export const readingOn =
  /\b(?:read (?:more|on|the (?:full )?(?:article|story|post))|learn more|find out more|continue reading|full story|weiterlesen|mehr (?:lesen|erfahren|dazu)|zum artikel|lire (?:la suite|plus|l['’]article)|en savoir plus|leer más|seguir leyendo|saber más|ler mais|leia mais|saiba mais|leggi (?:tutto|di più|l['’]articolo)|continua a leggere|scopri di più|lees (?:meer|verder)|läs mer|les mer|læs mere|lue lisää|czytaj (?:dalej|więcej)|číst (?:dál|více)|čítať viac|tovább(?: olvasom)?|citește mai mult)(?![\p{L}])|читать (?:далее|дальше|полностью)|подробнее|читати далі|devamını oku|続きを読む|阅读更多|閱讀更多|더 보기/iu;

/** What answers a post of a discussion. */
export const replying =
  /(?:^|[^\p{L}])(?:reply|quote|antworten|zitieren|répondre|citer|responder|citar|rispondi|cita|beantwoorden|citeren|svara|citera|svar|odpowiedz|cytuj|odpovědět|citovat|ответить|цитировать|返信|引用|回复)(?!\p{L})/iu;
