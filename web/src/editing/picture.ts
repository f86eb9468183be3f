import { sideOf, type Crop } from './crop.ts'

/** Photos are stored as squares of this many pixels. */
const photoSize = 512
// Larger pictures are drawn smaller before they are cropped: a phone has little memory for pixels.
const maxPictureSize = 4096

/** A file as text, which drafts and pages can hold. */
export function dataUrlOf(file: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(reader.result as string))
  reader.addEventListener('error', () => reject(reader.error))
  reader.readAsDataURL(file)
  return promise
}

/** The file that {@link dataUrlOf} made this text of. */
export function fileIn(dataUrl: string): Blob {
  const [head = '', base64 = ''] = dataUrl.split(',')
  const octets = Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0))
  return new Blob([octets], { type: head.slice('data:'.length).split(';')[0] })
}

/** The pixels of a picture file, upright; null for what the browser cannot read. */
export async function readPicture(file: Blob): Promise<ImageBitmap | null> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = maxPictureSize / Math.max(bitmap.width, bitmap.height)
    if (scale >= 1) return bitmap
    const smaller = await createImageBitmap(bitmap, {
      resizeWidth: Math.round(bitmap.width * scale),
      resizeHeight: Math.round(bitmap.height * scale),
      resizeQuality: 'high',
    })
    bitmap.close()
    return smaller
  } catch {
    return null
  }
}

/** Draws the cropped square over the whole of a canvas. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const side = sideOf(crop, picture)
  const { width, height } = canvas
  context.clearRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, width, height)
}

/** The cropped square as a file: WebP, or JPEG from browsers that cannot write that. */
export async function cropPicture(picture: ImageBitmap, crop: Crop): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = photoSize
  canvas.height = photoSize
  drawCrop(canvas, picture, crop)
  const webp = await fileOf(canvas, 'image/webp')
  // What a browser cannot write becomes a PNG, which is large.
  return webp?.type === 'image/webp' ? webp : fileOf(canvas, 'image/jpeg')
}

function fileOf(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  canvas.toBlob(resolve, type, 0.9)
  return promise
}
