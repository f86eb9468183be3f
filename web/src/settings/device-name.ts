const browsers: [mark: RegExp, name: string][] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.+\bSafari\//, 'Safari'],
]
const systems: [mark: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac ?OS\b|\bmacOS\b/, 'Mac'],
  [/\biOS\b/, 'iPhone'],
  [/\bLinux\b/, 'Linux'],
]

/** What a device calls itself, as people call it: “Firefox · Linux”; programs by their own name. */
export function deviceName(userAgent: string): string {
  const browser = nameIn(browsers, userAgent)
  const system = nameIn(systems, userAgent)
  const program = browser ?? /^([\w .-]{2,40}?)\s*[/(]/.exec(userAgent)?.[1]
  const isNamed = program !== undefined && program !== 'Mozilla'
  return [isNamed ? program : undefined, system].filter(Boolean).join(' · ') || userAgent
}

function nameIn(table: [mark: RegExp, name: string][], text: string): string | undefined {
  return table.find(([mark]) => mark.test(text))?.[1]
}
