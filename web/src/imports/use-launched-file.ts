import { useEffect, useEffectEvent } from 'react'

/** The File Handling API, where the browser has it. */
type LaunchQueue = {
  setConsumer(take: (launch: { files: readonly FileSystemFileHandle[] }) => void): void
}

/** Takes the file with which the system opened the installed app. */
export function useLaunchedFile(onFile: (file: File) => void): void {
  const take = useEffectEvent(onFile)
  useEffect(() => {
    const { launchQueue } = globalThis as { launchQueue?: LaunchQueue }
    launchQueue?.setConsumer(({ files }) => {
      const [handle] = files
      if (handle) void handle.getFile().then(take)
    })
  }, [])
}
