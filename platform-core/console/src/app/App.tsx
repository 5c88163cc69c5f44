import { lazy, Suspense, type ComponentType } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { Crash } from '../components/Crash';
import { Loading } from '../components/States';
import { NotFound } from '../pages/NotFound';
import { Shell } from './Shell';

const page = (load: () => Promise<{ default: ComponentType }>) => lazy(load);
const Overview = page(() => import('../pages/overview/Overview'));
const Services = page(() => import('../pages/service/Services'));
const Service = page(() => import('../pages/service/Service'));
const Traffic = page(() => import('../pages/traffic/Traffic'));
const Topology = page(() => import('../pages/topology/Topology'));
const Slos = page(() => import('../pages/slos/Slos'));
const Metrics = page(() => import('../pages/metrics/Metrics'));
const Plugins = page(() => import('../pages/plugins/Plugins'));
const Configuration = page(() => import('../pages/configuration/Configuration'));

export function App() {
  const { pathname, search } = useLocation();
  return (
    <Shell>
      <Crash key={pathname}>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={<Navigate to={`/overview${search}`} replace />} />
            <Route path="/overview" element={<Overview />} />
            <Route path="/services" element={<Services />} />
            <Route path="/services/:namespace/:name" element={<Service />} />
            <Route path="/traffic" element={<Traffic />} />
            <Route path="/traffic/:namespace/:name" element={<Traffic />} />
            <Route path="/topology" element={<Topology />} />
            <Route path="/slos" element={<Slos />} />
            <Route path="/metrics" element={<Metrics />} />
            <Route path="/plugins/:extension?" element={<Plugins />} />
            <Route path="/configuration" element={<Configuration />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </Crash>
    </Shell>
  );
}
