import { loadSharp } from './sharp-library.js';

/** The site's own pictures, which are not photos of the album, as SVG. */
const drawings: Readonly<Record<string, string>> = {
  logo: `<svg xmlns="http://www.w3.org/2000/svg" width="220" height="56"><rect x="4" y="8" width="52" height="40" rx="6" fill="#2b2b2b"/><rect x="10" y="14" width="40" height="28" fill="#7fb7e8"/><path d="M10 42l13-16 9 10 6-6 12 12z" fill="#3f7a3c"/><circle cx="41" cy="21" r="4" fill="#ffe27a"/><text x="66" y="37" font-family="sans-serif" font-size="27" font-weight="bold" fill="#c4161c">PULSE</text><text x="67" y="50" font-family="sans-serif" font-size="10" fill="#5a3a00">digital frame</text></svg>`,
  frame: `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="225"><rect width="300" height="205" rx="10" fill="#1f1f1f"/><rect x="20" y="18" width="260" height="168" fill="#8cc1ea"/><circle cx="226" cy="60" r="18" fill="#fff1b0"/><path d="M20 186v-50l60-54 50 48 34-26 116 70v12z" fill="#5d8f4a"/><path d="M20 186v-22q120-36 260-4v26z" fill="#3f6f3a"/><path d="M110 205h80l14 20H96z" fill="#333"/></svg>`,
  badge: `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><circle cx="12" cy="12" r="11" fill="#f5a800"/><path d="M7 12l4 4 7-8" fill="none" stroke="#fff" stroke-width="3"/></svg>`,
  'button-upload': button('Add pictures'),
  'button-slideshow': button('Slide show'),
};

const rendered = new Map<string, Promise<Buffer>>();

/** Returns a picture of the site itself as a PNG, or undefined if there is none of that name. */
export function assetImage(name: string): Promise<Buffer> | undefined {
  const drawing = drawings[name];
  if (drawing === undefined) return undefined;
  const image =
    rendered.get(name) ?? loadSharp().then((sharp) => sharp(Buffer.from(drawing)).png().toBuffer());
  rendered.set(name, image);
  return image;
}

function button(label: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="26"><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#d3d3d3"/></linearGradient><rect x=".5" y=".5" width="111" height="25" rx="5" fill="url(#g)" stroke="#aaa"/><text x="56" y="17" text-anchor="middle" font-family="sans-serif" font-size="12" fill="#444">${label}</text></svg>`;
}
