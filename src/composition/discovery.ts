/** Discovery as a bundle of its own, for its readers of YAML and TOML: loaded when somebody looks for servers. */
import './language';

export { compare } from '../discovery/compare';
export { discover } from '../discovery/discover';
export { writeServices } from '../discovery/write';
