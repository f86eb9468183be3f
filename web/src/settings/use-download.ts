import { downloadFile } from '../data/download.ts'
import type { Download } from './exports.ts'
import { useAction } from './use-action.ts'

/** Fetches a file as the logged-in user, and gives it to them. */
export function useDownload() {
  const { isPending, fault, run } = useAction()

  async function fetchFile({ path, name }: Download) {
    const answer = await run({ method: 'GET', path, as: 'blob' })
    if (answer) downloadFile(answer.body as Blob, name)
  }

  return { isPending, fault, download: (file: Download) => void fetchFile(file) }
}
