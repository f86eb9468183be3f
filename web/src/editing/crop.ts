/** What of a picture is shown: a square around a point of it, in pixels of the picture. */
export type Crop = { x: number; y: number; zoom: number }
export type Size = { width: number; height: number }

export const maxZoom = 4

/** The largest square in the middle. */
export function wholeOf({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

/** The length of the square's side. */
export function sideOf({ zoom }: Crop, { width, height }: Size): number {
  return Math.min(width, height) / zoom
}

/** The nearest crop that shows nothing beside the picture. */
export function within(crop: Crop, size: Size): Crop {
  const zoom = clamp(crop.zoom, 1, maxZoom)
  const half = sideOf({ ...crop, zoom }, size) / 2
  return {
    x: clamp(crop.x, half, size.width - half),
    y: clamp(crop.y, half, size.height - half),
    zoom,
  }
}

/**
 * Moves the picture under a frame.
 * @param frame the length of the frame's side on the screen
 */
export function dragged(crop: Crop, size: Size, by: { x: number; y: number }, frame: number): Crop {
  const scale = sideOf(crop, size) / frame
  return within({ ...crop, x: crop.x - by.x * scale, y: crop.y - by.y * scale }, size)
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
