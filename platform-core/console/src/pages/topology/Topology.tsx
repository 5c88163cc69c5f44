import { useObserved } from '../../api/views';
import type { Topology as Answer } from '../../api/types';
import { PageHead } from '../../components/PageHead';
import { Gaps, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { TopologyTable } from './TopologyTable';

export default function Topology() {
  const query = useObserved<Answer>('topology');
  return (
    <>
      <PageHead title={texts.nav.topology} lead={texts.topology.lead} />
      <Shown query={query}>
        {(answer) => (
          <>
            <Gaps complete={answer.complete} gaps={answer.gaps} />
            <TopologyTable nodes={answer.nodes} edges={answer.edges} onNode={() => {}} />
          </>
        )}
      </Shown>
    </>
  );
}
