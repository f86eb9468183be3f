import type { Plugin } from 'vite'

/**
 * Has V8 compile all functions of some chunks while they are loaded, on another thread: nearly all of them are called
 * for the first screen, and one by one that takes the page's thread a third of its time until then. Others pass
 * over the comment.
 */
export function compileAtOnce(chunks: readonly string[]): Plugin {
  return {
    name: 'compile-at-once',
    apply: 'build',
    generateBundle: {
      // What comes before the comment, such as Vite's list of files, makes it an ordinary one.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk' || !chunks.includes(file.name)) continue
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
        }
      },
    },
  }
}
