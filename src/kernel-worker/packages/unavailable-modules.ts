/** Why a module that many know has no wheel for WebAssembly, and what does its work here. */
interface Unavailable {
  readonly package: string;
  /** The rest of a sentence that begins with the package's name. */
  readonly reason: string;
  readonly remedy: string;
}

const compiled = 'is compiled code that nobody has built for WebAssembly';
const database = 'speaks to a database server over a socket, which no browser opens';
const process = 'starts other programs, which no browser does';

const overHttp =
  'Fetch the data over HTTP, from a service in front of the database. In the browser there are sqlite3 and sqlalchemy.';
const learning = 'scikit-learn, xgboost and lightgbm can be imported here.';
const arrays = 'numpy and scipy can be imported here.';
const frames = 'pandas and pyarrow can be imported here.';
const pages = 'Fetch pages with requests or httpx, and read them with beautifulsoup4 or lxml.';

const unavailable: Readonly<Record<string, Unavailable>> = {
  torch: { package: 'PyTorch', reason: compiled, remedy: learning },
  torchvision: { package: 'torchvision', reason: compiled, remedy: learning },
  tensorflow: { package: 'TensorFlow', reason: compiled, remedy: learning },
  keras: {
    package: 'Keras',
    reason: 'needs TensorFlow, JAX or PyTorch, which are not here',
    remedy: learning,
  },
  transformers: { package: 'transformers', reason: 'needs tokenizers, which is not here', remedy: learning },
  tokenizers: { package: 'tokenizers', reason: compiled, remedy: 'tiktoken can be imported here.' },
  catboost: { package: 'CatBoost', reason: compiled, remedy: learning },
  jax: { package: 'JAX', reason: compiled, remedy: arrays },
  jaxlib: { package: 'JAX', reason: compiled, remedy: arrays },
  numba: {
    package: 'numba',
    reason: 'writes machine code as it runs, which no browser lets it',
    remedy: arrays,
  },
  cupy: { package: 'CuPy', reason: 'needs a graphics card of the computer', remedy: arrays },
  polars: { package: 'Polars', reason: compiled, remedy: frames },
  duckdb: { package: 'DuckDB', reason: compiled, remedy: 'sqlite3 and pandas can be imported here.' },
  pyspark: {
    package: 'PySpark',
    reason: 'needs Java and starts servers, which no browser does',
    remedy: frames,
  },
  ray: { package: 'Ray', reason: process, remedy: arrays },
  psycopg: { package: 'psycopg', reason: database, remedy: overHttp },
  psycopg2: { package: 'psycopg2', reason: database, remedy: overHttp },
  asyncpg: { package: 'asyncpg', reason: database, remedy: overHttp },
  MySQLdb: { package: 'mysqlclient', reason: database, remedy: overHttp },
  pymysql: { package: 'PyMySQL', reason: database, remedy: overHttp },
  mysql: { package: 'mysql-connector-python', reason: database, remedy: overHttp },
  pyodbc: { package: 'pyodbc', reason: database, remedy: overHttp },
  cx_Oracle: { package: 'cx_Oracle', reason: database, remedy: overHttp },
  oracledb: { package: 'oracledb', reason: database, remedy: overHttp },
  pymongo: { package: 'PyMongo', reason: database, remedy: overHttp },
  redis: { package: 'redis', reason: database, remedy: overHttp },
  selenium: { package: 'Selenium', reason: process, remedy: pages },
  playwright: { package: 'Playwright', reason: process, remedy: pages },
  scrapy: { package: 'Scrapy', reason: 'opens sockets, which no browser does', remedy: pages },
  paramiko: {
    package: 'Paramiko',
    reason: 'opens sockets, which no browser does',
    remedy: 'Fetch the files over HTTP.',
  },
  grpc: { package: 'gRPC', reason: compiled, remedy: 'requests and httpx can be imported here.' },
  spacy: { package: 'spaCy', reason: compiled, remedy: 'nltk can be imported here.' },
  faiss: { package: 'Faiss', reason: compiled, remedy: 'sklearn.neighbors does the same for smaller data.' },
  tkinter: {
    package: 'tkinter',
    reason: 'opens windows of the computer, which no browser lets it',
    remedy: 'Show images with od_output.add_image.',
  },
  PyQt5: {
    package: 'PyQt5',
    reason: 'opens windows of the computer, which no browser lets it',
    remedy: 'Show images with od_output.add_image.',
  },
};

/** Why a module cannot be had in a browser at all, with what can; null when nothing is known of it. */
export function describeUnavailable(module: string): string | null {
  if (!Object.hasOwn(unavailable, module)) return null;
  const found = unavailable[module];
  return found
    ? `There is no ${module} for WebAssembly: ${found.package} ${found.reason}. ${found.remedy}`
    : null;
}

/** The modules that something is known of, for the test that none of them can be had after all. */
export const unavailableModules: readonly string[] = Object.keys(unavailable);
