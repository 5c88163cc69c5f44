import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { useAddress } from '../../app/moment';
import { PageHead } from '../../components/PageHead';
import { texts } from '../../texts/en';
import { Diagnostics } from './Diagnostics';
import { Proxies } from './Proxies';
import { Resources } from './Resources';

const words = texts.configuration;

const PARTS = [
  { id: 'diagnostics', title: words.diagnostics, body: <Diagnostics /> },
  { id: 'proxies', title: words.proxies, body: <Proxies /> },
  { id: 'resources', title: words.resources, body: <Resources /> },
];

/** What the mesh is told, whether it is right, and how far each proxy is with it. */
export default function Configuration() {
  const [search] = useSearchParams();
  const go = useAddress();
  const shown = PARTS.find(({ id }) => id === search.get('part')) ?? PARTS[0];
  return (
    <>
      <PageHead title={texts.nav.configuration} lead={words.lead} />
      <Tabs activeKey={shown?.id} onSelect={(_, key) => go({ part: String(key), proxy: null, type: null, find: null })} aria-label={texts.nav.configuration}>
        {PARTS.map(({ id, title }) => (
          <Tab key={id} eventKey={id} title={<TabTitleText>{title}</TabTitleText>} tabContentId={`part-${id}`} />
        ))}
      </Tabs>
      <section id={`part-${shown?.id}`} role="tabpanel" aria-label={shown?.title} className="bn-stack">
        {shown?.body}
      </section>
    </>
  );
}
