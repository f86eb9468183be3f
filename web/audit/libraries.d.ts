/** Installed in this folder alone, by whoever measures. */
declare module 'lighthouse'
