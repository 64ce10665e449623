/** The page of the dashboard. */
import './page/language';
import { render } from 'preact';
import type { DashboardToHost, DashboardUpdate } from '../core/dashboard/messages';
import type { LogToHost, LogToPage } from '../core/logs/logMessages';
import { connectHost } from './page/host';
import { DashboardView } from './dashboard/DashboardView';
import { keptDashboard } from './dashboard/keptDashboard';
import './page/page.css';
import './log/log.css';
import './dashboard/dashboard.css';
import 'uplot/dist/uPlot.min.css';

const host = connectHost<DashboardToHost | LogToHost, DashboardUpdate | LogToPage>();
const page = document.getElementById('page');
if (page !== null) render(<DashboardView host={host} kept={keptDashboard(host.kept)} />, page);
// Effects, which listen, come after the first drawing.
requestAnimationFrame(() => setTimeout(() => host.ready(), 0));
