/** Names of Python packages on PyPI. */

/** Modules whose package has another name, among those that servers use most. `-` and `_` are the same to pip. */
const packageNames: Readonly<Record<string, string>> = {
  allauth: 'django-allauth',
  apt: 'python-apt',
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  bson: 'pymongo',
  corsheaders: 'django-cors-headers',
  crispy_forms: 'django-crispy-forms',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  debug_toolbar: 'django-debug-toolbar',
  decouple: 'python-decouple',
  discord: 'discord.py',
  distutils: 'setuptools',
  django_filters: 'django-filter',
  dns: 'dnspython',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  engineio: 'python-engineio',
  environ: 'django-environ',
  faiss: 'faiss-cpu',
  fitz: 'PyMuPDF',
  git: 'GitPython',
  googleapiclient: 'google-api-python-client',
  gridfs: 'pymongo',
  grpc: 'grpcio',
  jose: 'python-jose',
  jwt: 'PyJWT',
  kafka: 'kafka-python',
  ldap: 'python-ldap',
  magic: 'python-magic',
  multipart: 'python-multipart',
  mysql: 'mysql-connector-python',
  MySQLdb: 'mysqlclient',
  nacl: 'PyNaCl',
  OpenSSL: 'pyOpenSSL',
  PIL: 'Pillow',
  pkg_resources: 'setuptools',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2-binary',
  pythonjsonlogger: 'python-json-logger',
  rest_framework: 'djangorestframework',
  rest_framework_simplejwt: 'djangorestframework-simplejwt',
  ruamel: 'ruamel.yaml',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  socketio: 'python-socketio',
  storages: 'django-storages',
  telegram: 'python-telegram-bot',
  tortoise: 'tortoise-orm',
  umap: 'umap-learn',
  usb: 'pyusb',
  websocket: 'websocket-client',
  win32api: 'pywin32',
  yaml: 'PyYAML',
  zmq: 'pyzmq',
};

/** Namespaces that many packages share: the package is named after the module within it. */
const namespacePackages: Readonly<Record<string, string>> = {
  'google.auth': 'google-auth',
  'google.oauth2': 'google-auth',
  'google.protobuf': 'protobuf',
  'google.generativeai': 'google-generativeai',
  'google.genai': 'google-genai',
};
const namespaces: ReadonlySet<string> = new Set(['azure', 'google', 'opentelemetry', 'zope']);

/**
 * Returns the package that has the module (`yaml`, `google.cloud.storage`). Undefined when that is not known, and for what is no name of
 * a package.
 */
export function pythonPackageOf(full: string): string | undefined {
  const parts = full.split('.');
  const [module = '', second] = parts;
  if (namespaces.has(module)) {
    const known = second === undefined ? undefined : namespacePackages[`${module}.${second}`];
    return known ?? (second === undefined ? undefined : validName(parts.slice(0, 3).join('-')));
  }
  return Object.hasOwn(packageNames, module) ? packageNames[module] : validName(module);
}

/** Names of PyPI (PEP 508), of which none is an option or needs quotes in a shell. */
const validName = (name: string): string | undefined =>
  name.length <= maxNameCharacters && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name) ? name : undefined;

const maxNameCharacters = 100;

/** Whether requirements.txt or pyproject.toml lists the package. */
export function lists(text: string | undefined, name: string): boolean {
  const plain = normal(name);
  return (text ?? '').split('\n').some((line) => {
    const found = /^\s*["']?([A-Za-z0-9][\w.-]*)/.exec(line)?.[1];
    const inList = [...line.matchAll(/["']([A-Za-z0-9][\w.-]*)/g)].map(([, each = '']) => each);
    return [found ?? '', ...inList].some((each) => normal(each) === plain);
  });
}

/** PEP 503. */
const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
