import type { AlbumPhoto } from '../photo.js';
import { drawScene } from '../scene-pictures.js';
import { loadSharp } from '../sharp-library.js';
import type { PictureFormat } from './fault.js';

/** A photo's scene as a file of another format, with that format's content type. */
export async function otherFormat(
  photo: AlbumPhoto,
  format: PictureFormat,
): Promise<{ type: string; bytes: Buffer }> {
  if (format === 'mp4') return { type: 'video/mp4', bytes: mp4Shell() };
  const sharp = await loadSharp();
  const scene = await drawScene(photo, 320, 90);
  return { type: `image/${format}`, bytes: await sharp(scene).toFormat(format).toBuffer() };
}

/** A file with the boxes of an MP4, but nothing to play in them. */
function mp4Shell(): Buffer {
  const boxes = [
    ['ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1')],
    ['free', Buffer.alloc(0)],
    ['mdat', Buffer.alloc(20_000, 'film')],
    ['moov', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat(
    boxes.map(([name, content]) => {
      const header = Buffer.from(`\0\0\0\0${name}`, 'latin1');
      header.writeUInt32BE(content.length + 8);
      return Buffer.concat([header, content]);
    }),
  );
}
