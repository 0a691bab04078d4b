/** A small table that comes with the app; its file is loaded when it is asked for. */
export interface Sample {
  readonly title: string;
  /** Of the file. */
  readonly name: string;
  /** A sentence or two on what is in it, and what it is good for. */
  readonly description: string;
  /** Where it comes from. */
  readonly source: string;
  /** What may be done with it. */
  readonly licence: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Gives the text of the file. */
  readonly load: () => Promise<string>;
}

const madeUp = {
  source: 'Made up for Cahier',
  licence: 'Public domain (CC0)',
} as const;

const measurements = 'Bare measurements, which no copyright protects';

/** In the order in which they are offered: those to practise on first. */
export function listSamples(): readonly Sample[] {
  return samples;
}

/** The sample as a file, as if it had been picked from a disk. */
export async function openSample({ name, load }: Sample): Promise<File> {
  return new File([await load()], name, { type: 'text/csv' });
}

const samples: readonly Sample[] = [
  {
    title: 'Orders with mistakes',
    name: 'orders.csv',
    description:
      'A year of a stationer’s orders, typed by hand: dates in two ways, a day that does not exist, orders twice, prices that are no numbers.',
    ...madeUp,
    rowCount: 603,
    columnCount: 6,
    load: async () => (await import('./files/orders.csv?raw')).default,
  },
  {
    title: 'Sensors in a school',
    name: 'sensors.csv',
    description:
      'Temperature and humidity of three rooms every 15 minutes, with the offset of their time zone: the clocks go back in the second night.',
    ...madeUp,
    rowCount: 1_145,
    columnCount: 4,
    load: async () => (await import('./files/sensors.csv?raw')).default,
  },
  {
    title: 'Marks of three classes',
    name: 'marks.csv',
    description:
      'Hours of study and marks in three subjects, of 75 students who do not exist. Some marks are missing.',
    ...madeUp,
    rowCount: 75,
    columnCount: 7,
    load: async () => (await import('./files/marks.csv?raw')).default,
  },
  {
    title: 'Iris flowers',
    name: 'iris.csv',
    description:
      'Sepals and petals of 150 irises of three species, in centimetres: for groups that a plot tells apart.',
    source:
      'E. Anderson, in R. A. Fisher, “The use of multiple measurements in taxonomic problems”, 1936; numbers as printed there',
    licence: measurements,
    rowCount: 150,
    columnCount: 5,
    load: async () => (await import('./files/iris.csv?raw')).default,
  },
  {
    title: 'Anscombe’s quartet',
    name: 'anscombe.csv',
    description:
      'Four sets with the same means, variances and correlation, which look nothing alike once they are drawn.',
    source: 'F. J. Anscombe, “Graphs in statistical analysis”, The American Statistician 27, 1973',
    licence: 'Bare numbers, which no copyright protects',
    rowCount: 44,
    columnCount: 3,
    load: async () => (await import('./files/anscombe.csv?raw')).default,
  },
  {
    title: 'Speed of light, 1879',
    name: 'speed-of-light.csv',
    description:
      'A hundred measurements in five series, in km/s in air: how they scatter, and how far they are from 299,792 km/s in a vacuum.',
    source: 'A. A. Michelson, US Navy, “Experimental determination of the velocity of light”, 1880',
    licence: 'Public domain (work of the US Government)',
    rowCount: 100,
    columnCount: 3,
    load: async () => (await import('./files/speed-of-light.csv?raw')).default,
  },
];
