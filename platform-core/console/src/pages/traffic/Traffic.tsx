import { useParams } from 'react-router';
import { useSession, useView } from '../../api/views';
import type { Routing } from '../../api/types';
import { Card } from '../../components/Card';
import { PageHead } from '../../components/PageHead';
import { Rules } from '../../components/Rules';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { ServiceList } from '../service/Services';
import { Editor } from './Editor';
import { Shares } from './Shares';

export default function Traffic() {
  const { namespace, name } = useParams();
  return namespace && name ? <Of namespace={namespace} name={name} /> : <ServiceList to="traffic" title={texts.nav.traffic} lead={texts.traffic.choose} />;
}

function Of({ namespace, name }: { namespace: string; name: string }) {
  const path = `services/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  const query = useView<Routing>(`${path}/routing`, {}, ['mesh', 'changes']);
  const session = useSession();
  return (
    <>
      <PageHead title={texts.traffic.title(name)} lead={texts.traffic.lead} />
      <Shown query={query}>
        {(routing) => (
          <div className="bn-traffic">
            <div className="bn-stack">
              <Card title={texts.traffic.now}>
                <Rules routing={routing} />
              </Card>
              <Shares path={path} />
            </div>
            <Editor key={`${namespace}/${name}`} routing={routing} path={path} session={session} again={() => void query.refetch()} />
          </div>
        )}
      </Shown>
    </>
  );
}
