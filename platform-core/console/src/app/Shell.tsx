import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  PageSection,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
} from '@patternfly/react-core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { texts } from '../texts/en';
import { Icon, type IconName } from '../components/Icon';
import { kept } from './moment';
import { ThemeButton } from './ThemeButton';
import { TimeBar } from './TimeBar';

const PAGES: { path: string; name: string; icon: IconName }[] = [
  { path: '/overview', name: texts.nav.overview, icon: 'overview' },
  { path: '/topology', name: texts.nav.topology, icon: 'topology' },
  { path: '/services', name: texts.nav.services, icon: 'service' },
  { path: '/traffic', name: texts.nav.traffic, icon: 'traffic' },
  { path: '/slos', name: texts.nav.slos, icon: 'slo' },
  { path: '/metrics', name: texts.nav.metrics, icon: 'metrics' },
  { path: '/plugins', name: texts.nav.plugins, icon: 'plugin' },
  { path: '/configuration', name: texts.nav.configuration, icon: 'configuration' },
];

const WIDE = '(min-width: 75rem)';

/** What is around every page: its name, the others, the time it is about. */
export function Shell({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const [open, setOpen] = useState(() => window.matchMedia(WIDE).matches);
  const current = PAGES.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  useTitle(pathname, current?.name);
  const select = () => {
    if (!window.matchMedia(WIDE).matches) {
      setOpen(false);
    }
  };

  const masthead = (
    <Masthead className="bn-masthead">
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label={texts.nav.open} isSidebarOpen={open} onSidebarToggle={() => setOpen(!open)} />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to={`/${kept(search)}`} />} className="bn-brand" aria-label={texts.name}>
            <img src="/binnacle.svg" alt="" width="28" height="28" />
            <span>{texts.name}</span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent className="bn-masthead-content">
        <TimeBar />
        <ThemeButton />
      </MastheadContent>
    </Masthead>
  );
  const sidebar = (
    <PageSidebar isSidebarOpen={open} className="bn-sidebar">
      <PageSidebarBody>
        <Nav aria-label={texts.nav.label} onSelect={select}>
          <NavList>
            {PAGES.map(({ path, name, icon }) => (
              <NavItem key={path} itemId={path} isActive={current?.path === path}>
                <Link to={`${path}${kept(search)}`} aria-current={current?.path === path ? 'page' : undefined}>
                  <Icon name={icon} />
                  {name}
                </Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
  return (
    <Page
      masthead={masthead}
      sidebar={sidebar}
      mainContainerId="content"
      skipToContent={<SkipToContent href="#content">{texts.nav.skip}</SkipToContent>}
      isContentFilled
    >
      <PageSection isFilled className="bn-page" hasBodyWrapper={false}>
        {children}
      </PageSection>
    </Page>
  );
}

/** A page that is reached by a link is announced: by its title, and with the focus at its begin. */
function useTitle(pathname: string, name: string | undefined) {
  const first = useRef(true);
  useEffect(() => {
    const subject = pathname.split('/').slice(2).map(decodeURIComponent).reverse().join(' · ');
    document.title = [subject, name, texts.name].filter(Boolean).join(' · ');
    if (!first.current) {
      document.getElementById('content')?.focus({ preventScroll: false });
    }
    first.current = false;
  }, [pathname, name]);
}
