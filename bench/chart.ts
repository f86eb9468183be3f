import { init } from 'echarts'
import type { Chart } from './outcome.ts'

const width = 1200
const height = 520

/**
 * Bars for every scenario, one for each subject, on a logarithmic scale.
 * @param machine what the figures depend on, in a line below the title
 * @returns an SVG document
 */
export function toChart({ rows, figure, title }: Chart, machine: string): string {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))]
  const drawn = rows.filter(({ figures }) => figures[figure] !== null)
  const subjects = [...new Set(drawn.map(({ subject }) => subject))]
  const valueOf = (scenario: string, subject: string) => {
    const row = drawn.find((one) => one.scenario === scenario && one.subject === subject)
    const median = row?.figures[figure]?.median
    // An empty place, since zero has none on a logarithmic scale.
    return median === undefined ? '-' : Number(median.toPrecision(3))
  }
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    title: { text: title, subtext: machine, left: 'center' },
    legend: { bottom: 0 },
    grid: { left: 70, right: 20, top: 80, bottom: 60 },
    xAxis: { type: 'category', data: scenarios },
    yAxis: { type: 'log' },
    series: subjects.map((subject) => ({
      name: subject,
      type: 'bar',
      data: scenarios.map((scenario) => valueOf(scenario, subject)),
      label: { show: true, position: 'top', rotate: 90, align: 'left', distance: 12, fontSize: 10 },
    })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
