/** Modules that come with Python and Node. No package manager installs them: a package of the same name is another one. */

/** `sys.stdlib_module_names` of Python 3.11, and modules of other versions since 3.6. */
const pythonNames = `
  _bz2 _ctypes _curses _decimal _hashlib _json _lzma _socket _sqlite3 _ssl _tkinter _uuid abc aifc annotationlib
  antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2
  cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent
  configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
  distutils doctest dummy_threading email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac
  html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale
  logging lzma macpath mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis
  nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools
  pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
  pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors
  shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants
  sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny
  tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback
  tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref
  webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
`;

/** `builtinModules` of Node 20. Later ones exist only with the prefix `node:`. */
const nodeNames = `
  assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events
  fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream
  string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib
`;

const setOf = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));
const python = setOf(pythonNames);
const node = setOf(nodeNames);

/** Takes the first part of a module's name. */
export const isPythonStandard = (module: string): boolean => python.has(module);

/** Takes a name as imported, such as `node:sqlite` or `fs/promises`. */
export const isNodeStandard = (module: string): boolean => module.startsWith('node:') || node.has(module.split('/')[0] ?? '');
