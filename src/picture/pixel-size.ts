/** A picture's size in pixels, as stored: not turned by EXIF orientation. */
export interface PixelSize {
  width: number;
  height: number;
}
