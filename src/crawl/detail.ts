import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { ListedPhoto } from '../album/photo.js';
import { readDetail } from '../profile/listed-item.js';
import { fetchPage } from './fetched-page.js';
import { recordFailed } from './image.js';
import { imageRequest } from './requests.js';
import type { RunContext } from './run-context.js';

interface DetailData {
  photo: ListedPhoto;
  originals: (string | null)[];
  failures: number;
}

/**
 * DETAIL: reads a photo's own page, and puts its original into the queue, ahead of what waits there:
 * some addresses are good for a while only.
 */
export async function handleDetail(
  { request, addRequests }: Pick<CheerioCrawlingContext, 'request' | 'addRequests'>,
  run: RunContext,
): Promise<void> {
  const { photo, originals, failures } = request.userData as DetailData;
  if (run.album.photos.isSaved(photo.key)) return;
  const page = await fetchPage(request.url, run);
  if (page.status >= 400) {
    await recordFailed(photo, `its own page ${request.url} answered ${page.status}`, run);
    return;
  }
  run.session.confirm();
  const { originals: found, ...texts } = readDetail(page, run.profile.item, originals);
  const [best, ...others] = found;
  if (best === undefined) {
    await recordFailed(photo, `its own page ${request.url} leads to no original`, run);
    return;
  }
  const known = { ...photo, ...texts };
  await addRequests([imageRequest(known, [best, ...others], failures)], { forefront: true });
}
