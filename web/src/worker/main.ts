import { expose } from 'comlink'
import { createDataWorker } from './data-worker.ts'

expose(createDataWorker())
