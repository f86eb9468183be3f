import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { dragged, maxZoom, wholeOf, within } from './crop.ts'
import { cropPicture, drawCrop } from './picture.ts'
import styles from './crop-dialog.module.css'

type Props = {
  picture: ImageBitmap
  onCropped: (cropped: Blob) => void
  onCancel: () => void
}

/** The frame in the dialog, and how far a key moves the picture under it, in pixels. */
const frameSize = 512
const keyStep = 16

/** Chooses the square of a picture that becomes a photo. */
export function CropDialog({ picture, onCropped, onCancel }: Props) {
  const [crop, setCrop] = useState(() => wholeOf(picture))
  const canvas = useRef<HTMLCanvasElement>(null)
  const hint = useId()

  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, crop)
  }, [picture, crop])

  function move(x: number, y: number, frame: number) {
    setCrop((crop) => dragged(crop, picture, { x, y }, frame))
  }

  function drag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(event.movementX, event.movementY, event.currentTarget.clientWidth)
  }

  function press(event: KeyboardEvent) {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    move(step[0] * keyStep, step[1] * keyStep, frameSize)
  }

  async function use() {
    const cropped = await cropPicture(picture, crop)
    if (cropped) onCropped(cropped)
  }

  return (
    <Dialog
      title={text('editing.cropPhoto')}
      isOpen
      onClose={onCancel}
      actions={
        <>
          <Button onPress={onCancel}>{text('editing.cancel')}</Button>
          <Button variant="primary" onPress={() => void use()}>
            {text('editing.usePhoto')}
          </Button>
        </>
      }
    >
      <div className={styles.crop}>
        <button
          type="button"
          aria-label={text('editing.cropArea')}
          aria-describedby={hint}
          className={styles.frame}
          onKeyDown={press}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        >
          <canvas ref={canvas} width={frameSize} height={frameSize} className={styles.canvas} />
        </button>
        <p id={hint} className={styles.hint}>
          {text('editing.cropHint')}
        </p>
        <label className={styles.zoom}>
          {text('editing.zoom')}
          <input
            type="range"
            min={1}
            max={maxZoom}
            step={0.01}
            value={crop.zoom}
            onChange={(event) => {
              const zoom = Number(event.currentTarget.value)
              setCrop((crop) => within({ ...crop, zoom }, picture))
            }}
          />
        </label>
      </div>
    </Dialog>
  )
}

const steps: Record<string, [x: number, y: number] | undefined> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
